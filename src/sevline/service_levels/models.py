"""Clocks: what core computes from events, kept so that lists can sort by it; a replay gives the same row."""

from typing import ClassVar

from django.db import models


class ClockState(models.TextChoices):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"


class Clock(models.Model):
    """One obligation on one subject, named by kind and key; times in UTC, lengths in whole seconds."""

    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=40)
    case_key = models.CharField(max_length=40)
    metric = models.CharField(max_length=40)
    cycle = models.PositiveSmallIntegerField(default=1)
    policy = models.CharField(max_length=120)
    policy_version = models.CharField(max_length=20)
    calendar = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ClockState.choices)
    target_seconds = models.PositiveIntegerField()
    elapsed_seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # none while paused
    stopped_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    warned_percent = models.PositiveSmallIntegerField(default=0)
    next_warning_at = models.DateTimeField(null=True)  # none when nothing is left to say
    spans = models.JSONField(default=list)  # [[from, to, running|paused, reason], …]

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_key", "metric", "cycle"], name="clock_once"),
            models.CheckConstraint(condition=models.Q(state__in=ClockState.values), name="clock_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="clock_due"),
            models.Index(fields=["case_key"], name="clock_case"),
            models.Index(fields=["next_warning_at"], name="clock_warning"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.subject_key}"
