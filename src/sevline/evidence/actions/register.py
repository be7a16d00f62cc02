"""The evidence register: places that claims cite. A row is never edited; what replaces it says so."""

from django.db import transaction
from django.db.models import Max

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import fitting
from sevline.core.rights import Right, require
from sevline.evidence.actions.common import open_case, ref, visible_artifact
from sevline.evidence.events import EvidenceCited
from sevline.evidence.models import Artifact, Item
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.vault import actions as vault

EXCERPT_LINES = 60
CLAIM_MAX = 300
PLACE_MAX = 20_000


def _claim(case_key: str, claim: str) -> str:
    """What somebody says that a place shows, redacted; where it is too long for its row, the whole of it is sealed."""
    said = vault.redact(case_key, claim.strip()).text
    if not said:
        raise Refused("Say what this piece of evidence shows.")
    if len(said) > CLAIM_MAX:
        vault.seal_text(case_key, "claim", claim.strip())
    return fitting(said, CLAIM_MAX)


def _whole(text: str, what: str) -> str:
    """A place or query, never cut: half of one finds nothing, or something else."""
    if len(text) > PLACE_MAX:
        raise Refused(f"The {what} has {len(text):,} characters; {PLACE_MAX:,} are allowed. Narrow it down.")
    return text


@transaction.atomic
def cite(
    artifact_id: int, locator: str, claim: str, *, by: Person, excerpt: str, query: str = "", once: bool = False
) -> Item:
    """Put a place in an artifact into the evidence register, so that claims can name it: E-n.

    `once`: where a row says the same of the same place already, that one is meant.
    """
    require(by, Right.EVIDENCE_ATTACH)
    artifact = visible_artifact(by, artifact_id)
    case = Case.objects.select_for_update().get(pk=artifact.upload.case_id)
    said = _claim(case.key, claim)
    lines = vault.redact(case.key, excerpt).text.splitlines()[:EXCERPT_LINES]
    place, asked = _whole(locator, "place"), _whole(query, "query")
    same = Item.objects.filter(artifact=artifact, locator=place, query=asked, claim=said, withdrawn_at=None)
    if once and (held := same.order_by("number").last()):
        return held
    item = add_item(
        case,
        by,
        claim=said,
        artifact=artifact,
        locator=place,
        excerpt="\n".join(lines),
        query=asked,
    )
    record(EvidenceCited(by=by.ref, subject=ref(artifact.upload), case=case.key, item=item.key, claim=said))
    return item


@transaction.atomic
def cite_answer(case_key: str, claim: str, *, by: Person, source: str, query: str, excerpt: str, sha256: str) -> Item:
    """Put what a data source answered into the register; `sha256` is that of the whole answer, kept by the caller."""
    require(by, Right.EVIDENCE_ATTACH)
    case = open_case(by, case_key)
    said = _claim(case.key, claim)
    number = (Item.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    item = Item.objects.create(
        case=case,
        number=number,
        claim=said,
        excerpt="\n".join(excerpt.splitlines()[:EXCERPT_LINES]),
        query=_whole(query, "query"),
        source=source[:160],
        sha256=sha256,
        collected_by=by,
        at=clock.now(),
    )
    record(EvidenceCited(by=by.ref, subject=case.ref, case=case.key, item=item.key, claim=said))
    return item


def add_item(
    case: Case,
    collector: Person,
    *,
    claim: str,
    artifact: Artifact,
    locator: str = "",
    excerpt: str = "",
    query: str = "",
    supersedes: Item | None = None,
) -> Item:
    """A row of the register, with the next number of its case; runs in the caller's transaction."""
    upload = artifact.upload
    number = (Item.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    return Item.objects.create(
        case=case,
        number=number,
        artifact=artifact,
        upload=upload,
        claim=fitting(claim, CLAIM_MAX),
        locator=locator,
        excerpt=excerpt,
        query=query,
        source=(f"{upload.source}: {artifact.name}" if upload.source else artifact.name)[:160],
        window_first=upload.time_first,
        window_last=upload.time_last,
        sha256=artifact.sha256,
        redaction_run=artifact.run.number,
        collected_by=collector,
        at=clock.now(),
        supersedes=supersedes,
    )
