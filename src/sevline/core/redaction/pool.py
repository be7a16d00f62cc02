"""A stream redacted by several processes at once, in order and with a bounded number of pieces under way."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Generic, Protocol, TypeVar

from sevline.core.redaction.codec import Encoding

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Worker(Protocol, Generic[Result_co]):
    """What each process makes for itself: a redactor."""

    def piece(self, data: bytes, encoding: Encoding) -> Result_co: ...


_workers: "list[Worker[object]]" = []


def _prepare(make: "Callable[[], Worker[object]]") -> None:
    """Called once in each process. Its Polars has one thread, since there is a process for each core."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    gc.set_threshold(200_000, 50, 50)  # many short-lived strings, no cycles
    _workers.append(make())


def _redact(piece: bytes, encoding: Encoding) -> object:
    return _workers[0].piece(piece, encoding)


def in_processes(
    pieces: Iterable[bytes], encoding: Encoding, make: Callable[[], Worker[Result]], processes: int
) -> Iterator[Result]:
    """The redacted pieces in order. No more than one piece for each process, and one, is under way.

    `make` crosses a pipe between processes of one machine only, and with it the key.
    """
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_prepare, initargs=(make,)
    ) as pool:
        for piece in pieces:
            waiting.append(pool.submit(_redact, piece, encoding))  # type: ignore[arg-type]
            if len(waiting) > processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def processors(most: int) -> int:
    """As many processes as the machine lets this one use, and no more than `most`."""
    return max(1, min(most, len(os.sched_getaffinity(0))))
