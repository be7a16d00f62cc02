"""What is shown of a log: templates, examples, names and values of variables, all through the redactor first."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.report import LogReport
from sevline.core.redaction import Mode, Redactor

_BREAK = "\x1d"
"""Stands for the line breaks within one text, so that many texts are redacted in one pass."""


def redacted(report: LogReport, redactor: Redactor, most: int | None = None) -> LogReport:
    """The report with every text redacted; only the first `most` patterns are shown, the others lose their texts.

    Counts in `redactions` are of places in what is shown.
    """
    names = {name: redactor.name(name) for name in report.sources}
    kept = _kept(report, most)
    texts = sorted({text for pattern in kept for text in _texts(pattern)})
    masked, counts = _masked(texts, redactor)
    table = dict(zip(texts, masked, strict=True))
    shown = {pattern.id: _shown(pattern, table.__getitem__, names) for pattern in kept}
    return replace(
        report,
        sources={names[name]: facts for name, facts in report.sources.items()},
        patterns=[shown.get(pattern.id) or _bare(pattern) for pattern in report.patterns],
        redactions=dict(counts),
        changes=[replace(change, pattern=shown[change.pattern.id]) for change in report.changes],
        fresh=[shown[pattern.id] for pattern in report.fresh],
    )


def _kept(report: LogReport, most: int | None) -> list[LogPattern]:
    """The patterns whose texts are shown, each once."""
    kept = list(report.patterns if most is None else report.patterns[:most])
    wanted = {pattern.id for pattern in kept}
    kept += [change.pattern for change in report.changes if change.pattern.id not in wanted]
    wanted |= {pattern.id for pattern in kept}
    kept += [pattern for pattern in report.fresh if pattern.id not in wanted]
    return kept


def _texts(pattern: LogPattern) -> Iterable[str]:
    yield pattern.template
    yield from pattern.services
    yield from (text for _, text in pattern.examples)
    yield from (message.decode("utf-8", "replace") for _, message in pattern.samples)


def _masked(texts: list[str], redactor: Redactor) -> tuple[list[str], Counter[str]]:
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


def _shown(pattern: LogPattern, text: Callable[[str], str], names: dict[str, str]) -> LogPattern:
    samples = tuple(
        (weight, text(message.decode("utf-8", "replace")).encode("utf-8", "replace"))
        for weight, message in pattern.samples
    )
    services: Counter[str] = Counter()
    for name, count in pattern.services.items():
        services[text(name)] += count
    return replace(
        pattern,
        template=text(pattern.template),
        services=dict(services),
        examples=tuple((line, text(message)) for line, message in pattern.examples),
        sources=tuple(names.get(name, "") for name in pattern.sources),
        samples=samples,
    )


def _bare(pattern: LogPattern) -> LogPattern:
    return replace(pattern, template="", services={}, examples=(), sources=(), samples=())
