"""The people who use the product, their teams, the notices they get, and the links that let them in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from sevline.core.rights import Role
from sevline.platform.events import Ref


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Team(models.Model):
    """A support pod or an engineering team; cases are visible to teams."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    is_engineering = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        return Ref("team", self.key, self.name)


class Person(AbstractBaseUser):
    """Somebody who may sign in; what they may do follows from `roles` alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role_keys = models.JSONField(default=list)
    teams = models.ManyToManyField(Team, related_name="people", blank=True)
    time_zone = models.CharField(max_length=40, default="UTC")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects: ClassVar = PersonManager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[str]:
        """Role keys of R-243; none while the person is not active, so every right is denied."""
        return frozenset(self.role_keys) & frozenset(Role) if self.is_active else frozenset()

    @property
    def ref(self) -> Ref:
        return Ref("person", str(self.pk), self.name)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1]) if word).upper() if words else "?"


class EntryLink(models.Model):
    """An invitation or a password reset: a link that works once, for one person, until it expires.

    Only the SHA-256 of its token is kept.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=[("invite", "Invitation"), ("reset", "Password reset")])
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} for {self.person}"


class AccessToken(models.Model):
    """A token with which a program acts in one person's name, within `scopes`, until it expires or is revoked.

    Only the SHA-256 of it is kept, and its last four characters, by which its owner tells it from others.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    ends_with = models.CharField(max_length=4)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} (…{self.ends_with})"


class Notice(models.Model):
    """Something that a person should know now; made from an event, so an event gives it at most once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=240)
    link = models.CharField(max_length=200)
    tone = models.CharField(max_length=10, default="idle")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes: ClassVar = [models.Index(fields=["person", "read_at", "-at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.text


class SentForm(models.Model):
    """A form that was done, so that it is done once however often it comes.

    `digest` is a keyed hash of its token, person, address and content; `answer` what it was answered, sealed under a
    key that only the form's own token gives. Neither is kept longer than a week.
    """

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    answer = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"form of {self.at:%Y-%m-%d %H:%M}"
