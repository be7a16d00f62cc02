"""Sessions of a person, ended from the server's side."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from sevline.people.events import SignedIn, SignedOut
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record


def end_sessions(person: Person, *, keep: str = "") -> int:
    """End every session of the person except the one with the key `keep`; answers how many ended."""
    # A session's owner stands only inside it, so each live one is read.
    live = Session.objects.filter(expire_date__gt=clock.now()).exclude(session_key=keep)
    theirs = [session.pk for session in live.iterator() if session.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


@transaction.atomic
def sign_out_elsewhere(person: Person, *, keep: str) -> int:
    """End the person's other sessions, at their own wish."""
    ended = end_sessions(person, keep=keep)
    record(SignedOut(by=person.ref, subject=person.ref, sessions=ended))
    return ended


@transaction.atomic
def signed_in_by_link(person: Person) -> None:
    """Note that an invitation or the set-up signed somebody in, which the sign-in library knows nothing of."""
    record(SignedIn(by=person.ref, subject=person.ref, methods=("link",)))
