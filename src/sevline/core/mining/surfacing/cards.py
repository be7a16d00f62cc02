"""What stands out, as ranked cards: count, ratio, n, test, interval, examples, and the query that counts it again.

A card is a figure to look at. None of them rates a case, and none says why something happened.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sevline.core.amount import amount, sentence_of, times
from sevline.core.lasting import about
from sevline.core.mining.surfacing import begun, bursts, skews
from sevline.core.mining.surfacing.card import (
    LOUDNESS,
    STARTS,
    Card,
    CardKind,
    Surfaced,
    chance_note,
    query_of,
    query_of_all,
    short_text,
)
from sevline.core.mining.surfacing.components import origin_of
from sevline.core.mining.surfacing.counts import CountTable, PatternCounts, minute_of, moment_of
from sevline.core.mining.surfacing.failing import failures_at, failures_within
from sevline.core.mining.surfacing.nearby import KnownChange, changes_near
from sevline.core.mining.surfacing.onset import Onset, around
from sevline.core.mining.surfacing.rates import Change, Compared, RateChange, rate_changes
from sevline.core.mining.surfacing.sharecards import of_statements, share_card, with_shares
from sevline.core.mining.surfacing.silences import Silences
from sevline.core.mining.surfacing.stepping import steps_within

MOST_RARE = 3
"""Records up to which a pattern is rare."""

MOST_BURST_ROWS = 300
MOST_CARDS = 200
LEAST_OF_A_KIND = 20
"""Cards kept of each kind, however many others rank before them."""


def surface(
    patterns: Iterable[PatternCounts],
    *,
    moment: datetime | None = None,
    changes: Sequence[KnownChange] = (),
    everything: Sequence[PatternCounts] | None = None,
) -> Surfaced:
    """`moment`: what is new or changed since then is asked for. `changes`: the catalogue, listed near each onset.

    `everything`: all patterns of the log, where `patterns` are a choice of them: what began is looked for among these.
    """
    table = CountTable(patterns)
    standing = stands_out(table, everything, of_one_file=False)
    return together(standing, None if moment is None else changed_at(table, moment), changes)


def stands_out(
    table: CountTable, everything: Sequence[PatternCounts] | None = None, *, of_one_file: bool = True
) -> Surfaced:
    """What stands out by itself, whatever it is compared with; without the changes near it.

    `of_one_file`: see `Silences`.
    """
    all_patterns = table.patterns if everything is None else everything
    silences = Silences(all_patterns, of_one_file=of_one_file)
    started = begun.beginnings(all_patterns)
    notes = [sentence_of(started.more, "1 more quiet pattern began within the log.", _QUIET_MORE)] * (started.more > 0)
    cards = [_began_card(one, pattern) for pattern, one in started.found]
    told = {card.pattern.id for card in cards}
    stepped = _step_cards([one for one in all_patterns if one.id not in told], silences)
    bursting = [card for card in _burst_cards(table, silences) if card.pattern.id not in told]
    cards += [*stepped, *_apart_from_steps(bursting, stepped)]
    cards += [_skew_card(skew, table.patterns[skew.row]) for skew in skews.skews(table.patterns)]
    cards += [_rare_card(pattern, table) for pattern in table.patterns if _is_rare(pattern)]
    whole = table if everything is None else CountTable(of_statements(all_patterns))
    found = failures_within(whole, silences.whole)
    cards = with_shares(cards, [share_card(change, whole, found.tested) for change in found.changes])
    return replace(_ranked(cards, notes, 0), silences=silences.told)


def changed_at(table: CountTable, moment: datetime) -> Surfaced:
    """What is new or changed since a moment."""
    compared = rate_changes(table, minute_of(moment))
    found = failures_at(table, minute_of(moment))
    shares = [share_card(change, table, found.tested) for change in found.changes]
    cards = with_shares(_rate_cards(table, compared, minute_of(moment)), shares)
    return _ranked(cards, _compared_notes(compared), compared.tested)


def together(standing: Surfaced, changed: Surfaced | None, changes: Sequence[KnownChange]) -> Surfaced:
    """Both, each pattern's beginning told once, with what of the catalogue is near each onset."""
    if changed is None:
        changed = Surfaced((), (), 0)
    told = {card.pattern.id for card in changed.cards}
    shares = {card.pattern.id for card in changed.cards if card.kind is CardKind.FAILING}
    begins = {card.pattern.id: card.onset for card in standing.cards if _is_of_a_beginning(card)}
    fresh = [
        replace(card, onset=begins.get(card.pattern.id, card.onset)) if card.kind is CardKind.NEW else card
        for card in changed.cards
    ]
    kept = [card for card in standing.cards if card.kind not in _OF_RATES or card.pattern.id not in told]
    kept = [card for card in kept if card.kind is not CardKind.FAILING or card.pattern.id not in shares]
    all_of_them = _ranked([*fresh, *kept], (*changed.notes, *standing.notes), changed.tested)
    left = Counter(all_of_them.left) + Counter(standing.left) + Counter(changed.left)
    notes = (*all_of_them.notes, *_left_notes(left))
    near = tuple(_with_changes(card, changes) for card in all_of_them.cards)
    return Surfaced(near, notes, changed.tested, dict(left), standing.silences)


def _is_of_a_beginning(card: Card) -> bool:
    return card.kind is CardKind.BEGAN or (card.kind is CardKind.FAILING and not card.before)


def _left_notes(left: Mapping[str, int]) -> list[str]:
    if not left:
        return []
    kinds = ", ".join(f"{left[kind]:,} {kind.value}" for kind in CardKind if left.get(kind))
    total = sum(left.values())
    return [sentence_of(total, f"1 more card of lower rank is not kept: {kinds}.", f"{_NOT_KEPT}: {kinds}.")]


def _ranked(cards: Sequence[Card], notes: Sequence[str], tested: int) -> Surfaced:
    """The first of all, and of each kind the first of its own."""
    kept: list[Card] = []
    kinds, left = Counter[str](), Counter[str]()
    for place, card in enumerate(sorted(cards, key=lambda card: card.rank)):
        kinds[card.kind] += 1
        if place < MOST_CARDS or kinds[card.kind] <= LEAST_OF_A_KIND:
            kept.append(card)
        else:
            left[card.kind.value] += 1
    return Surfaced(tuple(kept), tuple(notes), tested, dict(left))


def _with_changes(card: Card, changes: Sequence[KnownChange]) -> Card:
    if card.onset is None or not changes:
        return card
    return replace(card, changes=changes_near(card.onset.at, changes, origin_of(card.pattern)))


def _compared_notes(compared: Compared) -> list[str]:
    notes = [compared.silence] if compared.silence else []
    notes += [f"{gap.stretch}; that time is left out of the comparison." for gap in compared.gaps]
    if compared.tested and not 0.67 < compared.traffic < 1.5:
        notes.append(
            f"All patterns together went to {compared.traffic:.1f} times their rate; that is taken out of each."
        )
    return notes


def _rate_cards(table: CountTable, compared: Compared, moment: int) -> list[Card]:
    import numpy as np

    rows = np.array([change.row for change in compared.changes], np.int64)
    begun = around(table, rows, moment)
    return [
        _rate_card(change, table, moment, onset, compared.tested)
        for change, onset in zip(compared.changes, begun, strict=True)
    ]


_OF_RATES = STARTS | {CardKind.MORE, CardKind.LESS, CardKind.GONE}
_SHOWN_USUAL = 0.1
_QUIET_MORE = "{:,} more quiet patterns began within the log."
_NOT_KEPT = "{:,} more cards of lower rank are not kept"
_SAYS = {
    Change.NEW: "Not seen before {at}; {after} in the {m_after} min after it",
    Change.GONE: "No record in the {m_after} min after {at}; {before} in the {m_before} min before it",
    Change.MORE: "{ratio} times its rate since {at}: {before} in {m_before} min, then {after} in {m_after}",
    Change.LESS: "Down to {share:.0%} of its rate since {at}: {before} in {m_before} min, then {after} in {m_after}",
}


def _rate_card(
    change: RateChange,
    table: CountTable,
    moment: int,
    onset: Onset | None,
    tested: int,
) -> Card:
    pattern = table.patterns[change.row]
    ratio = change.ratio or 0.0
    headline = _SAYS[change.change].format(
        at=short_text(moment), before=amount(change.before, "record"),
        after=amount(change.after, "record"), ratio=times(ratio), share=ratio,
        m_before=change.minutes_before, m_after=change.minutes_after,
    )  # fmt: skip
    days = f"; the same hours of {change.days} earlier days taken out" if change.days else ""
    return Card(
        kind=CardKind(change.change.value),
        pattern=pattern,
        headline=headline + ".",
        count=change.after or change.before,
        before=change.before,
        after=change.after,
        ratio=change.ratio,
        interval=change.interval,
        n=change.n,
        p=change.p,
        test=change.test + days,
        query=query_of(pattern, change.begin, moment, change.end),
        note=chance_note(tested, change.days),
        onset=onset,
    )


def _step_cards(patterns: Sequence[PatternCounts], silences: Silences) -> list[Card]:
    """Rates that are others from some minute of the log to its end."""
    import numpy as np

    found = steps_within(patterns, silences.whole)
    cards = []
    for step in found.steps:
        onset = around(found.table, np.array([step.change.row], np.int64), step.moment)[0]
        card = _rate_card(step.change, found.table, step.moment, onset, found.tested)
        headline = f"{card.headline[:-1]}; {_STAYS[step.change.change]} to the end of the log."
        cards.append(replace(card, headline=headline, test=f"{card.test}; any moment of the log could have been it"))
    return cards


_STAYS = {Change.MORE: "it stays up", Change.LESS: "it stays down", Change.GONE: "none comes"}


def _apart_from_steps(bursting: Sequence[Card], stepped: Sequence[Card]) -> Iterator[Card]:
    """Without the bursts with which a rate goes up that stays up."""
    since = {card.pattern.id: card.onset.earliest for card in stepped if card.onset and card.kind is CardKind.MORE}
    for card in bursting:
        begins = since.get(card.pattern.id)
        if begins is None or card.onset is None or card.onset.latest < begins:
            yield card


def _began_card(one: begun.Begun, pattern: PatternCounts) -> Card:
    end = "to the end of the log" if one.lasts else f"until {_exact(one.until)}"
    loud = pattern.level in {*begun.LOUD, "WARN"}
    return Card(
        kind=CardKind.BEGAN,
        pattern=pattern,
        headline=(
            f"Began at {_exact(one.at)}, after {about(one.quiet.total_seconds())} without it; "
            f"{amount(pattern.total, 'record')} {end}."
        ),
        count=pattern.total,
        before=0,
        after=pattern.total,
        ratio=None,
        interval=None,
        n=pattern.total,
        p=one.p,
        test=begun.TEST,
        query=query_of_all(pattern, minute_of(one.at - one.quiet), minute_of(one.at), minute_of(one.end) + 1),
        note=(
            f"At most {begun.CHANCE if loud else begun.QUIET_CHANCE:.1%} of logs in which nothing began give any such "
            f"{'loud card' if loud else 'card'}. The log may not reach back to an earlier time in which it stood."
        ),
        onset=Onset(one.at, one.earliest, one.at),
    )


def _burst_cards(table: CountTable, silences: Silences) -> list[Card]:
    found = [
        burst
        for row in _burst_rows(table)
        for pattern in [table.patterns[row]]
        for burst in bursts.bursts(table, row, silences.begin_of(pattern), silences=silences.of(pattern))
    ]
    largest: dict[int, bursts.Burst] = {}
    for burst in sorted(found, key=lambda one: -one.records):  # the first that counts is enough of a pattern
        if burst.row in largest:
            continue
        if table.patterns[burst.row].level in begun.LOUD or not bursts.recurs(table, burst):
            largest[burst.row] = burst
    return [_burst_card(burst, table) for burst in largest.values()]


def _burst_rows(table: CountTable) -> list[int]:
    """Rows worth a closer look: whose fullest cell stands out most from their mean."""
    span = max(1, table.end - table.first)
    peaks = [
        (max(pattern.minutes.values()) / (sum(pattern.minutes.values()) / span + 1), row)
        for row, pattern in enumerate(table.patterns)
        if pattern.minutes and sum(pattern.minutes.values()) >= bursts.LEAST_RECORDS
    ]
    return [row for _, row in sorted(peaks, reverse=True)[:MOST_BURST_ROWS]]


def _burst_card(burst: bursts.Burst, table: CountTable) -> Card:
    pattern = table.patterns[burst.row]
    onset = Onset(moment_of(burst.begin), moment_of(max(burst.begin - 1, table.first)), moment_of(burst.detected))
    minutes = burst.end - burst.begin
    return Card(
        kind=CardKind.BURST,
        pattern=pattern,
        headline=(
            f"{amount(burst.records, 'record')} in {minutes} min from {short_text(burst.begin)}; "
            f"{f'{burst.expected:.1f} are' if burst.expected >= _SHOWN_USUAL else 'hardly any is'} usual."
        ),
        count=burst.records,
        ratio=burst.ratio,
        interval=None,
        n=burst.n,
        p=burst.p,
        test=bursts.TEST,
        query=query_of(pattern, burst.begin, burst.begin, burst.end),
        note="A pattern whose rate does not change gives less than one such alarm in a thousand weeks.",
        onset=onset,
    )


def _skew_card(skew: skews.Skew, pattern: PatternCounts) -> Card:
    return Card(
        kind=CardKind.SKEW,
        pattern=pattern,
        headline=(
            f"{skew.inside / skew.pattern:.0%} of its records name {skew.dimension} {skew.value}, against "
            f"{skew.others / skew.rest:.0%} of {_others(skew.apart)}."
        ),
        count=skew.inside,
        ratio=skew.ratio,
        interval=skew.interval,
        n=skew.n,
        p=skew.p,
        test=skews.TEST,
        query=f"pattern={pattern.id} naming={skew.dimension}",
        note=_SKEW_NOTE + (_ROLLED_OUT if skew.dimension == "version" else ""),
    )


_SKEW_NOTE = "Records that follow from one another count as many; a busy customer can look like an affected one."
_ROLLED_OUT = " So can a version that was rolled out while the log was written: what began then names it mostly."


def _others(apart: int) -> str:
    if not apart:
        return "all others"
    return sentence_of(
        apart, "the others without the one that leans more", "the others without the {:,} that lean more"
    )


def _is_rare(pattern: PatternCounts) -> bool:
    return pattern.total <= MOST_RARE and LOUDNESS.get(pattern.level or "", 0) >= LOUDNESS["WARN"]


def _rare_card(pattern: PatternCounts, table: CountTable) -> Card:
    return Card(
        kind=CardKind.RARE,
        pattern=pattern,
        headline=f"{pattern.total} record{'s' * (pattern.total > 1)} at {pattern.level} in the whole log.",
        count=pattern.total,
        ratio=None,
        interval=None,
        n=pattern.total,
        p=None,
        test="none: it is counted only",
        query=query_of_all(pattern, table.first, table.first, table.end),
        note="Rare loud lines are often harmless; read them before anything is made of them.",
    )


def _exact(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
