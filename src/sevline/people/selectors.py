"""What is read about people, teams and notices."""

from django.db.models import QuerySet

from sevline.people.models import Notice, Person


def unread_count(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def notices(person: Person) -> QuerySet[Notice]:
    """The person's notices, the newest first."""
    return Notice.objects.filter(person=person)
