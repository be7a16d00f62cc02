"""Cases, what was said on them, the facts found in them, and who may see them. Every text here is redacted."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sevline.catalog.models import ProductArea
from sevline.core.case import CaseFacts, CaseStatus
from sevline.core.rights import Right, Role, holds
from sevline.customers.models import Account, Environment
from sevline.people.models import Person, Team
from sevline.platform.events import Ref
from sevline.platform.models import Versioned

SEES_ALL = frozenset({Role.SUPPORT_MANAGER, Role.DIRECTOR, Role.SECURITY, Role.AUDITOR})
FINAL = ("resolved", "closed", "merged")


class IssueType(models.TextChoices):
    """What kind of trouble it is; each kind has evidence of its own."""

    SSO_SAML = "saml", "Single sign-on, SAML"
    OIDC = "oidc", "OIDC or OAuth"
    SCIM = "scim", "SCIM provisioning"
    API_AUTH = "api_4xx", "API 4xx or authentication"
    API_RATE = "api_429", "API 429, rate limits"
    API_ERROR = "api_5xx", "API 5xx or timeout"
    WEBHOOK = "webhook", "Webhook"
    DATA_SYNC = "data_sync", "Data sync or ETL"
    PERFORMANCE = "performance", "Performance"
    BILLING = "billing", "Billing event"
    PERMISSIONS = "permissions", "Permissions, roles"
    DEPLOY = "regression", "Deploy or regression"
    NETWORK = "network", "Network, DNS, TLS"
    DATA_INTEGRITY = "data_integrity", "Data integrity"
    BROWSER = "browser", "User interface, browser"
    SECURITY = "security", "Security suspicion"


class ImpactField(models.TextChoices):
    """The impact card: what is not known is written as “unknown”, never left out."""

    USERS = "users", "Users affected"
    TENANTS = "tenants", "Tenants affected"
    REGIONS = "regions", "Regions"
    FEATURE = "feature", "What does not work"
    STARTED = "started", "Since when (UTC)"
    STILL = "still_happening", "Still happening"
    BUSINESS = "business_effect", "Effect on the business"
    DEADLINE = "deadline", "Deadline or commitment"
    WORKAROUND = "workaround", "Workaround"


UNKNOWN = "unknown"
ACCEPTED_WORKAROUNDS = frozenset({"accepted", "accepted_and_validated"})


def number_of(case_key: str) -> int:
    """The number in “C-1042” or “1042”; -1 when it is none."""
    digits = case_key.strip().upper().removeprefix("C-")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, person: Person) -> Self:
        """Cases of the person's teams, and of teams that a case was shown to; restricted ones only to Security
        and their owner. Managers, directors, Security and auditors see every unrestricted case."""
        if not holds(person, Right.CASE_VIEW):
            return self.none()
        own = Q(owner=person)
        mine = Exists(CaseAccess.objects.filter(case=OuterRef("pk"), team__people=person))
        if Role.SECURITY in person.roles:
            return self
        if person.roles & SEES_ALL:
            return self.filter(Q(restricted=False) | own)
        return self.filter(Q(mine) & Q(restricted=False) | own)

    def open(self) -> Self:
        return self.exclude(status__in=FINAL)


class Case(Versioned):
    """One customer-reported issue."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in CaseStatus], default=CaseStatus.NEW)
    stage = models.CharField(max_length=20, default="received")  # derived from events, kept for lists
    issue_type = models.CharField(max_length=40, blank=True)  # a type of T-EVID
    product_area = models.ForeignKey(ProductArea, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    restricted = models.BooleanField(default=False)

    severity = models.PositiveSmallIntegerField(null=True)
    severity_rule = models.CharField(max_length=10, blank=True)
    severity_version = models.CharField(max_length=20, blank=True)
    severity_answers = models.JSONField(default=dict)
    severity_unknowns = models.JSONField(default=list)
    severity_reason = models.TextField(blank=True)  # why a person decided otherwise than the rule
    severity_review_at = models.DateTimeField(null=True)  # when a Sev1 or Sev2 with unknowns is looked at again
    customer_severity = models.PositiveSmallIntegerField(null=True)
    impact = models.JSONField(default=dict)  # by ImpactField; "unknown" is a value

    next_action = models.CharField(max_length=200)
    next_action_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    next_action_due = models.DateTimeField()
    next_update_at = models.DateTimeField(null=True)  # promised to the customer
    next_due_at = models.DateTimeField(null=True)  # the first running clock to run out

    evidence_percent = models.PositiveSmallIntegerField(default=0)
    packet_status = models.CharField(max_length=20, blank=True)  # written by escalations
    fix_validated = models.BooleanField(default=False)  # written by diagnosis
    workaround_state = models.CharField(max_length=20, default="unknown")  # written by diagnosis

    resolution_code = models.CharField(max_length=40, blank=True)
    cause_category = models.CharField(max_length=40, blank=True)
    resolution_summary = models.TextField(blank=True)
    first_resolved_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=[s.value for s in CaseStatus]), name="case_status_known"),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(1, 4)), name="case_severity"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "severity", "next_due_at"], name="case_queue"),
            models.Index(fields=["owner", "status"], name="case_owner"),
            models.Index(fields=["team", "status"], name="case_team"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def key(self) -> str:
        return f"C-{self.number}"

    @property
    def ref(self) -> Ref:
        return Ref("case", self.key, self.title)

    @property
    def is_open(self) -> bool:
        return self.status not in FINAL

    @property
    def page(self) -> str:
        return f"/cases/{self.key}"

    def case_facts(self) -> CaseFacts:
        """What the guards of the lifecycle ask about, as far as this row knows it."""
        return CaseFacts(
            has_owner=self.owner_id is not None,
            has_next_action=bool(self.next_action.strip()),
            resolution_code=self.resolution_code,
            cause_category=self.cause_category,
            resolution_summary=self.resolution_summary,
            has_validated_fix=self.fix_validated,
            has_accepted_workaround=self.workaround_state in ACCEPTED_WORKAROUNDS,
        )


class CaseAccess(models.Model):
    """A team that may see the case: its own, and each one it was shown to by an escalation or a hand-off."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "team"], name="case_access_once")]

    def __str__(self) -> str:
        return f"{self.team} sees {self.case.key}"


class MessageKind(models.TextChoices):
    TICKET = "ticket"  # what the customer wrote at first
    CUSTOMER = "customer"  # what the customer wrote later
    INTERNAL = "internal"
    PUBLIC = "public"  # what was said to the customer


class Message(models.Model):
    """Something that was said on a case; the original of its text is sealed in the vault."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    text = models.TextField()
    sealed_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)  # what was redacted, by kind
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_meaningful = models.BooleanField(default=False)  # counts as first response (F-05)
    next_update_at = models.DateTimeField(null=True)
    explains_severity = models.BooleanField(default=False)  # says why the assessed severity is not the customer's own
    # What the outbound lint said of a text to the customer: {version, overridden, approved, reason}.
    lint = models.JSONField(default=dict)
    # The internal note that this message makes visible to the customer; the note itself stays as it was.
    from_note = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case_id}"


class CaseFact(models.Model):
    """A timestamp, id, code or version that was found in a text or a file of the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    source = models.CharField(max_length=60)  # “message 12”, “E-3”
    offset = models.PositiveIntegerField(default=0)
    instant = models.DateTimeField(null=True)
    zone_known = models.BooleanField(default=True)
    confidence = models.CharField(max_length=10, default="found")

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "value", "source"], name="case_fact_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Handoff(models.Model):
    """An offer of ownership; the case moves when the receiver accepts, not before."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handoffs")
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField()
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} to {self.receiver}"
