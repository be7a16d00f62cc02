"""Checks over what was read, and their citations against the redacted artefacts. Runs in the parser process."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from sevline.bench.examination import Missing
from sevline.bench.reading import Reading
from sevline.bench.waiting import near_first, topic_of
from sevline.core.checks import every_check
from sevline.core.finding import Evidence, Finding, Given, State, run
from sevline.core.leading import led


def judge(reading: Reading) -> tuple[Finding, ...]:
    """All findings by check id; what a file said is redacted in them, every excerpt is from a redacted artefact."""
    words = lru_cache(maxsize=50_000)(lambda text: reading.redactor.text(text).text if text else text)

    def shown(evidence: Evidence) -> Evidence:
        place = reading.places.get(evidence.artifact)
        locator = place.nearest(evidence.locator) if place else evidence.locator
        excerpt = (place.excerpt(locator) if place else None) or ""
        return Evidence(evidence.artifact, locator, words(evidence.observed), words(evidence.expected), excerpt)

    return tuple(
        replace(
            finding,
            title=finding.title if finding.state is State.NOT_EVALUATED else words(finding.title),
            evidence=tuple(map(shown, finding.evidence)),
        )
        for finding in led(run(reading.evidence, every_check()))
    )


def spoken_of(evidence: Iterable[Given]) -> frozenset[str]:
    """Topics whose own kind of evidence is there, though a check may lack another part of it: a signed webhook
    without its secret speaks of webhooks. What checks of several topics read, such as recorded calls, says nothing."""
    readers: dict[type[Given], set[str]] = {}
    for check in every_check():
        for need in check.inputs.values():
            readers.setdefault(need.kind, set()).add(topic_of(check.id))
    there = {type(one) for one in evidence}
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
