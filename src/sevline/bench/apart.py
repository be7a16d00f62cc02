"""What one reader or check meets with an error of its own does not take the others with it."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

UNEXPECTED = "Something in it has a form that was not expected, so not all of it was read."
NOT_SHOWN = "Its form was not expected and could not be redacted, so nothing of it is shown."

LAST = 4


@contextmanager
def apart(tell: Callable[[], None]) -> Iterator[None]:
    """Goes on behind an error of the program, once it was told; one of memory ends the parser as before.

    The trace goes to the parser's own error output, without a word of what was read.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is one reader's or check's
        noted(error)
        tell()


def noted(error: Exception) -> None:
    """Where the program erred: kinds and places, no values. The last places, as the very last may be a library's."""
    at = traceback.extract_tb(error.__traceback__)[-LAST:]
    places = " ".join(f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in at)
    sys.stderr.write(f"error of a reader or check: {type(error).__name__} {places}\n")
