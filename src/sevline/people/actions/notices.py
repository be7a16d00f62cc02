"""Notices: what a person should know now, at most once for each key."""

from collections.abc import Iterable

from django.db import transaction

from sevline.core.rights import Role
from sevline.people.mail import can_mail, send
from sevline.people.models import Notice, Person
from sevline.platform import clock


def notify(person: Person, key: str, text: str, link: str = "", tone: str = "idle") -> bool:
    """Tell one person; `key` names the cause, and a second notice under it is dropped. True when it is new.

    `link` is a path inside the product; `tone` one of ok, warn, bad, accent, idle.
    """
    return _tell([person], key, text, link, tone) == 1


def mail_too(person: Person, subject: str, text: str) -> bool:
    """Send as mail what a notice says. False where no mail server is set or it does not take it; the notice stands."""
    if not can_mail():
        return False
    try:
        send(person.email, subject, text)
    except OSError:
        return False
    return True


def notify_role(
    role: Role, key: str, text: str, link: str = "", tone: str = "idle", *, without: Person | None = None
) -> int:
    """Tell every active person who has the role, except whoever caused it; answers how many are newly told."""
    # Role keys are a JSON list, which only PostgreSQL could search; the people of one desk are few.
    people = [person for person in Person.objects.filter(is_active=True) if role in person.roles and person != without]
    return _tell(people, key, text, link, tone)


def notify_team(
    team_key: str, key: str, text: str, link: str = "", tone: str = "idle", *, without: Person | None = None
) -> int:
    """Tell every active person of a team, except whoever caused it; answers how many are newly told."""
    people = [person for person in Person.objects.filter(is_active=True, teams__key=team_key) if person != without]
    return _tell(people, key, text, link, tone)


@transaction.atomic
def mark_read(person: Person, notice_ids: Iterable[int] | None = None) -> int:
    """Mark the person's own notices as read: the named ones, or all; answers how many were unread."""
    unread = Notice.objects.filter(person=person, read_at__isnull=True)
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=clock.now())


@transaction.atomic
def _tell(people: Iterable[Person], key: str, text: str, link: str, tone: str) -> int:
    told = list(people)
    before = Notice.objects.filter(key=key[:120], person__in=told).count()
    rows = [
        Notice(person=person, key=key[:120], text=text[:240], link=link[:200], tone=tone, at=clock.now())
        for person in told
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key[:120], person__in=told).count() - before
