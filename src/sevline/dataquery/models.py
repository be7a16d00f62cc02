"""Queries that somebody asked a grant for, and every run with its masked answer."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.core.sql.masking import leaves_out_groups
from sevline.evidence.models import Item
from sevline.governance.models import Approval
from sevline.people.models import Person


class AdHocQuery(models.Model):
    """A query of somebody's own, bound to a case and an approval. The values of its parameters lie sealed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=60)
    text = models.TextField()  # as typed; refused if redaction would change it
    sql = models.TextField()  # as it will run
    hash = models.CharField(max_length=64)
    declared = models.JSONField(default=list)  # [{"name", "type", "label"}, …]
    parameters = models.JSONField(default=dict)  # redacted
    sealed = models.BigIntegerField()  # vault.SealedText with the values
    values_hash = models.CharField(max_length=64)
    purpose = models.TextField()
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source}: {self.purpose}"


class QueryRun(models.Model):
    """One run for a case. `rows` holds the masked answer: a list of lists of text or null."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    query = models.CharField(max_length=60)  # the id of a reviewed query; empty for one of somebody's own
    title = models.CharField(max_length=200)
    sql = models.TextField()
    hash = models.CharField(max_length=64)
    pattern = models.TextField(blank=True)
    parameters = models.JSONField(default=dict)  # redacted
    grant = models.ForeignKey(AdHocQuery, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in ("running", "answered", "failed")], default="running"
    )
    reason = models.CharField(max_length=400, blank=True)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    cut = models.CharField(max_length=200, blank=True)
    millis = models.PositiveIntegerField(default=0)
    result_hash = models.CharField(max_length=64, blank=True)
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="query_run_number")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def key(self) -> str:
        return f"Q-{self.number}"

    @property
    def least_group(self) -> int:
        """Groups of fewer rows than this are not in the answer; 0 where all are."""
        return leaves_out_groups(self.sql)
