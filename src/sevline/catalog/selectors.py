"""What is read about the catalogue; everybody who is signed in may read it."""

from django.db.models import QuerySet

from sevline.catalog.models import ProductArea
from sevline.people.models import Person


def product_areas(person: Person) -> QuerySet[ProductArea]:
    found = ProductArea.objects.select_related("engineering")
    return found if person.roles else found.none()
