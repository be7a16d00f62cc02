"""What happens to people: how they came, what they may do, how they signed in."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInvited(Happening):
    kind: ClassVar[str] = "person.invited"
    roles: tuple[str, ...]
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Happening):
    """How: invitation, setup (the first administrator) or demo."""

    kind: ClassVar[str] = "person.joined"
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesChanged(Happening):
    kind: ClassVar[str] = "person.roles_changed"
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsChanged(Happening):
    kind: ClassVar[str] = "person.teams_changed"
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDeactivated(Happening):
    kind: ClassVar[str] = "person.deactivated"
    sessions_ended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReactivated(Happening):
    kind: ClassVar[str] = "person.reactivated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved(Happening):
    kind: ClassVar[str] = "person.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLinkMade(Happening):
    """A link that lets one person in once; its token is nowhere in the trail."""

    kind: ClassVar[str] = "person.entry_link_made"
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokenMade(Happening):
    """A token for a program; neither it nor its hash is in the trail."""

    kind: ClassVar[str] = "person.access_token_made"
    token: int
    name: str
    scopes: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokenUsed(Happening):
    """Written at most once an hour for each token."""

    kind: ClassVar[str] = "person.access_token_used"
    token: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessTokenRevoked(Happening):
    kind: ClassVar[str] = "person.access_token_revoked"
    token: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Happening):
    kind: ClassVar[str] = "person.password_reset"
    sessions_ended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Happening):
    kind: ClassVar[str] = "person.password_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Happening):
    kind: ClassVar[str] = "session.signed_in"
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Happening):
    """`sessions` counts the other sessions that were ended; 0 is this one only."""

    kind: ClassVar[str] = "session.signed_out"
    sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Happening):
    """A known person is named; of an unknown address only a keyed hash is kept, enough to count repeats."""

    kind: ClassVar[str] = "session.sign_in_failed"
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLocked(Happening):
    """Too many failed sign-ins for one address; written once for each time it locks."""

    kind: ClassVar[str] = "session.sign_in_locked"
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MfaChanged(Happening):
    """Change: added, removed, reset or forgotten. Method: totp, webauthn, recovery_codes or all."""

    kind: ClassVar[str] = "person.mfa_changed"
    method: str
    change: str
