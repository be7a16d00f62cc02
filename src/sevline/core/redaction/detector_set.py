"""The detectors of this version, in the order in which they run."""

from functools import cache
from importlib import import_module

from sevline.core.redaction.detector import DETECTORS, Detector


@cache
def every_detector() -> tuple[Detector, ...]:
    DETECTORS.discover(import_module("sevline.core.redaction.detectors"))
    return tuple(sorted(DETECTORS, key=lambda entry: (entry.stage, entry.kind)))
