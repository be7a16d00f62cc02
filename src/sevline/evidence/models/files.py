"""What arrived, what redaction made of it, and the places in it that claims cite."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.people.models import Person


class UploadState(models.TextChoices):
    RECEIVING = "receiving"
    QUARANTINED = "quarantined"
    REDACTING = "redacting"
    UNCONFIRMED = "unconfirmed"  # redacted, but a person has to look at a picture in it first
    AVAILABLE = "available"
    REFUSED = "refused"
    REMOVED = "removed"
    EXPIRED = "expired"


PICTURES = frozenset({"image"})  # kinds in which a person has to look for what no detector reads


class Way(models.TextChoices):
    """How a file came in."""

    PAGE = "page"
    LINK = "link"
    COMMAND = "command"
    PROBE = "probe"
    API = "api"


class Upload(models.Model):
    """A file that arrived for a case. Nothing of it is visible before it is AVAILABLE."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)  # redacted
    state = models.CharField(max_length=12, choices=UploadState.choices, default=UploadState.RECEIVING)
    reason = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    role = models.CharField(max_length=20, blank=True)  # what a person said that it is, one of core.readers.roles
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    original_id = models.BigIntegerField(null=True)  # vault.SealedFile
    source = models.CharField(max_length=120, blank=True)
    collected_how = models.CharField(max_length=200, blank=True)
    captured_at = models.DateTimeField(null=True)
    time_first = models.DateTimeField(null=True)
    time_last = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_seq = models.BigIntegerField(null=True)  # the event that queued its redaction
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.PAGE)
    link = models.ForeignKey("evidence.UploadLink", on_delete=models.RESTRICT, null=True, related_name="+")
    scan = models.CharField(max_length=120, blank=True)  # what the malware scanner said, or that there is none
    clock_skew_ms = models.BigIntegerField(null=True)  # how far the source's clock is ahead of true time
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)  # a person wants no more of the reading that waits or runs
    expires_at = models.DateTimeField(null=True)  # when its retention ends
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="upload_number"),
            models.CheckConstraint(condition=models.Q(state__in=UploadState.values), name="upload_state_known"),
        ]

    def __str__(self) -> str:
        return f"U-{self.number} {self.name}"

    @property
    def brought_by(self) -> str:
        """Who sent it: a person, or the customer through a link that a person made."""
        return f"the customer, by {self.received_by.name}'s link" if self.link_id else self.received_by.name


class RunManager(models.Manager["RedactionRun"]):
    """Leaves out what only the pattern explorer reads, and is large."""

    def get_queryset(self) -> models.QuerySet["RedactionRun"]:
        return super().get_queryset().defer("kept")


class RedactionRun(models.Model):
    """One pass of the detectors over one upload; a later pass supersedes it and never edits it."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveSmallIntegerField(default=1)
    detector_version = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)
    samples = models.JSONField(default=dict)
    not_looked_at = models.JSONField(default=list)
    findings = models.JSONField(default=list)  # in the shape of core.finding; `diagnosis` keeps its own rows
    missing = models.JSONField(default=list)
    gave = models.JSONField(default=list)  # kinds of evidence that it holds for the checks, by name
    rate = models.JSONField(default=list)  # records of all patterns: [[minute since the epoch, others, errors], …]
    kept = models.JSONField(default=dict)  # cards and groups of its patterns: `selectors.surfaced`
    at = models.DateTimeField()

    objects: ClassVar = RunManager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["upload", "number"], name="redaction_run_once")]

    def __str__(self) -> str:
        return f"run {self.number} of {self.upload_id}"


class Artifact(models.Model):
    """One redacted file: the upload itself, or a member of an archive."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="artifacts")
    run = models.ForeignKey(RedactionRun, on_delete=models.CASCADE, related_name="artifacts")
    key = models.CharField(max_length=40)  # the id that findings cite
    name = models.CharField(max_length=300)  # redacted
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    size = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    mode = models.CharField(max_length=12, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sealed_id = models.BigIntegerField(null=True)  # vault.SealedFile with the redacted bytes

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "key"], name="artifact_once")]

    def __str__(self) -> str:
        return self.name


class Pattern(models.Model):
    """One group of log records of an artifact; times in UTC, the histogram by minute."""

    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="patterns")
    key = models.CharField(max_length=40)
    template = models.TextField()
    count = models.BigIntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    levels = models.JSONField(default=dict)
    level = models.CharField(max_length=8, blank=True)  # the loudest that one record in ten has
    service = models.CharField(max_length=120, blank=True)  # the one with most records
    services = models.JSONField(default=dict)
    shares = models.JSONField(default=dict)  # tenant, region, version -> value -> records
    histogram = models.JSONField(default=list)  # [[minute since the epoch, count], …]
    step = models.PositiveIntegerField(default=1)  # minutes of a cell of the histogram
    examples = models.JSONField(default=list)  # [[line number, text], …]

    class Meta:
        ordering: ClassVar = ["-count", "id"]
        indexes: ClassVar = [
            models.Index(fields=["artifact", "count"], name="pattern_count"),
            models.Index(fields=["artifact", "level"], name="pattern_level"),
        ]

    def __str__(self) -> str:
        return self.template[:80]


class Item(models.Model):
    """A row of the evidence register, E-n: immutable; what replaces it says so."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    artifact = models.ForeignKey(Artifact, on_delete=models.SET_NULL, null=True, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, related_name="+")
    claim = models.CharField(max_length=300)
    locator = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    source = models.CharField(max_length=160)
    query = models.TextField(blank=True)
    window_first = models.DateTimeField(null=True)
    window_last = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    redaction_run = models.PositiveSmallIntegerField(default=0)
    collected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="item_number")]

    def __str__(self) -> str:
        return f"{self.key} {self.claim}"

    @property
    def key(self) -> str:
        return f"E-{self.number}"
