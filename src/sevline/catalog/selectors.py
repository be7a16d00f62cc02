"""What is read about the catalogue; everybody who is signed in may read it."""

from datetime import datetime

from django.db.models import QuerySet

from sevline.catalog.models import Change, ProductArea, SignalRequest, SupportabilityScore
from sevline.core.mining.surfacing.nearby import EARLIEST, LATEST, KnownChange
from sevline.core.rights import Right, holds
from sevline.people.models import Person


def product_areas(person: Person) -> QuerySet[ProductArea]:
    found = ProductArea.objects.select_related("engineering")
    return found if person.roles else found.none()


def signal_requests(person: Person) -> QuerySet[SignalRequest]:
    """What Support asked Engineering for; whoever may see diagnoses sees it."""
    found = SignalRequest.objects.select_related("area", "owner", "asked_by", "closed_by")
    return found if holds(person, Right.DIAGNOSIS_VIEW) else found.none()


def scores(person: Person) -> QuerySet[SupportabilityScore]:
    """Supportability scores, the newest first."""
    found = SupportabilityScore.objects.select_related("area", "by")
    return found if holds(person, Right.DIAGNOSIS_VIEW) else found.none()


def changes(person: Person, *, kind: str = "") -> QuerySet[Change]:
    """What was changed, the latest first, without what was withdrawn."""
    found = Change.objects.visible_to(person).filter(withdrawn_at__isnull=True).select_related("recorded_by")
    return found.filter(kind=kind) if kind else found


def known_changes(person: Person, first: datetime, last: datetime) -> list[KnownChange]:
    """Changes from a day before the first moment to an hour after the last, at most 5,000, in time order."""
    near = changes(person).filter(at__gte=first - EARLIEST, at__lte=last + LATEST).order_by("at", "id")
    return [change.known() for change in near[:5_000]]
