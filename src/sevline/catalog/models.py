"""What is supported: product areas and the engineering team that owns each."""

from typing import ClassVar

from django.db import models

from sevline.people.models import Team


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
