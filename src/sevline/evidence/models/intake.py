"""How evidence is asked for and how it arrives: requests, links for customers, files that are still on their way."""

from typing import ClassVar

from django.db import models

from sevline.cases.models import Case
from sevline.evidence.models.files import Way
from sevline.people.models import Person


class UploadLink(models.Model):
    """A link with which a customer sends files to one case without an account; only its token's hash is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    asks = models.JSONField(default=list)  # keys of checklist items
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # by when we ask for the files
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    most_files = models.PositiveSmallIntegerField()
    most_bytes = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"upload link {self.pk} of {self.case_id}"


class EvidenceRequest(models.Model):
    """One message to the customer that asks for everything that is missing."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    items = models.JSONField(default=list)  # keys of checklist items
    link = models.ForeignKey(UploadLink, on_delete=models.RESTRICT, related_name="+")
    message_id = models.BigIntegerField()  # cases.Message in which it stands, without the link
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    table_version = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="evidence_request_number")]

    def __str__(self) -> str:
        return f"request {self.number} of {self.case_id}"


class ChecklistAnswer(models.Model):
    """What a person said about an item of the checklist: it does not apply, cannot be had, is there, or comes later."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    reason = models.CharField(max_length=300, blank=True)  # redacted
    no_signal = models.BooleanField(default=False)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "item"], name="checklist_answer_once")]

    def __str__(self) -> str:
        return f"{self.item} of {self.case_id} is {self.state}"


class SendingState(models.TextChoices):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class Sending(models.Model):
    """A file on its way in, part by part. Nothing of it is an upload before the last byte is here."""

    key = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    link = models.ForeignKey(UploadLink, on_delete=models.CASCADE, null=True, related_name="+")
    sender = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=200)  # redacted
    fingerprint = models.CharField(max_length=64, blank=True)  # keyed hash of what the sender calls the same file
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    source = models.CharField(max_length=120, blank=True)
    collected_how = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.PAGE)
    captured_at = models.DateTimeField(null=True)
    clock_skew_ms = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=SendingState.choices, default=SendingState.OPEN)
    says = models.CharField(max_length=300, blank=True)
    upload = models.ForeignKey("evidence.Upload", on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(link__isnull=False) | models.Q(sender__isnull=False), name="sending_has_a_sender"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "started_at"], name="sending_open")]

    def __str__(self) -> str:
        return f"{self.name}, {self.received} of {self.size}"


class SendingPart(models.Model):
    """Some bytes of a sending, sealed as they came; `start` is where in the file they stand."""

    sending = models.ForeignKey(Sending, on_delete=models.CASCADE, related_name="parts")
    start = models.BigIntegerField()
    sealed_id = models.BigIntegerField()  # vault.SealedFile

    class Meta:
        ordering: ClassVar = ["start"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["sending", "start"], name="sending_part_once")]

    def __str__(self) -> str:
        return f"part of {self.sending_id} from {self.start}"
