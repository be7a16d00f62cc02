"""Who is supported: accounts and their environments."""

from typing import ClassVar

from django.db import models

from sevline.core.authority import Authority, Speaker
from sevline.core.rights import Right, holds
from sevline.people.models import Person
from sevline.platform.events import Ref


class Plan(models.TextChoices):
    ENTERPRISE = "enterprise"
    STANDARD = "standard"


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, person: Person) -> "AccountQuerySet":
        """Customers of whoever may see or edit them; of nobody else."""
        sees = holds(person, Right.CUSTOMERS_VIEW) or holds(person, Right.CUSTOMERS_EDIT)
        return self if sees else self.none()

    def in_use(self) -> "AccountQuerySet":
        return self.filter(archived_at=None)


class Account(models.Model):
    """A customer's account; its plan picks the service-level targets and never the severity. Archived, it is offered
    to no new case and stays with the cases that name it."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    plan = models.CharField(max_length=20, choices=Plan.choices, default=Plan.STANDARD)
    region = models.CharField(max_length=40, blank=True)
    seats = models.PositiveIntegerField(default=0)
    time_zone = models.CharField(max_length=40, default="UTC")
    language = models.CharField(max_length=12, default="en")
    archived_at = models.DateTimeField(null=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("account", self.key, self.name)

    @property
    def standing(self) -> str:
        """What people edit, in one line: to notice that somebody else saved it first."""
        return self.told(str(self.seats))

    def told(self, seats: str) -> str:
        """The same with the seats as somebody may read them."""
        return f"{self.name} | {self.plan} | {self.region} | {seats} | {self.time_zone} | {self.language}"


class EnvironmentKind(models.TextChoices):
    PRODUCTION = "production"
    STAGING = "staging"
    SANDBOX = "sandbox"


class Environment(models.Model):
    """One tenant of an account, with the version that it runs. A tenant belongs to one account, archived or not."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="environments")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=EnvironmentKind.choices, default=EnvironmentKind.PRODUCTION)
    tenant = models.CharField(max_length=80)
    region = models.CharField(max_length=40, blank=True)
    version = models.CharField(max_length=40, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["account__name", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant"], name="environment_tenant_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.tenant})"

    @property
    def ref(self) -> Ref:
        return Ref("environment", str(self.pk), str(self))

    @property
    def standing(self) -> str:
        """What people edit, in one line: to notice that somebody else saved it first."""
        return f"{self.name} | {self.kind} | {self.tenant} | {self.region} | {self.version}"


class FactKind(models.TextChoices):
    """What is worth knowing of a customer's surroundings before the next case."""

    IDP = "idp", "Identity provider and protocol"
    FIREWALL = "firewall", "Firewall"
    PROXY = "proxy", "Proxy"
    VPN = "vpn", "VPN"
    EGRESS = "egress", "Egress addresses"
    WEBHOOK = "webhook", "Webhook endpoint"
    SDK = "sdk", "SDK and version"
    WINDOW = "window", "Change window"
    CONTACT = "contact", "Contact, by role"


class ProfileFact(models.Model):
    """Something known of an account's surroundings, with its source and when it was last verified.

    A fact is never edited: what changes, or is verified, is ended and written anew, so that any day can be shown.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=FactKind.choices)
    value = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    verified_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(source=""), name="profile_fact_source")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class SpeaksAs(models.TextChoices):
    END_USER = "end_user", "End user"
    ADMIN = "admin", "Administrator"
    MSP = "msp", "Managed service provider"
    VENDOR = "vendor", "Vendor"


class ContactAuthority(models.Model):
    """In whose name a contact of an account speaks, what that covers, how it was verified and when it ends.

    A row is never edited: what is renewed is ended and written anew. A contact is named by role and organisation.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    contact = models.CharField(max_length=120)
    speaks_as = models.CharField(max_length=10, choices=SpeaksAs.choices)
    may_change = models.BooleanField(default=False)
    may_see_data = models.BooleanField(default=False)
    verified_how = models.CharField(max_length=200)
    verified_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["contact", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(verified_how=""), name="authority_verified")
        ]

    def __str__(self) -> str:
        return f"{self.contact}, {self.get_speaks_as_display()}"

    def facts(self) -> Authority:
        return Authority(
            self.contact,
            self.account.name,
            Speaker(self.speaks_as),
            self.may_change,
            self.may_see_data,
            self.verified_at,
            self.until,
        )
