"""What the evidence tab of a case shows; the workspace puts it into its page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from sevline.cases.models import Case
from sevline.core.amount import amount
from sevline.core.rights import Right, holds, who_may
from sevline.evidence import selectors
from sevline.evidence.actions.reveal import DECISION
from sevline.evidence.forms import UploadForm
from sevline.evidence.models import Item, Upload, UploadState
from sevline.evidence.selectors.said import place_url
from sevline.governance import selectors as governance
from sevline.people.models import Person

TONES = {
    UploadState.QUARANTINED: ("idle", "In quarantine"),
    UploadState.REDACTING: ("accent", "Being redacted"),
    UploadState.UNCONFIRMED: ("warn", "Needs a look"),
    UploadState.AVAILABLE: ("ok", "Available"),
    UploadState.REFUSED: ("bad", "Refused"),
    UploadState.REMOVED: ("idle", "Removed"),
    UploadState.EXPIRED: ("idle", "Expired"),
}


@dataclass(frozen=True, slots=True)
class UploadRow:
    """An upload with its state in words; `percent` and `note` while it is being redacted."""

    upload: Upload
    tone: str
    words: str
    waits: bool
    percent: int
    note: str
    fails: int
    warns: int
    masked: int
    errors: tuple[int, int] = (0, 0)

    @property
    def number(self) -> str:
        return str(self.upload.number)

    @property
    def told_errors(self) -> str:
        """“152 errors in 1 pattern”, or "" where the log holds none."""
        records, patterns = self.errors
        if not records:
            return ""
        return f"{amount(records, 'error')} in {amount(patterns, 'pattern')}"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the register with the address of the place that it cites."""

    item: Item
    url: str


def evidence_panel(person: Person, case: Case) -> dict[str, Any]:
    """What `evidence/panels/evidence.html` needs."""
    return {
        **lists(person, case),
        "form": UploadForm(),
        "limit_mb": settings.OPTIONS.max_file_mb,
        "may_attach": holds(person, Right.EVIDENCE_ATTACH),
        "who_may_attach": who_may(Right.EVIDENCE_ATTACH),
    }


def lists(person: Person, case: Case) -> dict[str, Any]:
    """What `evidence/panels/lists.html` needs: uploads, their errors, the register and a hold. Seven queries."""
    if not holds(person, Right.EVIDENCE_VIEW):
        return {"case": case, "may_view": False, "who_may_view": who_may(Right.EVIDENCE_VIEW)}
    found = list(selectors.uploads(person, case))
    waiting = [upload for upload in found if upload.state in selectors.WAITING]
    progress = selectors.progress(waiting) if waiting else {}
    errors = selectors.errors(person, case) if found else {}
    return {
        "case": case,
        "may_view": True,
        "hold": governance.hold_of(case.key),
        "may_hold": governance.may_hold(person),
        "may_attach": holds(person, Right.EVIDENCE_ATTACH),
        "may_reveal": holds(person, Right.APPROVAL_ASK) and governance.may_ask(person, DECISION),
        "uploads": [_row(upload, *progress.get(upload.pk, (0, "")), errors.get(upload.pk, (0, 0))) for upload in found],
        "waiting": len(waiting),
        "items": [ItemRow(item, _url(item)) for item in selectors.register(person, case)],
    }


def _row(upload: Upload, percent: int, note: str, errors: tuple[int, int]) -> UploadRow:
    tone, words = TONES[UploadState(upload.state)]
    runs = list(upload.runs.all())
    states = [found["state"] for found in runs[-1].findings] if runs else []
    return UploadRow(
        upload=upload,
        tone=tone,
        words=words,
        waits=upload.state in selectors.WAITING,
        percent=percent,
        note=note or "waiting for a worker",
        fails=states.count("FAIL"),
        warns=states.count("WARN"),
        masked=sum(runs[-1].counts.values()) if runs else 0,
        errors=errors,
    )


def _url(item: Item) -> str:
    if item.artifact is None:
        return ""
    return place_url(item.artifact, item.locator or "1:1")
