"""What is supported: product areas and the team that owns each; and what was changed in it, and when."""

from typing import ClassVar

from django.db import models

from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange
from sevline.core.rights import Right, holds
from sevline.core.signalquery import language_of
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

    @property
    def checked(self) -> str:
        """What was checked of the query that shows the signal."""
        try:
            language = language_of(self.verified_by)
        except Refused:  # kept before queries were checked, or cut
            language = ""
        return f"Reads as {language}; it was not run here." if language else "Of no language known here: not checked."


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


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, person: Person) -> "ChangeQuerySet":
        """Whoever may see cases, or edits the catalogue, may see what was changed; nobody else."""
        allowed = holds(person, Right.CASE_VIEW) or holds(person, Right.CATALOG_EDIT)
        return self if allowed else self.none()


class Change(models.Model):
    """A deploy, a flag, a setting, a migration, or what a vendor reported; never edited, only withdrawn."""

    external = models.CharField(max_length=160)
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in ChangeKind])
    title = models.CharField(max_length=200)
    components = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "external"], name="change_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"CH-{self.pk}"

    def known(self) -> KnownChange:
        """As the statistics take it."""
        return KnownChange(self.key, ChangeKind(self.kind), self.title, self.at, frozenset(self.components))
