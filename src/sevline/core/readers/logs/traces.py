"""Which lines go on with the record before them: stack traces of Java, .NET, Python, Node, Go, Rust, Ruby and PHP."""

import re

_GOES_ON = re.compile(
    rb"(?:\t| {2})\s*\S"
    rb"|Caused by: |Suppressed: |Wrapped by: |\.\.\. \d|at [\w.$<>]{1,200}\(|--- End of |---> "
    rb"|During handling of the above|The above exception was|goroutine \d|created by |\[signal |stack backtrace:"
    rb"|note: run with "
    rb"|\[previous exception|\[stacktrace\]|#\d{1,3} |thread '"
)
_RAISED = re.compile(rb"[A-Za-z_][\w.$]{0,200}(?:: |:?$)")
_GO_CALL = re.compile(rb"[\w./*()\-\[\]{}]{1,300}\([^)]{0,300}\)$|exit status \d|panic: ")
_TYPE = re.compile(rb"(?:Caused by: )?((?:[A-Za-z_]\w{0,80}[.$:]{1,2}){0,12}[A-Z]\w{0,80})(?::|$)")
_TRACEBACK = b"Traceback (most recent call last):"


class Joiner:
    """Follows one file line by line; `goes_on` must be asked for each line that opens no record of its own."""

    def __init__(self) -> None:
        self._python = self._go = False
        self._first: bytes | None = None

    def begin(self, line: bytes) -> None:
        """Most records are one line, so the first line is only looked at when another goes on with it."""
        self._first = line

    def goes_on(self, line: bytes) -> bool:
        if self._first is not None:
            self._python = _TRACEBACK in self._first
            self._go = self._first.startswith((b"panic: ", b"goroutine ", b"fatal error: "))
            self._first = None
        if not line.strip():
            return self._python or self._go
        if line.startswith(b"goroutine "):
            self._go = True
            return True
        if line.startswith(_TRACEBACK):
            was, self._python = self._python, True
            return was
        if _GOES_ON.match(line):
            return True
        if self._python and _RAISED.match(line):
            self._python = False
            return True
        return self._go and _GO_CALL.match(line) is not None


def headline(message: bytes) -> bytes:
    """The first line, and the type that was raised where a trace follows: what the record is grouped by."""
    first, cut, rest = message.partition(b"\n")
    if not cut:
        return message
    raised = _raised(first, rest)
    if first.startswith(_TRACEBACK):
        return raised or first
    return first + b" " + raised if raised and raised not in first else first


def _raised(first: bytes, rest: bytes) -> bytes:
    below = rest.split(b"\n", 200)[:200]
    if first.endswith(_TRACEBACK) or any(line.startswith(_TRACEBACK) for line in below):
        below.reverse()
    found = next((match for line in below if not line[:1].isspace() and (match := _TYPE.match(line))), None)
    return found[1] if found else b""
