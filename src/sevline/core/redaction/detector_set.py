"""The detectors of this version, in the order in which they run."""

from functools import cache

from sevline.core.redaction import detectors
from sevline.core.redaction.detector import DETECTORS, Detector


@cache
def every_detector() -> tuple[Detector, ...]:
    DETECTORS.discover(detectors)
    return tuple(sorted(DETECTORS, key=lambda entry: (entry.stage, entry.kind)))
