"""The diagnosis of a case: findings and the board, the records of a packet, and what is tried outside."""

from sevline.diagnosis.models.board import (
    Cause,
    FilesRead,
    Finding,
    Hypothesis,
    Layer,
    Likelihood,
    Link,
    Risk,
    Test,
)
from sevline.diagnosis.models.records import (
    ChangeCheck,
    KnownErrorSearch,
    Reproduction,
    RunbookStep,
    TelemetryGap,
    Workaround,
)
from sevline.diagnosis.models.trying import (
    JobState,
    Probe,
    Recipe,
    RunSet,
    SavedRequest,
    Target,
)

__all__ = [
    "Cause",
    "ChangeCheck",
    "FilesRead",
    "Finding",
    "Hypothesis",
    "JobState",
    "KnownErrorSearch",
    "Layer",
    "Likelihood",
    "Link",
    "Probe",
    "Recipe",
    "Reproduction",
    "Risk",
    "RunSet",
    "RunbookStep",
    "SavedRequest",
    "Target",
    "TelemetryGap",
    "Test",
    "Workaround",
]
