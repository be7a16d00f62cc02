"""Every write about what is supported."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from sevline.catalog.events import ProductAreaAdded, SignalAsked, SignalClosed, SupportabilityScored
from sevline.catalog.models import ProductArea, Signal, SignalRequest, SupportabilityScore
from sevline.core.lifecycle import Refused
from sevline.core.redaction.exposure import refuse_exposure
from sevline.core.rights import Right, require
from sevline.core.supportability import same_signal, score
from sevline.people.models import Person, Team
from sevline.platform import clock
from sevline.platform.events import Ref, record


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
    record(ProductAreaAdded(by=by.ref, subject=_ref(area), engineering=engineering.key, is_critical=is_critical))
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
        record(SignalAsked(by=by.ref, subject=_ref(area), request=held.key, signal=signal, name=name))
    elif proposal and not held.proposal:
        held.proposal = proposal[:300]
        held.save(update_fields=["proposal"])
    return held


@transaction.atomic
def close_signal(request_id: int, *, by: Person, query: str) -> SignalRequest:
    """Say that the signal is there, with the query that shows it."""
    require(by, Right.ESCALATION_ANSWER)
    held = SignalRequest.objects.select_for_update().select_related("area").filter(pk=request_id).first()
    if held is None:
        raise Refused("There is no such request.")
    if held.closed_at is not None:
        raise Refused(f"{held.key} is closed already.")
    held.verified_by = refuse_exposure(query)[:500]
    if not held.verified_by:
        raise Refused("Write the query that shows the signal; without it the request stays open.")
    held.closed_by, held.closed_at = by, clock.now()
    held.save(update_fields=["verified_by", "closed_by", "closed_at"])
    record(SignalClosed(by=by.ref, subject=_ref(held.area), request=held.key, query=held.verified_by))
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
        by=by.ref, subject=_ref(area), score=told.points, met=len(told.met), of=told.of, version=told.version
    )
    record(event)
    return kept


def _ref(area: ProductArea) -> Ref:
    return Ref("product_area", area.key, area.name)
