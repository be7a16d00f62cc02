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


class AccessGrant(models.Model):
    """Access of one person to what is confidential of an account, for a case and a limited time.

    It runs from `starts_at` to `ends_at` unless it was ended before; without a start nobody approved it yet. A broken
    glass has no approval, and a moment by which somebody else reviews it.
    """

    case_key = models.CharField(max_length=40)
    account_key = models.CharField(max_length=40)
    account_name = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    review_by = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    finding = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["person", "account_key", "ends_at"], name="access_held")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1) & models.Q(minutes__lte=480), name="access_eight_hours"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("person")),
                name="access_not_reviewed_by_its_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"access of {self.person_id} to {self.account_key}"


class LegalHold(models.Model):
    """While it stands nothing of the case is removed, expires or loses its key. A row is lifted, never deleted."""

    case_key = models.CharField(max_length=40)
    reason = models.TextField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    why_lifted = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-set_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_key"], condition=models.Q(lifted_at__isnull=True), name="one_hold_of_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"hold of {self.case_key}"
