"""Stack traces inside text: Java and .NET with their causes, Python, Node and Go here; others as blocks.

One pass over the lines. A trace is its type, message, frames in the order of the language, and the chain of causes.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sevline.core.finding import Evidence, Given
from sevline.core.readers.blocktraces import begun
from sevline.core.readers.traceblock import Block

MAX_TRACES = 2_000
MAX_FRAMES = 300
MAX_LINE = 4_000

JAVA_FRAME = re.compile(r"^\s{0,12}at ([\w$.<>/@-]{1,300})\(([^()]{0,200})\)")
DOTNET_FRAME = re.compile(r"^\s{1,12}at ([\w`.<>\[\],+|]{1,300}\([^()]{0,300}\))(?: in ([^\n]{1,300}))?$")
NODE_FRAME = re.compile(
    r"^\s{1,12}at (?:(?:async |new )?([\w$.<>\[\] ]{1,200}) \()?([^()\s]{1,300}:\d{1,7}:\d{1,7})\)?$"
)
PYTHON_FRAME = re.compile(r'^\s{1,12}File "([^"]{1,300})", line (\d{1,7})(?:, in ([^\n]{1,200}))?$')
GO_FRAME = re.compile(r"^\t([^\s:]{1,300}\.go):(\d{1,7})")
EXCEPTION = re.compile(r"(?:^|[\s\]:\"'])((?:[A-Za-z_$][\w$]{0,80}\.){0,12}[A-Z][\w$]{0,100})(?:: ([^\n]{0,1000}))?$")
CAUSED_BY = re.compile(r"^\s{0,12}Caused by: ([\w$.]{1,300})(?:: ([^\n]{0,1000}))?")
WRAPS = re.compile(r"^\s{0,12}---> ")
INNER_ENDS = re.compile(r"^\s{0,12}--- End of ")
MORE = re.compile(r"^\s{0,12}\.\.\. \d{1,5} (?:more|common frames omitted)")
#: Java's module, or the loader, before a class: `java.base/java.time.LocalDate`, `app//shop.Cart`.
MODULE = re.compile(r"^[\w.@-]{0,80}/{1,2}(?=[\w$]{1,60}\.)")
PYTHON_HEAD = "Traceback (most recent call last):"
GO_HEAD = re.compile(r"^(?:panic: |fatal error: )([^\n]{0,1000})")
PLATFORM = (
    "java.",
    "javax.",
    "jakarta.",
    "jdk.",
    "sun.",
    "com.sun.",
    "org.springframework.",
    "org.apache.",
    "org.hibernate.",
    "org.eclipse.jetty.",
    "com.zaxxer.",
    "com.fasterxml.",
    "com.google.common.",
    "org.postgresql.",
    "com.mysql.",
    "okhttp3.",
    "feign.",
    "ch.qos.logback.",
    "org.slf4j.",
    "org.junit.",
    "io.netty.",
    "reactor.",
    "kotlin.",
    "scala.",
    "System.",
    "Microsoft.",
    "node:",
    "internal/",
    "runtime.",
    "net/http.",
    "core::",
    "std::",
    "alloc::",
    "tokio::",
    "<core::",
    "<alloc::",
    "__rust",
    "rust_",
)
LIBRARY_PATHS = (
    "site-packages/",
    "dist-packages/",
    "node_modules/",
    "/lib/python",
    "/usr/local/go/",
    "/go/pkg/mod/",
    "/vendor/",
    "/gems/",
    "/lib/ruby/",
    "/rustc/",
    "/.cargo/registry/",
    "/deps/",
    "dart:core",
    "dart:async",
    "dart:io",
    "dart:convert",
    "dart:isolate",
    "dart:ui",
    "package:flutter/",
    "[C]",
    "libraries/base/",
    "/sysdeps/",
    "/usr/include/",
    "[internal function]",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """`symbol` is the function with its class or module; `place` the file with line; `line` where it stands, from 1."""

    symbol: str
    place: str
    line: int

    @property
    def in_app(self) -> bool:
        symbol = MODULE.sub("", self.symbol)
        return not symbol.startswith(PLATFORM) and not any(path in self.place for path in LIBRARY_PATHS)


@dataclass(frozen=True, slots=True)
class StackTrace(Given):
    """`causes` are (type, message, line) from the outermost wrapped exception to the innermost."""

    what = "a stack trace"
    how = "Ask for the application log around the failing request, with multi-line exceptions left whole."

    artifact: str
    language: str
    line: int
    type: str
    message: str
    frames: tuple[Frame, ...] = field(repr=False, default=())
    causes: tuple[tuple[str, str, int], ...] = ()
    throw_first: bool = True

    def cite(self, line: int, observed: object, expected: object = "") -> Evidence:
        return Evidence(self.artifact, f"{line}:1", str(observed), str(expected))

    @property
    def innermost(self) -> tuple[str, str, int]:
        return self.causes[-1] if self.causes else (self.type, self.message, self.line)

    @property
    def top_frame(self) -> Frame | None:
        """The application's own frame nearest to the throw of the innermost cause that has one, or the nearest of any:
        a cause leaves out the frames that it shares with what wraps it."""
        near = self._from_the_throw(self.innermost[2] if self.causes else 0)
        begins = [0, *(cause[2] for cause in self.causes)]
        own = (frame for line in reversed(begins) for frame in self._from_the_throw(line) if frame.in_app)
        return next(own, next(iter(near), None))

    def _from_the_throw(self, line: int) -> list[Frame]:
        """The frames below a line, the nearest to the throw first; all of them where none stands there."""
        below = [frame for frame in self.frames if frame.line > line] or list(self.frames)
        return below if self.throw_first else below[::-1]

    @property
    def fingerprint(self) -> str:
        """Types of the chain and the top frame without line numbers, so the same fault matches after a release."""
        top = self.top_frame
        parts = [self.language, self.type, *(cause[0] for cause in self.causes), top.symbol if top else ""]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def read_traces(lines: Iterable[str], artifact: str) -> Iterator[StackTrace]:
    """Traces in the order of their first lines, at most MAX_TRACES."""
    scan = _Scan(artifact)
    found = 0
    for number, raw in enumerate(lines, 1):
        for trace in scan.take(number, raw.rstrip("\r\n")[:MAX_LINE]):
            yield trace
            found += 1
            if found >= MAX_TRACES:
                return
    yield from scan.finish()


class _Scan:
    """One open trace at a time; a line that belongs to none closes it."""

    def __init__(self, artifact: str) -> None:
        self.artifact = artifact
        self.open: StackTrace | None = None
        self.block: Block | None = None
        self.before: list[tuple[int, str]] = []

    def take(self, number: int, line: str) -> Iterator[StackTrace]:
        if self.block is not None:
            if self.block.takes(number, line):
                return
            yield from self._ended()
        if self.open is None:
            self.block = begun(number, line, self._above(number))
            self.open = None if self.block else self._opening(number, line)
            if self.open is None:
                self._passed(number, line)
            return
        grown = self._grow(self.open, number, line)
        if grown is not None:
            self.open = grown
            return
        yield from self._close(number, line)

    def _close(self, number: int, line: str) -> Iterator[StackTrace]:
        trace, self.open = self.open, None
        if trace is not None and trace.language == "python" and (raised := EXCEPTION.search(line.strip())):
            trace = replace(trace, type=raised[1], message=raised[2] or "", line=number)
        elif trace is not None:
            self.block = begun(number, line, self._above(number))
            self.before = []
            self.open = None if self.block else self._opening(number, line)
            self._passed(number, line)
        yield from _complete(trace)

    def _passed(self, number: int, line: str) -> None:
        """The lines that may head a trace: the last one, and those that it says it was wrapped by."""
        if WRAPS.match(line) and self.before and self.before[-1][0] == number - 1:
            self.before.append((number, line))
        elif line.strip():
            self.before = [(number, line)]

    def _above(self, number: int) -> str:
        return self.before[-1][1] if self.before and self.before[-1][0] == number - 1 else ""

    def _ended(self) -> Iterator[StackTrace]:
        block, self.block = self.block, None
        if block is not None and block.frames and block.is_error:
            frames = tuple(Frame(*row) for row in block.frames)
            yield StackTrace(
                self.artifact, block.language, block.line, block.type, block.message, frames, tuple(block.causes)
            )

    def finish(self) -> Iterator[StackTrace]:
        yield from self._ended()
        yield from _complete(self.open)

    def _opening(self, number: int, line: str) -> StackTrace | None:
        if line.rstrip().endswith(PYTHON_HEAD):
            return StackTrace(self.artifact, "python", number, "", "", throw_first=False)
        if panic := GO_HEAD.match(line):
            return StackTrace(self.artifact, "go", number, "panic", panic[1])
        if frame := _frame(number, line):
            language, first = frame
            return self._headed(language, first)
        return None

    def _headed(self, language: str, first: Frame) -> StackTrace | None:
        """The line before the first frame names the exception; in .NET the lines above it those that wrap it."""
        if not self.before or self.before[-1][0] != first.line - 1:
            return None
        chain = [
            (head[1], (head[2] or "").strip(), number)
            for number, line in self.before
            if (head := EXCEPTION.search(line.strip()[-1500:]) or _typed(line)) is not None
        ]
        if not chain or chain[-1][2] != first.line - 1:
            return None
        kind, message, number = chain[0]
        return StackTrace(self.artifact, language, number, kind, message, (first,), tuple(chain[1:]))

    def _grow(self, trace: StackTrace, number: int, line: str) -> StackTrace | None:
        if trace.language == "python":
            return _grow_python(trace, number, line)
        if trace.language == "go":
            return _grow_go(trace, number, line)
        if cause := CAUSED_BY.match(line):
            return replace(trace, causes=(*trace.causes, (cause[1], (cause[2] or "").strip(), number)))
        if MORE.match(line) or INNER_ENDS.match(line):
            return trace
        found = _frame(number, line)
        if found is None:
            return None
        return replace(trace, frames=(*trace.frames, found[1])) if len(trace.frames) < MAX_FRAMES else trace


def _complete(trace: StackTrace | None) -> Iterator[StackTrace]:
    if trace is not None and trace.frames and trace.type:
        yield replace(trace, causes=()) if trace.language == "go" else trace


TYPED = re.compile(
    r"((?:[a-z_][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,100}|\b[A-Z]\w{0,80}(?:Error|Exception))(?:: ([^\n]{0,1000}))?"
)


def _typed(line: str) -> re.Match[str] | None:
    """An exception named in the middle of a log line: the last one, as a logger writes its own class first."""
    found = None
    for found in TYPED.finditer(line[-1500:]):
        if found[2]:
            break
    return found


def _frame(number: int, line: str) -> tuple[str, Frame] | None:
    if " at " not in line[:20] and not line.startswith(("at ", "\tat ")):
        return None
    if node := NODE_FRAME.match(line):
        return "node", Frame((node[1] or "<anonymous>").strip(), node[2], number)
    if (java := JAVA_FRAME.match(line)) and (":" in java[2] or java[2] in {"Native Method", "Unknown Source"}):
        return "java", Frame(java[1], java[2], number)
    if dotnet := DOTNET_FRAME.match(line):
        return "dotnet", Frame(dotnet[1], dotnet[2] or "", number)
    if java:
        return "java", Frame(java[1], java[2], number)
    return None


def _grow_python(trace: StackTrace, number: int, line: str) -> StackTrace | None:
    if frame := PYTHON_FRAME.match(line):
        grown = Frame(frame[3] or "<module>", f"{frame[1]}:{frame[2]}", number)
        return replace(trace, frames=(*trace.frames, grown)) if len(trace.frames) < MAX_FRAMES else trace
    return trace if line.startswith("    ") and trace.frames else None


def _grow_go(trace: StackTrace, number: int, line: str) -> StackTrace | None:
    """A function stands on one line, its file on the next one after a tab."""
    if place := GO_FRAME.match(line):
        symbol = trace.causes[-1][0] if trace.causes else ""
        frame = Frame(symbol.rpartition("(")[0] or symbol, f"{place[1]}:{place[2]}", number)
        return replace(trace, frames=(*trace.frames, frame), causes=()) if len(trace.frames) < MAX_FRAMES else trace
    if not line.strip() or line.startswith(("goroutine ", "[signal ", "\tpanic: ")):
        return trace
    if line.rstrip().endswith(")"):
        return replace(trace, causes=((line.strip()[:200], "", number),))
    return None


@dataclass(frozen=True, slots=True)
class TraceSet(Given):
    """All stack traces of one artefact, in file order."""

    what = StackTrace.what
    how = StackTrace.how

    artifact: str
    traces: tuple[StackTrace, ...]
