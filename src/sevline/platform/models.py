"""Tables that every room stands on: the event log with its chain, checkpoints, jobs."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from sevline.core.lifecycle import Refused


class Conflict(Refused):
    """Somebody else saved the record first; both texts are shown and nothing is overwritten."""

    def __init__(self, record: "Versioned") -> None:
        super().__init__("Somebody saved this record after you opened it. Compare both texts, then save again.")
        self.record = record


class VersionedQuerySet(models.QuerySet["Versioned"]):
    """Rows that carry `version`; kept generic by the rooms' own query sets."""


class Versioned(models.Model):
    """A record that people edit: a stale edit is answered, never written."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def check_seen(self, seen_version: int | None) -> None:
        """Raise Conflict if the person edited an older version than this one; None skips the check."""
        if seen_version is not None and seen_version != self.version:
            raise Conflict(self)

    def save_versioned(self, *fields: str) -> Self:
        """Save the named fields (all when none is named) and count the version up."""
        self.version += 1
        self.save(update_fields=[*fields, "version"] if fields else None)
        return self


class Event(models.Model):
    """One thing that happened. Rows are only ever added; `mac` chains each row to the one before."""

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=20)
    actor_key = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=120)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=200)
    case_key = models.CharField(max_length=40, blank=True)
    data = models.JSONField()
    mac = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["case_key", "seq"], name="event_case"),
            models.Index(fields=["kind", "at"], name="event_kind"),
            models.Index(fields=["subject_kind", "subject_key", "seq"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Checkpoint(models.Model):
    """A signed statement that the rows up to `through` were in order when they left by retention."""

    id = models.BigAutoField(primary_key=True)
    through = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    rows = models.BigIntegerField()
    mac = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"through {self.through}"


class JobStatus(models.TextChoices):
    READY = "READY"
    RUNNING = "RUNNING"
    SUCCESSFUL = "SUCCESSFUL"
    FAILED = "FAILED"


class Job(models.Model):
    """A unit of background work. A RUNNING job whose lease ended is taken by another worker."""

    id = models.CharField(primary_key=True, max_length=32)
    task_path = models.CharField(max_length=200)
    args = models.JSONField()
    kwargs = models.JSONField()
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.READY)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    idempotency_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - many jobs have none
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    errors = models.JSONField(default=list)
    result = models.JSONField(null=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    last_attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "run_after"], name="job_next")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(status__in=JobStatus.values), name="job_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} {self.status}"

    def is_claimable(self, at: datetime) -> bool:
        if self.status == JobStatus.READY:
            return self.run_after <= at
        return self.status == JobStatus.RUNNING and self.lease_until is not None and self.lease_until < at
