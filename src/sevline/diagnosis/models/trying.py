"""What is tried against the outside: allowed targets, probes, requests that are repeated, their runs, and recipes."""

from typing import Any, ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.diagnosis.models.board import Hypothesis, Test
from sevline.evidence.models import Item, Upload
from sevline.people.models import Person


class Target(models.Model):
    """A host that may be called for a case; one that was taken off the list stays with its times."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=253)  # a name or an address, ASCII
    port = models.PositiveIntegerField()
    scheme = models.CharField(max_length=5, default="https")
    why = models.CharField(max_length=200)
    may_write = models.BooleanField(default=False)  # a test environment: requests may change data there
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["host", "port"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "host", "port"], condition=models.Q(removed_at=None), name="target_once"
            )
        ]

    def __str__(self) -> str:
        return self.origin

    @property
    def origin(self) -> str:
        """Scheme, host and port, the port only where it is not the scheme's own."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}.get(self.scheme)
        return f"{self.scheme}://{name}" + ("" if self.port == usual else f":{self.port}")


class JobState(models.TextChoices):
    """How far a job against the outside is."""

    QUEUED = "queued", "Waits"
    RUNNING = "running", "Runs"
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"


class Probe(models.Model):
    """One look at a target from this workbench; what it saw is an upload that the checks read."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    said = models.CharField(max_length=300, blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="probe_number")]

    def __str__(self) -> str:
        return f"{self.key} {self.kind} of {self.target}"

    @property
    def key(self) -> str:
        return f"P-{self.number}"


class SavedRequest(models.Model):
    """A request that can be repeated, with variables in place of secrets; `spec` in the shape of `RequestSpec`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    spec: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    status = models.PositiveIntegerField(default=0)  # of the answer that was recorded
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, related_name="+")
    artifact = models.CharField(max_length=40, blank=True)
    locator = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="request_number")]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def key(self) -> str:
        return f"RQ-{self.number}"  # Q-1 is a data query of the same case


class RunSet(models.Model):
    """A saved request sent n times with one set of variables; `outcomes` are [status, milliseconds, error] each."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    request = models.ForeignKey(SavedRequest, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="+")
    runs = models.PositiveIntegerField()
    variables = models.JSONField(default=dict)  # what differs between sets: browser, flag, version, region
    sealed_id = models.BigIntegerField(null=True)  # vault.SealedText with the values of secrets, until the runs end
    statuses = models.JSONField(default=list)  # the fault shows with one of these
    slower_than = models.PositiveIntegerField(default=0)  # or beyond so many milliseconds; 0: time says nothing
    means = models.CharField(max_length=12, default="inconclusive")  # what the fault says about the hypothesis
    outcomes = models.JSONField(default=list)
    failed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    said = models.CharField(max_length=300, blank=True)
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.SET_NULL, null=True, related_name="+")
    test = models.ForeignKey(Test, on_delete=models.SET_NULL, null=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="run_set_number")]

    def __str__(self) -> str:
        return f"{self.key}: {self.failed} of {self.runs}"

    @property
    def key(self) -> str:
        return f"R-{self.number}"


class Recipe(models.Model):
    """A container recipe in the manner of compose, checked when it was saved; the newest one counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    images = models.JSONField(default=dict)  # service -> image
    warnings = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return ", ".join(self.images)
