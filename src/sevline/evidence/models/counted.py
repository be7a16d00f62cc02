"""What was counted in the logs of a case, kept with the query that counted it: whom it touches, whether a fix holds."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.core.mining.surfacing.fixes import FixCheck, Verdict
from sevline.core.mining.surfacing.impact import DIMENSIONS, Impact, ImpactQuery, Scope, stored_query
from sevline.evidence.models.files import Item
from sevline.people.models import Person


class CountState(models.TextChoices):
    """How far a count in the logs is; what came to an end is never changed."""

    QUEUED = "queued", "Waits"
    RUNNING = "running", "Counts"
    DONE = "done", "Done"
    REFUSED = "refused", "No answer"
    STOPPED = "stopped", "Stopped"


COUNT_WAITS = (CountState.QUEUED, CountState.RUNNING)


class Counting(models.Model):
    """A question to the logs of a case, answered at once or by a job; the answer stays in its row."""

    state = models.CharField(max_length=8, choices=CountState.choices)
    said = models.TextField(blank=True)  # why there is no answer, redacted
    source = models.TextField()  # names of the logs, redacted
    left_out = models.JSONField(default=list)  # sentences about logs that were not read
    read = models.JSONField(null=True)  # [[log, SHA-256, name], …]; null where it was not kept
    asked_seq = models.BigIntegerField(null=True)  # the event that queued the job; null where it was counted at once
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def waits(self) -> bool:
        return self.state in COUNT_WAITS

    @property
    def is_done(self) -> bool:
        return self.state == CountState.DONE

    @property
    def of_case(self) -> Case:
        raise NotImplementedError

    @property
    def asker(self) -> Person:
        """Who asked, by whose rights the logs are read."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        """What was asked, as a person reads it."""
        raise NotImplementedError


class ImpactAnswer(Counting):
    """One answer to whom a failure touched; the same query asked again is another row."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    asked = models.JSONField()  # ImpactQuery.as_stored, redacted
    query = models.TextField()  # the same as a person reads it
    records = models.BigIntegerField(default=0)
    unnamed = models.BigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    scopes = models.JSONField(default=dict)  # tenant, user, region, feature -> {"affected": {value: n}, "active": n}
    at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="impact_number")]

    def __str__(self) -> str:
        return f"impact {self.number}: {self.query}"

    @property
    def of_case(self) -> Case:
        return self.case

    @property
    def asker(self) -> Person:
        return self.asked_by

    @property
    def about(self) -> str:
        return self.query

    def wanted(self) -> ImpactQuery:
        return stored_query(self.asked)

    def impact(self) -> Impact:
        empty = {"affected": {}, "active": 0}
        told = {name: self.scopes.get(name.value, empty) for name in DIMENSIONS}
        scopes = {name: Scope(scope["affected"], scope["active"]) for name, scope in told.items()}
        return Impact(
            self.source, self.query, self.at, self.records, self.first_at, self.last_at, scopes, self.unnamed
        )  # fmt: skip


class SuccessCheck(models.Model):
    """What will count as success, written down before it is known; it is never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    metric = models.CharField(max_length=200)  # redacted
    bad = models.JSONField()  # ImpactQuery.as_stored of the records that the fix is to stop, redacted
    query = models.TextField()
    below = models.FloatField()  # share of bad records among all, 0 to 1
    minutes = models.PositiveIntegerField()
    at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="success_check_number"),
            models.CheckConstraint(condition=models.Q(below__gt=0, below__lt=1), name="success_check_below_is_share"),
        ]

    def __str__(self) -> str:
        return f"check {self.number}: {self.check_of().sentence}"

    def check_of(self) -> FixCheck:
        return FixCheck(self.metric, self.below, timedelta(minutes=self.minutes))

    def wanted(self) -> ImpactQuery:
        return stored_query(self.bad)


class CheckRun(Counting):
    """One comparison of before and after; a later one stands beside it. Without a verdict until it is done."""

    check_row = models.ForeignKey(SuccessCheck, on_delete=models.CASCADE, related_name="runs")
    fixed_at = models.DateTimeField()
    seen_until = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Verdict])
    reason = models.TextField(blank=True)
    before = models.JSONField(default=list)  # [records, bad ones] in as many minutes before the fix
    after = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="done", verdict__in=list(Verdict))
                | (models.Q(verdict="") & ~models.Q(state="done")),
                name="check_run_verdict_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict or self.state}: {self.reason or self.said}"

    @property
    def of_case(self) -> Case:
        return self.check_row.case

    @property
    def asker(self) -> Person:
        return self.by

    @property
    def about(self) -> str:
        return self.check_row.check_of().sentence

    @property
    def foretold(self) -> bool:
        """Whether the check was written down before the fix."""
        return self.check_row.at <= self.fixed_at
