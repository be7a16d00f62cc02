"""What is supported: product areas and the engineering team that owns each."""

from typing import ClassVar

from django.db import models

from sevline.people.models import Person, Team


class ProductArea(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    engineering = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    is_critical = models.BooleanField(
        default=False
    )  # sign-in, core read and write, API, billing events, webhooks, sync

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Signal(models.TextChoices):
    """What kind of thing is asked for."""

    LOG = "log", "Log"
    METRIC = "metric", "Metric"
    TRACE = "trace", "Trace"
    DASHBOARD = "dashboard", "Dashboard"
    ENDPOINT = "endpoint", "Endpoint"
    PRACTICE = "practice", "Supportability"


class SignalRequest(models.Model):
    """A signal that Support asks Engineering for, once however many cases lack it; closing it takes a query that shows
    the signal."""

    area = models.ForeignKey(ProductArea, on_delete=models.PROTECT, related_name="+")
    signal = models.CharField(max_length=10, choices=Signal.choices)
    name = models.CharField(max_length=300)
    same_as = models.CharField(max_length=300)  # `core.supportability.same_signal` of the name: what merges
    proposal = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verified_by = models.CharField(max_length=500, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "signal", "same_as"], condition=models.Q(closed_at=None), name="signal_request_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | ~models.Q(verified_by=""), name="signal_request_verified"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_signal_display()}: {self.name}"

    @property
    def key(self) -> str:
        return f"S-{self.pk}"


class SupportabilityScore(models.Model):
    """What a product area met of the checklist when somebody went through it."""

    area = models.ForeignKey(ProductArea, on_delete=models.CASCADE, related_name="+")
    met = models.JSONField(default=list)  # keys of the checks that were met
    score = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()
    table_version = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.area}: {self.score}"
