"""Escalations to engineering: the packet in its versions, the answer, and what was deferred."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from sevline.cases.models import Case
from sevline.core.escalation import REASONS, EscalationStatus
from sevline.people.models import Person, Team
from sevline.platform.events import Ref
from sevline.platform.models import Versioned


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, person: Person) -> Self:
        """Escalations of cases that the person may see."""
        return self.filter(Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case_id"))))


class Escalation(Versioned):
    number = models.PositiveIntegerField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")  # decided earlier
    status = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in EscalationStatus], default=EscalationStatus.DRAFTED
    )
    fields = models.JSONField(default=dict)  # {"p1": {…}, …}: what a person wrote over the draft
    score = models.JSONField(default=dict)  # of the newest version, as core.packet gives it
    points = models.PositiveSmallIntegerField(default=0)
    severity = models.PositiveSmallIntegerField(null=True)  # at submission
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    needed_by = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    acted_at = models.DateTimeField(null=True)
    action_code = models.CharField(max_length=30, blank=True)
    first_decision = models.CharField(max_length=20, blank=True)
    first_decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reason_code = models.CharField(max_length=4, blank=True)
    decision_note = models.TextField(blank=True)
    duplicate_of = models.CharField(max_length=60, blank=True)
    override_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    override_reason = models.TextField(blank=True)

    objects: ClassVar = EscalationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in EscalationStatus]), name="escalation_status_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["team", "status"], name="escalation_inbox")]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        return f"ESC-{self.number}"

    @property
    def page(self) -> str:
        return f"/escalations/{self.key}/"

    @property
    def answer_status(self) -> str:
        """The status that the last answer gave; to be sent again does not change what was answered."""
        if self.status in {EscalationStatus.SUBMITTED, EscalationStatus.ACKNOWLEDGED} and self.reason_code in REASONS:
            return REASONS[self.reason_code].effect.value
        return self.status

    @property
    def answer_reason(self) -> str:
        """The code of the reason that belongs to the last answer; one of an answer before it says nothing any more."""
        reason = REASONS.get(self.reason_code)
        return self.reason_code if reason and reason.effect.value == self.answer_status else ""

    @property
    def ref(self) -> Ref:
        return Ref("escalation", self.key, self.key)


class PacketVersion(models.Model):
    """The packet as it was sent: never changed afterwards. `sha256` is that of `document`, byte by byte."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.TextField()  # JSON: p1 … p14, gates, score, version
    markdown = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reply = models.TextField(blank=True)  # what Support says to the answer that sent the packet back

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["escalation", "number"], name="packet_version_once")]

    def __str__(self) -> str:
        return f"{self.escalation_id} version {self.number}"


class Deferred(models.Model):
    """A point of a Sev1 packet that was promised for later."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="deferred")
    field = models.CharField(max_length=4)
    text = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    provided_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]

    def __str__(self) -> str:
        return f"{self.field} of {self.escalation_id}"


class Question(models.Model):
    """What engineering asked, and what Support answered."""

    escalation = models.ForeignKey(Escalation, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    is_blocking = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"question on {self.escalation_id}"
