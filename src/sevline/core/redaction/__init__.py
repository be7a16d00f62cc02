"""Redaction: personal data and secrets become pseudonyms under a case's key; every other byte stays as it is."""

from sevline.core.redaction.detector import DETECTOR_SET_VERSION, Detector
from sevline.core.redaction.forgetting import forget
from sevline.core.redaction.modes import Mode, recognise
from sevline.core.redaction.redactor import RedactedData, RedactedText, Redactor
from sevline.core.redaction.terms import Term

__all__ = [
    "DETECTOR_SET_VERSION",
    "Detector",
    "Mode",
    "RedactedData",
    "RedactedText",
    "Redactor",
    "Term",
    "forget",
    "recognise",
]
