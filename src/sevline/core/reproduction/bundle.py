"""The bundle for Engineering: every file with its digest, what was redacted, and the same bytes at each packing."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from sevline.core.finding import Finding
from sevline.core.lifecycle import Refused

MANIFEST = "MANIFEST.json"
#: The only moment that is written into an archive, so that packing twice gives the same bytes.
STAMP = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle. `timeline` are (UTC time, what happened); `seen_by` are (person's name, UTC time)."""

    case: str
    files: Mapping[str, bytes]
    findings: Sequence[Finding] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    timeline: Sequence[tuple[str, str]] = ()
    seen_by: Sequence[tuple[str, str]] = ()


def manifest(contents: Contents) -> dict[str, Any]:
    """REP05: sha256 and size of each file, redaction, versions, findings, timeline, and who saw what."""
    return {
        "case": contents.case,
        "files": [
            {"name": name, "size": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in sorted(contents.files.items())
        ],
        "redactions": dict(sorted(contents.redactions.items())),
        "versions": dict(sorted(contents.versions.items())),
        "findings": [asdict(finding) for finding in contents.findings],
        "timeline": [list(entry) for entry in sorted(contents.timeline)],
        "seen_by": [list(entry) for entry in sorted(contents.seen_by)],
    }


def packed(contents: Contents) -> bytes:
    """A zip whose bytes depend on its contents only. Raises Refused for a name that leads out of it."""
    for name in contents.files:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or name == MANIFEST or not name:
            raise Refused(f"“{name}” is no name for a file in a bundle.")
    told = json.dumps(manifest(contents), ensure_ascii=False, indent=1, sort_keys=True, default=str).encode() + b"\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [(MANIFEST, told), *sorted(contents.files.items())]:
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def intact(data: bytes) -> tuple[str, ...]:
    """Sentences on what differs from the manifest; none when the bundle is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = json.loads(archive.read(MANIFEST))
        listed = {entry["name"]: entry["sha256"] for entry in told["files"]}
        there = {name for name in archive.namelist() if name != MANIFEST}
        wrong = [f"“{name}” is missing." for name in sorted(set(listed) - there)]
        wrong += [f"“{name}” is not in the manifest." for name in sorted(there - set(listed))]
        wrong += [
            f"“{name}” was changed."
            for name in sorted(there & set(listed))
            if sha256(archive.read(name)).hexdigest() != listed[name]
        ]
    return tuple(wrong)
