"""Who is supported: accounts and their environments."""

from typing import ClassVar

from django.db import models


class Plan(models.TextChoices):
    ENTERPRISE = "enterprise"
    STANDARD = "standard"


class Account(models.Model):
    """A customer's account; its plan picks the service-level targets and never the severity."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    plan = models.CharField(max_length=20, choices=Plan.choices, default=Plan.STANDARD)
    region = models.CharField(max_length=40, blank=True)
    seats = models.PositiveIntegerField(default=0)
    time_zone = models.CharField(max_length=40, default="UTC")
    language = models.CharField(max_length=12, default="en")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class EnvironmentKind(models.TextChoices):
    PRODUCTION = "production"
    STAGING = "staging"
    SANDBOX = "sandbox"


class Environment(models.Model):
    """One tenant of an account, with the version that it runs."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="environments")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=EnvironmentKind.choices, default=EnvironmentKind.PRODUCTION)
    tenant = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["account__name", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "tenant"], name="environment_tenant")]

    def __str__(self) -> str:
        return f"{self.name} ({self.tenant})"
