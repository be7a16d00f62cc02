"""The records that a packet reads: reproductions, workarounds, changes, searches, missing signals, runbooks."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.catalog.models import SignalRequest
from sevline.diagnosis.models.board import Test
from sevline.evidence.models import Item
from sevline.people.models import Person


class Reproduction(models.Model):
    """How to make it happen again, and how often it did: k of n."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=[(s, s) for s in ("reproduced", "intermittent", "not_reproduced")])
    preconditions = models.TextField(blank=True)
    steps = models.TextField()
    expected = models.CharField(max_length=300)
    actual = models.CharField(max_length=300)
    failed = models.PositiveIntegerField(default=0)
    runs = models.PositiveIntegerField(default=0)
    environment = models.CharField(max_length=120)
    build = models.CharField(max_length=60, blank=True)
    flags = models.CharField(max_length=120, blank=True)
    is_minimal = models.BooleanField(default=False)
    items = models.ManyToManyField(Item, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(failed__lte=models.F("runs")), name="reproduction_k_of_n")
        ]

    def __str__(self) -> str:
        return f"{self.failed}/{self.runs} on {self.environment}"


class Workaround(models.Model):
    """What the customer can do meanwhile; “none found” says what was tried."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(s, s) for s in ("none_found", "proposed", "validated", "accepted", "withdrawn")]
    )
    steps = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    risk = models.CharField(max_length=200, blank=True)
    customers_using = models.PositiveIntegerField(default=0)
    items = models.ManyToManyField(Item, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.state


class ChangeCheck(models.Model):
    """What changed in the day before: our deploys, flags and configuration, and the customer's side."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    window_first = models.DateTimeField()
    window_last = models.DateTimeField()
    deploys = models.CharField(max_length=300, blank=True)
    flags = models.CharField(max_length=300, blank=True)
    config = models.CharField(max_length=300, blank=True)
    customer_side = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"changes {self.window_first:%Y-%m-%d %H:%M}"


class KnownErrorSearch(models.Model):
    """A search for the same fault seen before: the terms, and what matched; “none” is a result."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    terms = models.CharField(max_length=200)
    matches = models.JSONField(default=list)  # [{"case": key, "title": …, "terms": […], "outcome": …}, …]
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.terms


class TelemetryGap(models.Model):
    """A signal that would have answered a question and does not exist; or the statement that none is missing.

    `minutes` is how long its absence cost. Gaps about one signal share a request to Engineering.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    is_none = models.BooleanField(default=False)
    question = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    request = models.ForeignKey(SignalRequest, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.text


class RunbookStep(models.Model):
    """The recorded result of one step of a runbook; of several for a step the last counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    runbook = models.CharField(max_length=40)
    runbook_version = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=[(o, o) for o in ("fault", "clear", "skipped")])
    proven = models.BooleanField(default=False)  # by checks; else a person answered
    note = models.CharField(max_length=300)
    test = models.ForeignKey(Test, on_delete=models.SET_NULL, null=True, related_name="+")
    items = models.ManyToManyField(Item, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.runbook}/{self.step}: {self.outcome}"
