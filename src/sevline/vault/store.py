"""The store of sealed files behind Django's storage interface: a folder, or whatever the settings name instead.

What goes wrong there becomes a sentence; which library said it is nobody's business above.
"""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from sevline.core.lifecycle import Refused

READ = 256 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreFull(Refused):
    """There is no room for it; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(
            "There is no room left to keep this file. Nothing of it was kept. Tell the administrator of this desk, "
            "then send it again."
        )


class StoreDown(Refused):
    """The store does not answer as it should."""

    def __init__(self) -> None:
        super().__init__("The store for files cannot be reached at the moment. Nothing was kept; send it again later.")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Refused(
            "The file is missing from the store. Ask the administrator to restore it from a backup."
        ) from None
    except OSError as problem:
        raise (StoreFull() if problem.errno in _FULL else StoreDown()) from problem
    except Exception as problem:
        if _is_of_the_store(problem):
            raise StoreDown from problem
        raise


def _is_of_the_store(problem: Exception) -> bool:
    """Whether the library of an object store said it; such errors share no base class with OSError."""
    return type(problem).__module__.partition(".")[0] in {"botocore", "boto3", "s3transfer"}


def save(name: str, content: File[Any]) -> None:
    """Keep a file under exactly this name; what was written of it is deleted when it fails."""
    try:
        with _in_words():
            kept = default_storage.save(name, content)
    except BaseException:
        with _in_words():
            default_storage.delete(name)
        raise
    if kept != name:
        raise RuntimeError("The store changed the name of a sealed file.")


def blocks(name: str) -> Iterator[bytes]:
    with _in_words(), default_storage.open(name, "rb") as file:
        while block := file.read(READ):
            yield block


def delete(name: str) -> None:
    with _in_words():
        default_storage.delete(name)


def delete_all(names: Iterable[str]) -> None:
    for name in names:
        delete(name)


def exists(name: str) -> bool:
    with _in_words():
        return bool(default_storage.exists(name))
