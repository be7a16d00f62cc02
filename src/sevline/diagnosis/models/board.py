"""Findings, and the board: hypotheses, the tests that decide about them, and causes."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.core.hypothesis import HypothesisFacts, HypothesisState
from sevline.evidence.models import Item, Upload
from sevline.people.models import Person


class FilesRead(models.Model):
    """One reading of several files of a case side by side; the newest one counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    uploads = models.JSONField(default=list)  # [[number of the upload, number of its redaction run], …]
    refused = models.CharField(max_length=300, blank=True)  # why they could not be read together
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"files {self.uploads}"

    @property
    def names(self) -> str:
        """The uploads as they are called on the page: U-1, U-3."""
        return ", ".join(f"U-{number}" for number, _ in self.uploads)


class Finding(models.Model):
    """What a check said about an upload; kept in the shape that `core.finding` gives it.

    Where files were read together, `together` is set and each place that is cited names its upload's id.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="+")
    together = models.ForeignKey(FilesRead, on_delete=models.SET_NULL, null=True, related_name="+")
    check_id = models.CharField(max_length=20)
    state = models.CharField(max_length=15)
    title = models.CharField(max_length=300)
    side = models.CharField(max_length=20)
    confidence = models.CharField(max_length=10)
    evidence = models.JSONField(default=list)
    next_step = models.TextField(blank=True)
    missing = models.JSONField(default=list)
    supports = models.JSONField(default=list)
    refutes = models.JSONField(default=list)
    check_version = models.CharField(max_length=20)
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.check_id} {self.state}"


class Layer(models.TextChoices):
    """Where a fault may sit, from the person to the release."""

    CLIENT = "client", "Client"
    NETWORK = "network", "Network"
    IDENTITY = "identity", "Identity"
    API = "api", "API"
    APPLICATION = "application", "Application"
    DATA = "data", "Data"
    DEPENDENCY = "dependency", "Dependency"
    RELEASE = "release", "Release"


class Likelihood(models.TextChoices):
    """How likely somebody thinks it is, the likeliest first."""

    VERY_LIKELY = "very likely", "Very likely"
    LIKELY = "likely", "Likely"
    POSSIBLE = "possible", "Possible"
    UNLIKELY = "unlikely", "Unlikely"


class Risk(models.TextChoices):
    """What a test touches while it runs."""

    READ_ONLY = "read_only", "Reads only"
    TEST_WRITE = "test_write", "Changes a test environment"
    CUSTOMER_READ = "customer_read", "Reads customer data"
    PRODUCTION_WRITE = "production_write", "Changes production"


STATES = [(state.value, state.value.capitalize()) for state in HypothesisState]


class Hypothesis(models.Model):
    """A statement that a test can refute."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    statement = models.CharField(max_length=300)
    predicts = models.CharField(max_length=300)
    refuted_if = models.CharField(max_length=300)
    layer = models.CharField(max_length=20, blank=True)
    likelihood = models.CharField(max_length=12, default="possible")
    state = models.CharField(max_length=10, choices=STATES, default="proposed")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="hypothesis_number"),
            models.CheckConstraint(condition=models.Q(state__in=[key for key, _ in STATES]), name="hypothesis_state"),
            models.CheckConstraint(condition=~models.Q(refuted_if=""), name="hypothesis_refutable"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.statement}"

    @property
    def key(self) -> str:
        return f"H{self.number}"

    def facts(self) -> HypothesisFacts:
        """What the board's rules ask about; no query where links with their items and tests were fetched before."""
        links = [(link.side, link.item.key) for link in self.links.all()]
        verdicts = {test.conclusion for test in self.tests.all()} & {"supports", "refutes"}
        return HypothesisFacts(
            statement=self.statement,
            predicts=self.predicts,
            refuted_by=self.refuted_if,
            evidence_for=tuple(key for side, key in links if side == "for"),
            evidence_against=tuple(key for side, key in links if side == "against"),
            has_concluding_test=bool(verdicts),
            is_refuted_by_its_tests=verdicts == {"refutes"},
        )


class Link(models.Model):
    """Evidence for or against a hypothesis."""

    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.CASCADE, related_name="links")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=7, choices=[("for", "For"), ("against", "Against")])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["hypothesis", "item"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.side} {self.hypothesis_id}"


class Test(models.Model):
    """What was tried, what was expected and what came out; one without conclusion counts as inconclusive."""

    __test__ = False  # pytest must not collect it

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.PROTECT, null=True, related_name="tests")
    purpose = models.CharField(max_length=200)
    steps = models.TextField()
    environment = models.CharField(max_length=120, blank=True)
    expected = models.CharField(max_length=300)
    actual = models.CharField(max_length=300, blank=True)
    conclusion = models.CharField(
        max_length=12,
        default="running",
        choices=[(c, c) for c in ("running", "supports", "refutes", "inconclusive")],
    )
    risk = models.CharField(max_length=20, default="read_only")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="test_number")]

    def __str__(self) -> str:
        return f"{self.key} {self.purpose}"

    @property
    def key(self) -> str:
        return f"T-{self.number}"


class Cause(models.Model):
    """A cause with its confidence; what was found wrong later is refuted, never edited away."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    statement = models.CharField(max_length=300)
    mechanism = models.TextField(blank=True)
    component = models.CharField(max_length=120, blank=True)
    confidence = models.CharField(
        max_length=10, choices=[(c, c) for c in ("suspected", "probable", "confirmed")], default="suspected"
    )
    ruled_out = models.TextField(blank=True)
    items = models.ManyToManyField(Item, related_name="+")
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    refuted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.confidence}: {self.statement}"
