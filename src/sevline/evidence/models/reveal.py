"""A look behind one token: asked for with a reason, granted by somebody else, used once."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.people.models import Person


class Reveal(models.Model):
    """That a value was shown, to whom and under which approval; the value itself is kept nowhere."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=120)
    approval_id = models.BigIntegerField(unique=True)  # governance.Approval
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.token} of {self.case_id}"
