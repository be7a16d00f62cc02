"""Approvals: what one person asked for and another one decided."""

from typing import ClassVar

from django.db import models

from sevline.people.models import Person


class ApprovalState(models.TextChoices):
    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    USED = "used"
    EXPIRED = "expired"


class Approval(models.Model):
    """A request under one row of the decision rights; the requester never decides it."""

    decision = models.CharField(max_length=60)  # the action's key in T-DR
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    case_key = models.CharField(max_length=40, blank=True)
    asked = models.JSONField(default=dict)  # what would be done, such as {"severity": 3}
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING)
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=ApprovalState.values), name="approval_state_known"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("requested_by")),
                name="approval_not_by_requester",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} on {self.subject_label}"


class Assent(models.Model):
    """One approver's yes; a request under a row with a quorum is approved by that many different people."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="assents")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["approval", "by"], name="assent_once")]

    def __str__(self) -> str:
        return f"{self.by_id} to approval {self.approval_id}"
