"""Checks over what was read, and their citations against the redacted artefacts. Runs in the parser process."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from sevline.bench.apart import apart
from sevline.bench.examination import Missing
from sevline.bench.reading import Reading
from sevline.bench.waiting import near_first, topic_of
from sevline.core.checks import every_check
from sevline.core.finding import Evidence, Finding, Given, State, run
from sevline.core.leading import led
from sevline.core.redaction.replaced import Beside, words_of

#: Signs that stand around a word of a sentence, and letters of one that says something.
LEAST_WORD = 3
_AROUND = ".,:;?!()[]{}'\"“”‘’`"


def judge(reading: Reading) -> tuple[Finding, ...]:
    """All findings by check id; what a file said is redacted in them, every excerpt is from a redacted artefact."""
    beside = Beside(reading.beside, said_anyway())
    findings = [_hidden(finding, beside, reading) for finding in led(run(reading.evidence, every_check(), apart=apart))]
    told = list(dict.fromkeys(text for finding in findings for text in _looked_at(finding) if text))
    words = dict(zip(told, reading.redactor.texts(told), strict=True)) | {"": ""}

    def shown(evidence: Evidence) -> Evidence:
        place = reading.places.get(evidence.artifact)
        locator = place.nearest(evidence.locator) if place else evidence.locator
        excerpt = (place.excerpt(locator) if place else None) or ""
        return Evidence(evidence.artifact, locator, words[evidence.observed], words[evidence.expected], excerpt)

    return tuple(
        replace(
            finding,
            title=words.get(finding.title, finding.title),
            evidence=tuple(map(shown, finding.evidence)),
            next_step=_step(finding, words),
        )
        for finding in findings
    )


def _step(finding: Finding, words: Mapping[str, str]) -> str:
    """The next step, redacted where it repeats what is redacted in the finding; examples of its own stay."""
    step = finding.next_step
    masked = [word for text in _told(finding) for word in _masked(text, words)]
    repeats = any(one in other or other in one for other in masked for one in _masked(step, words))
    return words[step] if repeats else step


def _masked(text: str, words: Mapping[str, str]) -> list[str]:
    """The words of a sentence that its redaction took out."""
    left = set(words[text].split())
    gone = (word.strip(_AROUND) for word in text.split() if word not in left)
    return [word for word in gone if len(word) >= LEAST_WORD]


def _hidden(finding: Finding, beside: Beside, reading: Reading) -> Finding:
    """The finding without what the files mask for what stands around it, unless a file that it cites shows it too."""
    cited = [place for one in finding.evidence if (place := reading.places.get(one.artifact)) is not None]

    def hide(text: str) -> str:
        return beside.hidden(text, lambda value: any(place.shows(value) for place in cited))

    return replace(
        finding,
        title=hide(finding.title),
        evidence=tuple(
            replace(one, observed=hide(one.observed), expected=hide(one.expected)) for one in finding.evidence
        ),
        next_step=hide(finding.next_step),
        missing=tuple(map(hide, finding.missing)),
    )


def _looked_at(finding: Finding) -> Iterator[str]:
    """The sentences to redact. A step repeats at most what the others tell, and most checks tell nothing of a file."""
    told = list(_told(finding))
    yield from (*told, finding.next_step) if any(told) else ()


def _told(finding: Finding) -> Iterator[str]:
    """The sentences of a finding into which a file's text may have come."""
    if finding.state is not State.NOT_EVALUATED or finding.title != every_check()[finding.check_id].title:
        yield finding.title  # what a check says of itself holds nothing of a file
    for one in finding.evidence:
        yield from (one.observed, one.expected)


@cache
def said_anyway() -> frozenset[str]:
    """Words that checks say of themselves, whatever they are given."""
    kinds = {need.kind for check in every_check() for need in check.inputs.values()}
    sentences = [text for kind in kinds for text in (kind.what, kind.how)]
    return words_of([*(check.title for check in every_check()), *sentences])


def spoken_of(evidence: Iterable[Given]) -> frozenset[str]:
    """Topics whose own kind of evidence is there, though a check may lack another part of it: a signed webhook
    without its secret speaks of webhooks. What checks of several topics read, such as recorded calls, says nothing."""
    readers: dict[type[Given], set[str]] = {}
    for check in every_check():
        for need in check.inputs.values():
            readers.setdefault(need.kind, set()).add(topic_of(check.id))
    there = {kind for one in evidence for kind in type(one).__mro__}
    return frozenset(topic for kind in there for topic in readers.get(kind, ()) if len(readers[kind]) == 1)


def missing_from(findings: Iterable[Finding], spoken: Iterable[str] = ()) -> tuple[Missing, ...]:
    """What is lacking, each once, with the checks that wait for it.

    Topics that said something, or of which a text speaks (`spoken`), come first.
    """
    waiting: dict[str, Missing] = {}
    told = set(spoken)
    for finding in findings:
        if finding.state is not State.NOT_EVALUATED:
            told.add(topic_of(finding.check_id))
            continue
        for what in finding.missing:
            entry = waiting.setdefault(what, Missing(what, finding.next_step, []))
            if finding.check_id not in entry.checks:
                entry.checks.append(finding.check_id)
    return near_first(waiting.values(), frozenset(told))
