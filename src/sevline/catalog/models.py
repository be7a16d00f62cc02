"""What is supported: product areas and the team that owns each; and what was changed in it, and when."""

from typing import ClassVar

from django.db import models

from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange
from sevline.core.rights import Right, holds
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
