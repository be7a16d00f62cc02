"""Backup and restore: rows as JSON lines, sealed files as they lie, keys and the audit head.

The rows are written by Django's serializer, so a backup of SQLite can be restored into PostgreSQL and the other way.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction

from sevline import __version__
from sevline.core.lifecycle import Refused
from sevline.platform import audit
from sevline.platform.backup_file import FORMAT, BackupFile, read_part
from sevline.platform.models import Event

BATCH = 500
_LEFT_OUT = frozenset({"sessions.Session", "contenttypes.ContentType", "auth.Permission"})


def rows_of() -> list[type[models.Model]]:
    """Every table that is kept, those that others point to first."""
    found = [model for model in apps.get_models() if model._meta.label not in _LEFT_OUT and model._meta.managed]
    return serializers.sort_dependencies([(None, found)], allow_cycles=True)


def write(path: Path) -> dict[str, int]:
    """Write the backup; answers how many rows, files and bytes went in. The rows are of one moment."""
    counts = {"rows": 0, "files": 0, "bytes": 0}
    with tarfile.open(path, "w:gz") as archive, transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        digests = {}
        for model in rows_of():
            name = f"rows/{model._meta.label}.jsonl"
            data, count = _dump(model)
            digests[name] = _add(archive, name, data)
            counts["rows"] += count
        for name in _stored():
            with default_storage.open(name, "rb") as file:
                data = file.read()
            digests[f"vault/{name}"] = _add(archive, f"vault/{name}", data)
            counts["files"] += 1
            counts["bytes"] += len(data)
        for name, data in _secrets().items():
            digests[name] = _add(archive, name, data)
        manifest = {"format": FORMAT, "version": __version__, "sha256": digests, **counts}
        _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
    path.chmod(0o600)
    return counts


class _Exact(DjangoJSONEncoder):
    """Keeps microseconds, which Django's own encoder cuts to milliseconds: the audit chain is made over them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _dump(model: type[models.Model]) -> tuple[bytes, int]:
    rows = model._default_manager.order_by("pk").iterator(chunk_size=BATCH)
    text = io.StringIO()
    # Escaped, because rows are split again at whatever Unicode takes for the end of a line.
    serializers.serialize("jsonl", rows, stream=text, cls=_Exact, ensure_ascii=True)
    data = text.getvalue()
    return data.encode(), data.count("\n")


def _stored() -> Iterator[str]:
    try:
        folders = default_storage.listdir("")[0]
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        yield from (f"{folder}/{name}" for name in sorted(default_storage.listdir(folder)[1]))


def _secrets() -> dict[str, bytes]:
    held = {
        "keys/master.key": settings.MASTER_KEY.hex().encode(),
        "keys/audit.key": settings.AUDIT_KEY.hex().encode(),
        "keys/signing.key": settings.SECRET_KEY.encode(),
    }
    if settings.AUDIT_HEAD.exists():
        held["audit/head.json"] = settings.AUDIT_HEAD.read_bytes()
    return held


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> str:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    archive.addfile(entry, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()


class Backup(BackupFile):
    """A checked backup file, and how its rows and files come back."""

    def restore(self) -> dict[str, int]:
        """Load files, rows and the audit head into an empty installation; all rows or none.

        The rows come last: a restore that was broken off before is run again, and finds the installation empty still.
        """
        if Event.objects.exists():
            raise Refused("This installation already holds data. Restore into an empty one.")
        models_of = {f"rows/{model._meta.label}.jsonl": model for model in rows_of()}
        if strange := [name for name in self.names if name.startswith("rows/") and name not in models_of]:
            raise Refused(
                f"The backup was written by version {self._written_by()} and holds a table that this version does not "
                f"have, {_table(strange[0])}. Restore it with that version; nothing was restored."
            )
        counts = {"rows": 0, "files": 0}
        with self.opened() as archive:
            for name in self.names:
                if name.startswith("vault/"):
                    _place(name.removeprefix("vault/"), read_part(archive, name))
                    counts["files"] += 1
            with transaction.atomic(), connection.constraint_checks_disabled():
                for name in models_of:
                    if name in self.names:  # an older version did not have every table
                        counts["rows"] += self._rows(name, read_part(archive, name))
                self._check_links()
                _reset_sequences()
                if "audit/head.json" in self.names:
                    _put_head(read_part(archive, "audit/head.json"))
        return counts

    def _rows(self, name: str, data: bytes) -> int:
        try:
            return _load(data.decode())
        except (DeserializationError, UnicodeDecodeError, DatabaseError) as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise Refused(
                f"The table {_table(name)} of the backup, which version {self._written_by()} wrote, does not fit this "
                f"version ({__version__}): {why}. No row was restored."
            ) from None

    def _check_links(self) -> None:
        try:
            connection.check_constraints()
        except DatabaseError as error:
            why = " ".join(str(error).split())[:200]
            raise Refused(f"The backup names rows that it does not hold: {why} No row was restored.") from None

    def _written_by(self) -> str:
        return ascii(str(self.manifest.get("version", "unknown")))[1:-1][:40]


def _table(name: str) -> str:
    return name.removeprefix("rows/").removesuffix(".jsonl")


def _place(name: str, data: bytes) -> None:
    """Store a sealed file under its own name, in place of what an earlier try may have left there."""
    if default_storage.exists(name):
        default_storage.delete(name)
    default_storage.save(name, File(io.BytesIO(data)))


def _put_head(data: bytes) -> None:
    """Place the head of the backup, unless the one that is there is newer: it tells what the backup lacks."""
    path = settings.AUDIT_HEAD
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept, known = _head_there(), path.read_bytes() if path.exists() else b""
    path.write_bytes(data)
    restored = _head_there()
    if kept and restored and kept[0] > restored[0]:
        path.write_bytes(known)


def _head_there() -> audit.Place | None:
    try:
        return audit.read_head()
    except Refused:
        return None


def _load(text: str) -> int:
    count = 0
    for row in serializers.deserialize("jsonl", text):
        row.save(force_insert=True)
        count += 1
    return count


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), rows_of()):
            cursor.execute(statement)
