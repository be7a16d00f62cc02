"""What happens to customers' records."""

from dataclasses import dataclass
from typing import ClassVar

from sevline.platform.events import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAdded(Happening):
    kind: ClassVar[str] = "account.added"
    plan: str
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEdited(Happening):
    """`before` and `after` are the account's standing: name, plan, region, seats, time zone, language."""

    kind: ClassVar[str] = "account.edited"
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountArchived(Happening):
    """The customer is offered to no new case any more."""

    kind: ClassVar[str] = "account.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRestored(Happening):
    kind: ClassVar[str] = "account.restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentAdded(Happening):
    kind: ClassVar[str] = "environment.added"
    account: str
    tenant: str
    environment: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentEdited(Happening):
    """`before` and `after` are the environment's standing: name, kind, tenant, region, version."""

    kind: ClassVar[str] = "environment.edited"
    account: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentArchived(Happening):
    """The environment is offered to no new case any more."""

    kind: ClassVar[str] = "environment.archived"
    account: str
    tenant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentRestored(Happening):
    kind: ClassVar[str] = "environment.restored"
    account: str
    tenant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentUpgraded(Happening):
    kind: ClassVar[str] = "environment.upgraded"
    before: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFactAdded(Happening):
    """`replaces` is the fact that was ended by it, 0 where there was none."""

    kind: ClassVar[str] = "account.profile_fact_added"
    fact: int
    about: str
    value: str
    source: str
    replaces: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFactEnded(Happening):
    kind: ClassVar[str] = "account.profile_fact_ended"
    fact: int
    about: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRecorded(Happening):
    """In whose name a contact speaks; `replaces` is the record that ended with it, 0 where there was none."""

    kind: ClassVar[str] = "account.authority_recorded"
    authority: int
    contact: str
    speaks_as: str
    may_change: bool
    may_see_data: bool
    verified_how: str
    until: str
    replaces: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityChecked(Happening):
    """A contact asked for a step; `refused` is the sentence, empty where the step may be taken."""

    kind: ClassVar[str] = "account.authority_checked"
    authority: int
    contact: str
    step: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileTaken(Happening):
    """What is known of the account's surroundings was taken out as a file, masked for whoever took it."""

    kind: ClassVar[str] = "account.profile_taken"
    form: str
    rows: int
