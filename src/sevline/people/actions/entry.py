"""How people come in: invitations, reset links, and the first administrator of an empty installation."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, Role, require
from sevline.people.actions.notices import notify
from sevline.people.actions.sessions import end_sessions
from sevline.people.events import EntryLinkMade, PasswordReset, PersonInvited, PersonJoined
from sevline.people.mail import can_mail, send
from sevline.people.models import EntryLink, Person, Team
from sevline.people.selectors import token_hash
from sevline.platform import clock
from sevline.platform.events import OPERATOR, SYSTEM, Ref, record

INVITE, RESET = "invite", "reset"
ELEVATED = frozenset({Role.ADMIN, Role.AUDITOR, Role.SECURITY})
_SETUP = "sevline.setup"
SETUP_HOURS = 24
DEAD_LINK = "This link does not work any more: it was used, replaced or has expired. Ask for a new one."


@dataclass(frozen=True, slots=True)
class Entry:
    """A link that lets one person in once. `url` is known here and nowhere else; only its hash is kept."""

    person: Person
    purpose: str
    url: str
    hours: int
    mailed: bool = False
    mail_error: str = ""


def invite(*, by: Person, email: str, name: str, roles: Iterable[str], teams: Iterable[str] = ()) -> Entry:
    """Make a person who cannot sign in yet, and the link with which they choose a password; `teams` are keys."""
    require(by, Right.PEOPLE_INVITE)
    with transaction.atomic():
        chosen = allowed_roles(by, roles)
        person = _new_person(email, name, sorted(chosen))
        person.teams.set(Team.objects.filter(key__in=list(teams)))
        given = tuple(sorted(person.teams.values_list("key", flat=True)))
        record(PersonInvited(by=by.ref, subject=person.ref, roles=tuple(sorted(chosen)), teams=given))
        entry = _make_link(person, INVITE, made_by=by, ref=by.ref)
    return _mailed(entry)


def new_link(person_id: int, *, by: Person) -> Entry:
    """A fresh link for somebody: an invitation until they joined, a password reset afterwards. Older links die."""
    require(by, Right.PEOPLE_INVITE)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        joined = person.has_usable_password()
        if joined or person.roles & ELEVATED:
            require(by, Right.PEOPLE_MANAGE)
        entry = _make_link(person, RESET if joined else INVITE, made_by=by, ref=by.ref)
        if joined and person != by:
            text = f"{by.name} made a link that sets a new password for you. If you did not ask for it, tell Security."
            notify(person, f"link:{secrets.token_hex(8)}", text, tone="warn")
    return _mailed(entry)


def reset_at_console(email: str) -> Entry:
    """A reset link for whoever stands at the console of the server: the way in when no administrator can sign in."""
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise Refused(f"Nobody here has the e-mail address {email}.")
        purpose = RESET if person.has_usable_password() else INVITE
        return _make_link(person, purpose, made_by=None, ref=OPERATOR)


def mail_reset_link(person_id: int) -> bool:
    """Make and mail a reset link to somebody who asked on the sign-in page; False when there is nobody to mail."""
    with transaction.atomic():
        person = Person.objects.filter(pk=person_id, is_active=True).first()
        if person is None or not can_mail():
            return False
        purpose = RESET if person.has_usable_password() else INVITE
        entry = _make_link(person, purpose, made_by=None, ref=SYSTEM)
    send(person.email, *_words(entry))
    return True


@transaction.atomic
def enter(token: str, *, password: str, name: str = "") -> Person:
    """Use a link: set the password (and, for an invitation, the name). It works once and before it expires."""
    now = clock.now()
    link = EntryLink.objects.select_related("person").filter(token_hash=token_hash(token)).first()
    if link is None or not link.person.is_active:
        raise Refused(DEAD_LINK)
    person = link.person
    if link.purpose == INVITE and name.strip():
        person.name = name.strip()
    set_password(person, password)
    # The condition is in the UPDATE, so that of two who press at once only one gets in.
    fresh = EntryLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now)
    if fresh.update(used_at=now) != 1:
        raise Refused(DEAD_LINK)
    person.save(update_fields=["name", "password"])
    if link.purpose == INVITE:
        record(PersonJoined(by=person.ref, subject=person.ref, how="invitation"), at=now)
    else:
        record(PasswordReset(by=person.ref, subject=person.ref, sessions_ended=end_sessions(person)), at=now)
    return person


def setup_link() -> str | None:
    """The address at which the first administrator is made; None as soon as anybody exists."""
    if Person.objects.exists():
        return None
    return f"{_base()}/setup/{signing.dumps('first administrator', salt=_SETUP)}"


def is_setup_open(token: str) -> bool:
    if Person.objects.exists():
        return False
    try:
        signing.loads(token, salt=_SETUP, max_age=timedelta(hours=SETUP_HOURS))
    except signing.BadSignature:
        return False
    return True


@transaction.atomic
def set_up(token: str, *, email: str, name: str, password: str, roles: Iterable[str] = ()) -> Person:
    """Make the first administrator, with any further roles, on an installation that has nobody yet."""
    if not is_setup_open(token):
        raise Refused("This set-up link does not work: it has expired, or somebody has used it already.")
    person = _new_person(email, name, sorted({Role.ADMIN, *_known(roles)}))
    set_password(person, password)
    person.save(update_fields=["password"])
    record(PersonJoined(by=SYSTEM, subject=person.ref, how="setup"))
    # Recording made whoever came at the same moment wait, so the count is final here.
    if Person.objects.count() != 1:
        raise Refused("Somebody else has just become the first administrator. Ask them to invite you.")
    return person


def allowed_roles(by: Person, roles: Iterable[str]) -> frozenset[str]:
    """The roles as asked; Refused when one is unknown or none is given, Forbidden when `by` may not give one."""
    chosen = _known(roles)
    if not chosen:
        raise Refused("Choose at least one role; without one a person sees nothing.")
    if chosen & ELEVATED:
        require(by, Right.PEOPLE_MANAGE)
    return chosen


def set_password(person: Person, password: str) -> None:
    """Set the password if it is good enough; Refused says what is wrong with it. The caller saves."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(*error.messages) from None
    person.set_password(password)


def _known(roles: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(roles)
    if unknown := chosen - frozenset(Role):
        raise Refused(f"There is no role “{min(unknown)}”.")
    return chosen


def _new_person(email: str, name: str, roles: list[str]) -> Person:
    address, name = email.strip().lower(), name.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(f"“{email.strip()}” is not an e-mail address.") from None
    if not name:
        raise Refused("Say the person's name.")
    if Person.objects.filter(email__iexact=address).exists():
        raise Refused(f"Somebody with the address {address} is already here.")
    person = Person(email=address, name=name[:80], role_keys=[str(role) for role in roles], joined_at=clock.now())
    person.set_unusable_password()
    person.save()
    return person


def _make_link(person: Person, purpose: str, *, made_by: Person | None, ref: Ref) -> Entry:
    if not person.is_active:
        raise Refused(f"{person.name} is switched off. Switch them on first.")
    now, token, hours = clock.now(), secrets.token_urlsafe(32), settings.OPTIONS.invitation_hours
    EntryLink.objects.filter(person=person, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    EntryLink.objects.create(
        person=person,
        token_hash=token_hash(token),
        purpose=purpose,
        made_by=made_by,
        made_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    record(EntryLinkMade(by=ref, subject=person.ref, purpose=purpose), at=now)
    return Entry(person, purpose, f"{_base()}/enter/{token}", hours)


def _mailed(entry: Entry) -> Entry:
    """The entry, mailed where the installation can mail; a mail that fails loses nothing, the link is still shown."""
    if not can_mail():
        return entry
    try:
        send(entry.person.email, *_words(entry))
    except OSError as error:
        return Entry(entry.person, entry.purpose, entry.url, entry.hours, mail_error=str(error) or type(error).__name__)
    return Entry(entry.person, entry.purpose, entry.url, entry.hours, mailed=True)


def _words(entry: Entry) -> tuple[str, str]:
    if entry.purpose == INVITE:
        subject, why = "Your invitation to Sevline", "You were invited to Sevline. Choose a password here:"
    else:
        subject, why = "A new password for Sevline", "A link to set a new Sevline password was asked for. Set it here:"
    text = (
        f"Hello {entry.person.name},\n\n{why}\n\n{entry.url}\n\n"
        f"The link works once, within {entry.hours} hours. If you did not expect it, "
        "leave it alone and tell your administrator.\n"
    )
    return subject, text


def _base() -> str:
    return str(settings.OPTIONS.base_url).rstrip("/")
