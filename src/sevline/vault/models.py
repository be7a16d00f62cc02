"""Case keys and sealed originals. Nothing here can be read without the master key, which is outside the database."""

from typing import ClassVar

from django.db import models


class CaseKey(models.Model):
    """A case's key, wrapped by the master key; without it nothing can be unsealed and no token traced back."""

    case_key = models.CharField(max_length=40, unique=True)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.case_key


class SealedText(models.Model):
    """The original of a text that a person typed or pasted, encrypted under its case's key."""

    case_key = models.CharField(max_length=40)
    about = models.CharField(max_length=60)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="sealed_text_expiry")]

    def __str__(self) -> str:
        return f"{self.about} of {self.case_key}"


class SealedFile(models.Model):
    """A file in the store, encrypted in chunks under its case's key: an original, or what redaction made of it."""

    case_key = models.CharField(max_length=40)
    name = models.CharField(max_length=200, unique=True)  # where the store keeps it; never the customer's own name
    purpose = models.CharField(
        max_length=10, choices=[("original", "Original"), ("redacted", "Redacted"), ("part", "Part of an original")]
    )
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="sealed_file_expiry")]

    def __str__(self) -> str:
        return self.name


class CaseSecret(models.Model):
    """A secret of the case that its name gave away once, to be masked without the name: a keyed hash and a length.

    The value can be recognised where it stands, not read. `name` is the hex of its token.
    """

    case_key = models.CharField(max_length=40)
    name = models.CharField(max_length=16)
    length = models.PositiveSmallIntegerField()
    learned_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case_key", "name"], name="case_secret_once")]

    def __str__(self) -> str:
        return f"{self.name}:{self.length}"


class CaseWord(models.Model):
    """A word of the case's own list: masked wherever it stands, or left as it is because it was masked wrongly."""

    case_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    masks = models.BooleanField(default=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case_key"], name="case_word_case")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_key}"

    @property
    def about(self) -> str:
        return f"word {self.kind} {self.made_at.isoformat()}"
