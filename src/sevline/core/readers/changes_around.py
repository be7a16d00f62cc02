"""What was changed and when: deploys, flags, configuration, migrations."""

from dataclasses import dataclass
from datetime import datetime

from sevline.core.finding import Evidence, Given


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    locator: str
    at: datetime
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeList(Given):
    """Changes in time order; `took` says which key or column was taken for what."""

    what = "a list of changes with their times"
    how = "Export deploys, feature flags and configuration changes of two weeks as CSV or JSON, with a time for each."

    artifact: str
    entries: tuple[ChangeEntry, ...]
    took: str = ""

    def cite(self, entry: ChangeEntry) -> Evidence:
        return Evidence(self.artifact, entry.locator, f"{entry.kind} {entry.name}".strip())
