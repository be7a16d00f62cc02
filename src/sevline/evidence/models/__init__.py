"""Evidence: files that arrived and what redaction made of them, the register, and how files are asked for and sent."""

from sevline.evidence.models.counted import COUNT_WAITS, CheckRun, Counting, CountState, ImpactAnswer, SuccessCheck
from sevline.evidence.models.files import PICTURES, Artifact, Item, Pattern, RedactionRun, Upload, UploadState, Way
from sevline.evidence.models.intake import (
    ChecklistAnswer,
    EvidenceRequest,
    Sending,
    SendingPart,
    SendingState,
    UploadLink,
)
from sevline.evidence.models.reveal import Reveal

__all__ = [
    "COUNT_WAITS",
    "PICTURES",
    "Artifact",
    "CheckRun",
    "ChecklistAnswer",
    "CountState",
    "Counting",
    "EvidenceRequest",
    "ImpactAnswer",
    "Item",
    "Pattern",
    "RedactionRun",
    "Reveal",
    "Sending",
    "SendingPart",
    "SendingState",
    "SuccessCheck",
    "Upload",
    "UploadLink",
    "UploadState",
    "Way",
]
