"""Cards of statements of which another share fails than before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sevline.core.mining.surfacing.card import STARTS, Card, CardKind, Part, chance_note, query_of, short_text
from sevline.core.mining.surfacing.counts import CountTable, PatternCounts
from sevline.core.mining.surfacing.failing import FailureChange
from sevline.core.mining.surfacing.onset import around
from sevline.core.mining.surfacing.sides import BIN, FEWEST_BINS
from sevline.core.mining.surfacing.statements import statements_of

_RATES = frozenset({CardKind.MORE, CardKind.LESS})
"""Say less of a pattern than what share of its statement's records it is, as do starts from that moment on."""

_NEAR = timedelta(minutes=FEWEST_BINS * BIN)
"""What starts so short before the share changes is the same."""


def of_statements(patterns: Sequence[PatternCounts]) -> list[PatternCounts]:
    return [patterns[row] for row in sorted({row for one in statements_of(patterns) for row in one.rows})]


def with_shares(cards: Sequence[Card], shares: Sequence[Card]) -> list[Card]:
    """Of a pattern whose share is told, what that says already is left out, but for a moment that is known better."""
    told = {card.pattern.id: card for card in shares}
    said = [card for card in cards if card.pattern.id in told and _is_said_by(told[card.pattern.id], card)]
    begins = {card.pattern.id: card.onset for card in said if card.kind is CardKind.BEGAN}
    apart = {id(card) for card in said}
    kept = [card for card in cards if id(card) not in apart]
    return [*kept, *(replace(card, onset=begins.get(card.pattern.id, card.onset)) for card in shares)]


def _is_said_by(share: Card, card: Card) -> bool:
    if card.kind not in STARTS or card.onset is None:
        return card.kind in _RATES
    moment, end = share.parts[0].window
    return moment - _NEAR <= card.onset.at < end


def share_card(change: FailureChange, table: CountTable, tested: int) -> Card:
    import numpy as np

    pattern = table.patterns[change.statement.failed]
    how = f" with {pattern.outcome}" if pattern.outcome[:1].isdigit() else ""
    minutes = (
        f"{change.minutes_after} min on either side" if change.minutes_after == change.minutes_before
        else f"{change.minutes_after} min after, {change.minutes_before} min before"
    )  # fmt: skip
    query = query_of(pattern, change.begin, change.moment, change.end)
    others = ",".join(table.patterns[row].id for row in change.statement.rows)
    return Card(
        kind=CardKind.FAILING,
        pattern=pattern,
        headline=(
            f"Failed{how} {_share(change.after)} after {short_text(change.moment)}, {_share(change.before)} before; "
            f"{minutes}."
        ),
        count=change.after[0],
        before=change.before[0],
        after=change.after[0],
        ratio=change.ratio,
        interval=change.interval,
        n=change.before[1] + change.after[1],
        p=change.p,
        test=change.test,
        query=f"{query} of={others}",
        note=chance_note(tested, change.days, "statement"),
        onset=around(table, np.array([change.statement.failed]), change.moment)[0],
        parts=tuple(_parts(change, table)),
    )


def _share(counted: tuple[int, int]) -> str:
    failed, every = counted
    part = failed / every
    exact = 0 < part < 0.01 or 0.99 < part < 1
    return f"{failed:,} of {every:,} ({part:.{int(exact)}%})"


def _parts(change: FailureChange, table: CountTable) -> Iterator[Part]:
    for when, begin, end in (("after", change.moment, change.end), ("before", change.begin, change.moment)):
        for row in sorted(change.statement.rows, key=lambda row: row != change.statement.failed):
            pattern = table.patterns[row]
            what = "failed" if row == change.statement.failed else pattern.outcome or "other"
            yield Part(f"{what} {when}", pattern.id, table.records(row, begin, end), begin, end)
