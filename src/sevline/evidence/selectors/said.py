"""What the checks said about an upload, as cards whose citations lead to the place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sevline.bench.report.wording import SIDES
from sevline.core.leading import place_of
from sevline.evidence.models import Artifact, RedactionRun

ORDER = ("FAIL", "WARN", "INFO", "PASS", "NOT_EVALUATED")
_SIDES = {side.value: words for side, words in SIDES.items()}


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that a finding rests on; `url` is empty where the file cannot be shown."""

    name: str
    locator: str
    url: str
    excerpt: str
    observed: str
    expected: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.locator or '(whole file)'}"


@dataclass(frozen=True, slots=True)
class FindingCard:
    check_id: str
    state: str
    title: str
    side: str
    confidence: str
    citations: tuple[Citation, ...]
    next_step: str
    missing: tuple[str, ...]
    anchor: str = ""

    @property
    def tone(self) -> str:
        return self.state.lower()

    @property
    def takes_up(self) -> str:
        """Where what the log says of a start is entered into the list of changes, filled in; "" for other findings."""
        if self.check_id != "OBS17" or self.state != "WARN" or len(self.citations) < 2:  # else no start was named
            return ""
        at, _, told = self.citations[1].observed.partition(" ")
        kind = "config" if "config" in told.casefold() else "deploy"
        return f"{reverse('changes')}?{urlencode({'kind': kind, 'title': told[:200], 'at': at[:19]})}"

    @property
    def icon_tone(self) -> str:
        return {"FAIL": "bad", "WARN": "warn", "PASS": "ok", "INFO": "accent"}.get(self.state, "idle")


def cards(run: RedactionRun, artifacts: Iterable[Artifact]) -> list[FindingCard]:
    """The findings of a run, failures first and causes before symptoms, what could not be evaluated last."""
    files = {artifact.key: artifact for artifact in artifacts}
    made = [_card(found, files, f"finding-{at}") for at, found in enumerate(run.findings, start=1)]
    return sorted(made, key=lambda card: (ORDER.index(card.state), place_of(card.check_id), card.check_id))


def _card(found: Mapping[str, Any], files: Mapping[str, Artifact], anchor: str) -> FindingCard:
    return FindingCard(
        check_id=found["check_id"],
        state=found["state"],
        title=found["title"],
        side="" if found["side"] == "unknown" else _SIDES.get(found["side"], found["side"]),
        confidence=found["confidence"],
        citations=tuple(_citation(cited, files) for cited in found["evidence"]),
        next_step=found["next_step"],
        missing=tuple(found["missing"]),
        anchor=anchor,
    )


def _citation(cited: Mapping[str, str], files: Mapping[str, Artifact]) -> Citation:
    file = files.get(cited["artifact"])
    return Citation(
        name=file.name if file else cited["artifact"],
        locator=cited["locator"],
        url=place_url(file, cited["locator"]) if file else "",
        excerpt=cited["excerpt"],
        observed=cited["observed"],
        expected=cited["expected"],
    )


def place_url(file: Artifact, locator: str) -> str:
    """The address of a place in a redacted file, of the file where no place is named; empty when the file has no
    redacted form."""
    if file.sealed_id is None:
        return ""
    if not locator:
        return reverse("evidence:file", args=[file.pk])
    return f"{reverse('evidence:file', args=[file.pk])}?{urlencode({'at': locator})}#cited"
