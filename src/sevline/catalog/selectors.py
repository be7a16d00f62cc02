"""What is read about the catalogue; everybody who is signed in may read it."""

from django.db.models import QuerySet

from sevline.catalog.models import ProductArea, SignalRequest, SupportabilityScore
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
