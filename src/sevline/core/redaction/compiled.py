"""Patterns that stay compiled: each is always run in the same one of a few threads.

Polars keeps the 32 patterns that a thread ran last. A pass of redaction runs some hundreds, so in one thread each would
be compiled, and its states found, again and again. Here a thread is given few enough patterns to keep all of them. Of
two callers who want the same thread at once, the second one is given its twin, which then keeps the same patterns.
"""

import os
from collections.abc import Callable, Iterable
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Patterns of one thread; fewer than Polars keeps.
PER_THREAD = 28
Call = Callable[[], "pl.Series"]


class _Runner:
    """A thread that makes one call at a time, for whoever waits for it; `may_have_twin`: who finds it at work is given
    another one."""

    def __init__(self, *, may_have_twin: bool = True) -> None:
        self._may_have_twin, self._twins = may_have_twin, Lock()
        self._twin: _Runner | None = None
        self._turn, self._go, self._done = Lock(), Lock(), Lock()
        self._go.acquire()
        self._done.acquire()
        self._call: Call | None = None
        self._answer: pl.Series | BaseException | None = None
        Thread(target=self._work, name="patterns", daemon=True).start()

    def run(self, call: Call) -> "pl.Series":
        if not self._turn.acquire(blocking=not self._may_have_twin):
            return self._other().run(call)
        try:
            self._call = call
            self._go.release()
            self._done.acquire()
            answer, self._answer, self._call = self._answer, None, None
        finally:
            self._turn.release()
        if isinstance(answer, BaseException):
            raise answer
        assert answer is not None  # noqa: S101 - the thread has answered
        return answer

    def _other(self) -> "_Runner":
        with self._twins:
            if self._twin is None:
                self._twin = _Runner(may_have_twin=False)
            return self._twin

    def _work(self) -> None:
        while True:
            self._go.acquire()
            try:
                self._answer = self._call() if self._call else None
            except BaseException as error:  # noqa: BLE001 - it is raised where the call was asked for
                self._answer = error
            self._done.release()


class _Kept:
    """Which thread runs which pattern. A process that was forked begins anew, for no thread lives on in it."""

    def __init__(self) -> None:
        self.patterns: set[str] = set()
        self.begin()

    def begin(self) -> None:
        self.lock = Lock()
        self.runners: dict[str, _Runner] = {}
        self.last: _Runner | None = None

    def runner(self, pattern: str) -> _Runner | None:
        found = self.runners.get(pattern)
        if found is not None or pattern not in self.patterns:
            return found
        with self.lock:
            if pattern not in self.runners:
                if self.last is None or len(self.runners) % PER_THREAD == 0:
                    self.last = _Runner()
                self.runners[pattern] = self.last
            return self.runners[pattern]


_kept = _Kept()
os.register_at_fork(after_in_child=_kept.begin)


def keep(patterns: Iterable[str]) -> None:
    """These are run often enough to stay compiled for as long as the process lives."""
    _kept.patterns.update(pattern for pattern in patterns if pattern)


def contains(rows: "pl.Series", pattern: str) -> "pl.Series":
    """Whether each row holds a match."""
    return _run(pattern, partial(rows.str.contains, pattern))


def between_marks(rows: "pl.Series", pattern: str, mark: str) -> "pl.Series":
    """The rows with each match between two marks."""
    return _run(pattern, partial(rows.str.replace_all, pattern, f"{mark}${{0}}{mark}"))


def _run(pattern: str, call: Call) -> "pl.Series":
    runner = _kept.runner(pattern)
    return call() if runner is None else runner.run(call)
