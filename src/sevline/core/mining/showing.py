"""What is shown of a log: templates, examples, names and values of variables, all through the redactor first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.report import LogReport
from sevline.core.mining.slots import Sample
from sevline.core.mining.surfacing.card import Card, CardKind, Surfaced
from sevline.core.redaction import Mode, Redactor

_BREAK = "\x1d"
"""Stands for the line breaks within one text, so that many texts are redacted in one pass."""

_AT_ONCE = 50
"""Patterns that are redacted in one pass."""

Masked = Callable[[str], str]


class Showing:
    """A report through the redactor, its patterns some at a time. `counts`: masked places so far, by kind of value."""

    def __init__(self, report: LogReport, redactor: Redactor) -> None:
        self.counts: Counter[str] = Counter()
        self._report, self._redactor = report, redactor
        self._names = {name: redactor.name(name) for name in report.sources}

    def head(self) -> LogReport:
        """The report with its patterns, but for their times and counts, left out."""
        report = self._report
        return replace(
            report,
            sources={self._names[name]: facts for name, facts in report.sources.items()},
            surfaced=self._surfaced(report.surfaced),
            patterns=[_bare(pattern) for pattern in report.patterns],
            fresh=[_bare(pattern) for pattern in report.fresh],
            command=self._redactor.name(report.command),
        )

    def patterns(self, most: int | None = None) -> Iterator[LogPattern]:
        """The first `most` of the patterns, all where it is None."""
        return self._shown(islice(self._report.patterns, most))

    def fresh(self, most: int) -> list[LogPattern]:
        """Of the patterns that are new, those that no card is about."""
        told = {card.pattern.id for card in self._report.surfaced.cards if card.kind is not CardKind.RARE}
        return list(self._shown(islice((one for one in self._report.fresh if one.id not in told), most)))

    def _shown(self, patterns: Iterable[LogPattern]) -> Iterator[LogPattern]:
        stream = iter(patterns)
        while batch := list(islice(stream, _AT_ONCE)):
            text = self._table(text for pattern in batch for text in _texts(pattern))
            yield from (_masked(pattern, text, self._names) for pattern in batch)

    def _surfaced(self, surfaced: Surfaced) -> Surfaced:
        text = self._table(text for card in surfaced.cards for text in _card_texts(card))
        return replace(
            surfaced,
            cards=tuple(_masked_card(card, text) for card in surfaced.cards),
            silences=tuple(
                replace(one, sources=tuple(self._names.get(name, "") for name in one.sources))
                for one in surfaced.silences
            ),
        )

    def _table(self, texts: Iterable[str]) -> Masked:
        distinct = sorted(set(texts))
        masked, counts = _redacted(distinct, self._redactor)
        self.counts += counts
        return dict(zip(distinct, masked, strict=True)).__getitem__


def _texts(pattern: LogPattern) -> Iterator[str]:
    yield pattern.template
    yield from pattern.services
    yield from (text for _, text in pattern.examples)
    for _, message, line in pattern.samples:
        yield message.decode("utf-8", "replace")
        yield line.decode("utf-8", "replace")


def _card_texts(card: Card) -> Iterator[str]:
    yield card.pattern.template
    if card.kind is CardKind.SKEW:  # it names a value of the records
        yield card.headline
    for near in card.changes:
        yield from (near.change.title, *near.named)


def _redacted(texts: list[str], redactor: Redactor) -> tuple[list[str], Counter[str]]:
    """All in one pass; one by one where something was found that reaches from one text into the next."""
    flat = [text.replace(_BREAK, " ").replace("\n", _BREAK).replace("\r", " ") for text in texts]
    done = redactor.document(Mode.LOGS, "\n".join(flat).encode("utf-8", "replace"))
    lines = done.data.decode("utf-8", "replace").split("\n")
    counts = Counter(done.counts)
    if len(lines) != len(texts):
        each = [redactor.document(Mode.LOGS, text.encode("utf-8", "replace")) for text in texts]
        counts = Counter[str]()
        for one in each:
            counts.update(one.counts)
        return [one.data.decode("utf-8", "replace") for one in each], counts
    return [line.replace(_BREAK, "\n") for line in lines], counts


def _masked(pattern: LogPattern, text: Masked, names: dict[str, str]) -> LogPattern:
    def bytes_of(found: bytes) -> bytes:
        return text(found.decode("utf-8", "replace")).encode("utf-8", "replace")

    services: Counter[str] = Counter()
    for name, count in pattern.services.items():
        services[text(name)] += count
    return replace(
        pattern,
        template=text(pattern.template),
        services=dict(services),
        examples=tuple((line, text(message)) for line, message in pattern.examples),
        sources=tuple(names.get(name, "") for name in pattern.sources),
        samples=tuple(Sample(weight, bytes_of(message), bytes_of(line)) for weight, message, line in pattern.samples),
    )


def _masked_card(card: Card, text: Masked) -> Card:
    return replace(
        card,
        headline=text(card.headline) if card.kind is CardKind.SKEW else card.headline,
        pattern=replace(card.pattern, template=text(card.pattern.template), services={}, shares={}, examples=()),
        changes=tuple(
            replace(
                near, change=replace(near.change, title=text(near.change.title)), named=tuple(map(text, near.named))
            )
            for near in card.changes
        ),
    )


def _bare(pattern: LogPattern) -> LogPattern:
    return replace(pattern, template="", services={}, examples=(), sources=(), samples=(), place="")
