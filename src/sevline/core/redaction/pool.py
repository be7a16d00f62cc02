"""A stream redacted by several processes at once, in order and with a bounded number of pieces under way."""

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sevline.core.redaction.codec import Encoding
    from sevline.core.redaction.redactor import RedactedData, Redactor
    from sevline.core.redaction.terms import Term


@dataclass(frozen=True, slots=True)
class Recipe:
    """What another process needs to make the same redactor. It crosses a pipe between processes of one machine only."""

    key: bytes
    terms: tuple["Term", ...]
    allowed: tuple[str, ...]
    regions: tuple[str, ...] = ()


_redactor: "Redactor | None" = None


def _prepare(recipe: Recipe) -> None:
    """Called once in each process. Its Polars has one thread, since there is a process for each core."""
    global _redactor  # noqa: PLW0603 - a worker process has one redactor
    os.environ["POLARS_MAX_THREADS"] = "1"
    gc.set_threshold(200_000, 50, 50)  # many short-lived strings, no cycles
    from sevline.core.redaction.redactor import Redactor

    _redactor = Redactor(recipe.key, terms=recipe.terms, allowed=recipe.allowed, regions=recipe.regions)


def _redact(piece: bytes, encoding: "Encoding") -> "RedactedData":
    if _redactor is None:
        raise RuntimeError("The process was not prepared.")
    return _redactor.piece(piece, encoding)


def in_processes(
    pieces: Iterable[bytes], encoding: "Encoding", recipe: Recipe, processes: int
) -> Iterator["RedactedData"]:
    """The redacted pieces in order. No more than one piece for each process, and one, is under way."""
    waiting: deque[Future[RedactedData]] = deque()
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(recipe,)
    ) as pool:
        for piece in pieces:
            waiting.append(pool.submit(_redact, piece, encoding))
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def processors(most: int) -> int:
    """As many processes as the machine lets this one use, and no more than `most`."""
    return max(1, min(most, len(os.sched_getaffinity(0))))
