"""A backup file as it lies there: read and checked without Django, which needs the keys in it to start."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from sevline.core.lifecycle import Refused

FORMAT = 1
KEYS = ("master.key", "audit.key", "signing.key")
_HEX = frozenset("0123456789abcdefABCDEF")


class BackupFile:
    """A backup whose every part was compared with its manifest before anything of it is used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with tarfile.open(path, "r:gz") as archive:
                self.names = archive.getnames()
                self.manifest: dict[str, Any] = json.loads(read_part(archive, "manifest.json"))
                self._check(archive)
        except (tarfile.TarError, EOFError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Refused(f"{path} is not a backup of Sevline, or it is cut off ({type(error).__name__}).") from None

    def _check(self, archive: tarfile.TarFile) -> None:
        if self.manifest["format"] != FORMAT:
            raise Refused(f"The backup has format {self.manifest['format']}; this version reads format {FORMAT}.")
        told = self.manifest["sha256"]
        for name, digest in told.items():
            if hashlib.sha256(read_part(archive, name)).hexdigest() != digest:
                raise Refused(f"The backup is damaged: {name} is not what was written.")
        if sorted(self.names) != sorted([*told, "manifest.json"]):
            raise Refused("The backup holds other parts than its manifest names, so nothing of it is used.")
        for name in told:
            if not _may_be_there(name):
                raise Refused(f"The backup holds “{ascii(name)[1:-1]}”, which no backup has; nothing of it is used.")

    @contextmanager
    def opened(self) -> Iterator[tarfile.TarFile]:
        with tarfile.open(self.path, "r:gz") as archive:
            yield archive

    def keys(self) -> dict[str, str]:
        """The keys in hex by the names of their files. A signing key that was a pass phrase is left out: it was given
        as SEVLINE_SECRET_KEY, and has to be given again.
        """
        with self.opened() as archive:
            found = {name: read_part(archive, f"keys/{name}") for name in KEYS if f"keys/{name}" in self.names}
        texts = {name: data.decode("utf-8", "replace").strip() for name, data in found.items()}
        for name in ("master.key", "audit.key"):
            if not is_key(texts.get(name, "")):
                raise Refused(
                    f"The backup holds no usable {name}, and without it nothing in it can be read or checked."
                )
        return {name: text for name, text in texts.items() if is_key(text)}


def is_key(text: str) -> bool:
    return len(text) == 64 and _HEX.issuperset(text)


def _may_be_there(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name:
        return False
    folder, _, rest = name.partition("/")
    return (folder in {"rows", "vault"} and bool(rest)) or name in {"audit/head.json", *(f"keys/{key}" for key in KEYS)}


def read_part(archive: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one part; KeyError where it is not there or no file."""
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read()
