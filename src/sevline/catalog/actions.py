"""Every write about what is supported, and about what was changed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from secrets import token_bytes

from django.db import transaction
from django.utils.text import slugify

from sevline.catalog.events import (
    ChangeRecorded,
    ChangesImported,
    ChangeWithdrawn,
    ProductAreaAdded,
    SignalAsked,
    SignalClosed,
    SupportabilityScored,
)
from sevline.catalog.models import Change, ProductArea, Signal, SignalRequest, SupportabilityScore
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.readers.changelist import ChangeList, ListedChange, read_changes
from sevline.core.redaction import Mode, Redactor
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.rights import Right, require
from sevline.core.signalquery import language_of
from sevline.core.supportability import same_signal, score
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.events import OPERATOR, Ref, record

TYPED, IMPORTED, POSTED = "typed", "imported", "console"
_FUTURE = timedelta(days=366)


@transaction.atomic
def add_product_area(*, by: Person, name: str, engineering: Team, is_critical: bool = False) -> ProductArea:
    """Add a product area and the engineering team that owns it; escalations of its cases go there."""
    require(by, Right.CATALOG_EDIT)
    name = name.strip()
    key = slugify(name)[:40]
    if not key:
        raise Refused("Give the product area a name with at least one letter or digit.")
    if not engineering.is_engineering:
        raise Refused(f"{engineering.name} is no engineering team; an area belongs to one.")
    if ProductArea.objects.filter(key=key).exists():
        raise Refused(f"There is a product area “{name}” already.")
    area = ProductArea.objects.create(key=key, name=name, engineering=engineering, is_critical=is_critical)
    record(ProductAreaAdded(by=by.ref, subject=_area_ref(area), engineering=engineering.key, is_critical=is_critical))
    return area


@transaction.atomic
def ask_signal(area: ProductArea, *, by: Person, signal: str, name: str, proposal: str = "") -> SignalRequest:
    """Ask the area's engineering team for a signal; asked again in other cases, it stays one request. The texts are
    redacted already where they come from a case."""
    require(by, Right.DIAGNOSIS_EDIT)
    return _asked(area, by, signal, name, proposal)


def _asked(area: ProductArea, by: Person, signal: str, name: str, proposal: str) -> SignalRequest:
    if signal not in Signal.values:
        raise Refused(f"A signal is one of {', '.join(Signal.values)}.")
    name = " ".join(name.split())[:300]
    if not same_signal(name):
        raise Refused("Name the signal that is missing.")
    held, made = SignalRequest.objects.select_for_update().get_or_create(
        area=area,
        signal=signal,
        same_as=same_signal(name),
        closed_at=None,
        defaults={
            "name": name,
            "proposal": proposal[:300],
            "owner_id": area.engineering_id,
            "asked_by": by,
            "asked_at": clock.now(),
        },
    )
    if made:
        record(SignalAsked(by=by.ref, subject=_area_ref(area), request=held.key, signal=signal, name=name))
    elif proposal and not held.proposal:
        held.proposal = proposal[:300]
        held.save(update_fields=["proposal"])
    return held


@transaction.atomic
def close_signal(request_id: int, *, by: Person, query: str) -> SignalRequest:
    """Say that the signal is there, with the query that shows it; of a known language it has to be a whole one."""
    require(by, Right.ESCALATION_ANSWER)
    held = SignalRequest.objects.select_for_update().select_related("area").filter(pk=request_id).first()
    if held is None:
        raise Refused("There is no such request.")
    if held.closed_at is not None:
        raise Refused(f"{held.key} is closed already.")
    told = refuse_exposure(query)
    held.verified_by = told[:500]
    if not held.verified_by:
        raise Refused("Write the query that shows the signal; without it the request stays open.")
    language_of(told)  # what begins as a query of a known language is to be whole
    held.closed_by, held.closed_at = by, clock.now()
    held.save(update_fields=["verified_by", "closed_by", "closed_at"])
    record(SignalClosed(by=by.ref, subject=_area_ref(held.area), request=held.key, query=held.verified_by))
    return held


@transaction.atomic
def score_supportability(area: ProductArea, *, by: Person, met: Iterable[str]) -> SupportabilityScore:
    """Keep which checks the area meets; each that it does not becomes a request to its engineering team."""
    require(by, Right.CATALOG_EDIT)
    told = score(met)
    for gap in told.gaps:
        _asked(area, by, gap.signal, gap.ask, gap.means)
    kept = SupportabilityScore.objects.create(
        area=area,
        met=list(told.met),
        score=told.points,
        of=told.of,
        table_version=told.version,
        by=by,
        at=clock.now(),
    )
    event = SupportabilityScored(
        by=by.ref, subject=_area_ref(area), score=told.points, met=len(told.met), of=told.of, version=told.version
    )
    record(event)
    return kept


def _area_ref(area: ProductArea) -> Ref:
    return Ref("product_area", area.key, area.name)


@dataclass(frozen=True, slots=True)
class Imported:
    """`problems`: a sentence for each row that was not taken."""

    form: str
    added: int
    known: int
    problems: tuple[str, ...]


@transaction.atomic
def record_change(
    *, by: Person, kind: ChangeKind, title: str, at: datetime, components: tuple[str, ...] = ()
) -> Change:
    """Enter one change; recorded for good, and withdrawn where it was wrong."""
    require(by, Right.CATALOG_EDIT)
    title = _clean(title).strip()[:200]
    if not title:
        raise Refused("Say what was changed, such as “checkout 2.14.0”.")
    if at > clock.now() + _FUTURE:
        raise Refused("The time lies more than a year ahead. Check the year.")
    names = tuple(name for part in components if (name := _clean(part).strip()[:80]))
    external = _digest(f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ} {kind.value} {title}")
    if Change.objects.filter(source=TYPED, external=external, withdrawn_at__isnull=True).exists():
        raise Refused("This change is in the list already, with the same time, kind and title.")
    change, _ = Change.objects.update_or_create(
        source=TYPED,
        external=external,
        defaults={
            "kind": kind.value,
            "title": title,
            "components": list(names),
            "at": at,
            "recorded_at": clock.now(),
            "recorded_by": by,
            "withdrawn_at": None,
        },
    )
    record(ChangeRecorded(by=by.ref, subject=_ref(change), what=kind.value, title=title, at=at, components=names))
    return change


@transaction.atomic
def import_changes(data: bytes, *, by: Person, component: str = "") -> Imported:
    """Take a list of changes in; what is known already, by its id or by all that it says, is left as it is."""
    require(by, Right.CATALOG_EDIT)
    return _keep(read_changes(data, component=component), IMPORTED, by.ref, by)


@transaction.atomic
def post_changes(data: bytes, *, by: Person, component: str = "") -> Imported:
    """As `import_changes`, for a pipeline that posts what it did in the name of a person."""
    require(by, Right.CATALOG_EDIT)
    return _keep(read_changes(data, component=component), POSTED, by.ref, by)


@transaction.atomic
def import_at_console(data: bytes, *, component: str = "") -> Imported:
    """As `import_changes`, for a pipeline that posts its deploys through the command on the server."""
    return _keep(read_changes(data, component=component), POSTED, OPERATOR, None)


@transaction.atomic
def withdraw_change(change_id: int, *, by: Person) -> Change:
    """Take a wrong change out of every list; the trail keeps it."""
    require(by, Right.CATALOG_EDIT)
    change = Change.objects.visible_to(by).filter(pk=change_id, withdrawn_at__isnull=True).first()
    if change is None:
        raise Refused("This change is not in the list any more.")
    change.withdrawn_at = clock.now()
    change.save(update_fields=["withdrawn_at"])
    record(ChangeWithdrawn(by=by.ref, subject=_ref(change), title=change.title))
    return change


def _keep(listed: ChangeList, source: str, actor: Ref, person: Person | None) -> Imported:
    rows = {_digest(row.id): row for row in listed.changes}
    known = set(Change.objects.filter(source=source).values_list("external", flat=True)) & rows.keys()
    fresh = {digest: row for digest, row in rows.items() if digest not in known}
    clean = _cleaned(fresh.values())
    rows_made = [_row(digest, row, source, person, clean) for digest, row in fresh.items()]
    Change.objects.bulk_create(rows_made, ignore_conflicts=True)  # who posts the same at the same moment adds nothing
    told = Imported(listed.form, len(fresh), len(listed.changes) - len(fresh), listed.problems)
    if not fresh and source == POSTED:
        return told  # a pipeline that runs again: nothing happened
    subject = Ref("changes", source, "Catalogue of changes")
    record(
        ChangesImported(
            by=actor, subject=subject, form=told.form, added=told.added, known=told.known, refused=len(told.problems)
        )
    )
    return told


def _digest(external: str) -> str:
    """An id may be made of a title, so it is kept as its hash: enough to know it again."""
    return blake2b(external.encode("utf-8", "replace"), digest_size=20).hexdigest()


def _row(external: str, row: ListedChange, source: str, person: Person | None, clean: Mapping[str, str]) -> Change:
    return Change(
        source=source,
        external=external,
        kind=row.kind.value,
        title=clean[row.title][:200],
        components=[clean[name][:80] for name in row.components],
        at=row.at,
        recorded_at=clock.now(),
        recorded_by=person,
    )


def _clean(text: str) -> str:
    """No case's key masks what belongs to no case: the key is forgotten at once."""
    masked = Redactor(token_bytes(32)).document(Mode.TEXT, text.encode("utf-8", "replace"))
    return masked.data.decode("utf-8", "replace")


def _cleaned(changes: Iterable[ListedChange]) -> dict[str, str]:
    """Titles and components as they may be kept, each once: the detectors run over all of them together."""
    told = list(dict.fromkeys(text for change in changes for text in (change.title, *change.components)))
    return dict(zip(told, Redactor(token_bytes(32)).texts(told), strict=True))


def _ref(change: Change) -> Ref:
    return Ref("change", change.key, change.title)
