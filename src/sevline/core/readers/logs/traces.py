"""Which lines go on with the record before them: stack traces of Java, .NET, Python, Node, Go, Rust, Ruby and PHP.

A record with a trace is grouped by what was raised and by the frame of the program's own code nearest to the throw.
"""

import re

_GOES_ON = re.compile(
    rb"(?:\t| {2})\s*\S"
    rb"|Caused by: |Suppressed: |Wrapped by: |\.\.\. \d|at [\w.$<>]{1,200}\(|--- End of |---> "
    rb"|During handling of the above|The above exception was|goroutine \d|created by |\[signal |stack backtrace:"
    rb"|note: run with "
    rb"|\[previous exception|\[stacktrace\]|#\d{1,3} |from [^\s:]{1,300}:\d{1,7}:in "
)
_RAISED = re.compile(rb"[A-Za-z_][\w.$]{0,200}(?:: |:?$)")
_GO_CALL = re.compile(rb"[\w./*()\-\[\]{}]{1,300}\([^)]{0,300}\)$|exit status \d|panic: ")
_TYPE = re.compile(rb"(?:Caused by: )?((?:[A-Za-z_]\w{0,80}[.$:]{1,2}){0,12}[A-Z]\w{0,80})(?::|$)")
TRACEBACK = b"Traceback (most recent call last):"

_CRASH = re.compile(
    rb"(panic: |fatal error: |Unhandled [Ee]xception[.:] |(?:PHP )?Fatal error: {1,2}|Uncaught [\w.$]{1,200}"
    rb"|terminate called after throwing )|thread '[^'\n]{0,200}' (?:\(\d{1,20}\) )?panicked at |Exception in thread \""
)
_THROWN = re.compile(rb"(?:[A-Za-z_$][\w$]{0,80}\.){1,12}[A-Z][\w$]{0,80}(?:Exception|Error)(?:: |:?$)")
UNTIMED_CRASH = "A crash that names no time was given that of the record before it."


def crash_level(line: bytes) -> str | None:
    """The level of a line with which a runtime, not a logger, tells that the program or a thread of it ends: FATAL or
    ERROR; None for any other line."""
    found = _CRASH.match(line)
    return None if found is None else "FATAL" if found[1] else "ERROR"


def is_thrown(line: bytes) -> bool:
    """Whether a line opens with the full name of an exception, as the first line of a trace does below a message."""
    return _THROWN.match(line) is not None


def may_go_on(message: bytes) -> bool:
    """Whether a message with a header of its own may be a line of a trace, or the name of what was raised above it."""
    return _GOES_ON.match(message) is not None or is_thrown(message)


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
            self._python = TRACEBACK in self._first
            self._go = self._first.startswith((b"panic: ", b"goroutine ", b"fatal error: "))
            self._first = None
        if not line.strip():
            return self._python or self._go
        if line.startswith(b"goroutine "):
            self._go = True
            return True
        if line.startswith(TRACEBACK):
            was, self._python = self._python, True
            return was
        if _GOES_ON.match(line):
            return True
        if self._python and _RAISED.match(line):
            self._python = False
            return True
        return self._go and _GO_CALL.match(line) is not None


def headline(message: bytes) -> bytes:
    """The first line, then what was raised and in which own frame, as one word: what the record is grouped by."""
    first, told = headed(message)
    return first + b" " + told if told else first


def headed(message: bytes) -> tuple[bytes, bytes]:
    """The first line; what was raised and in which own frame, or nothing.

    The sign between them is no `@`, so that a type and its frame cannot be taken for an e-mail address.
    """
    first, cut, rest = message.partition(b"\n")
    if not cut:
        return message, b""
    below = rest.split(b"\n", _LOOKED_AT)[:_LOOKED_AT]
    if all(line.startswith(_INDENT) for line in below):
        below = [line[len(_INDENT) :] for line in below]
    raised, frame = _raised(first, below), own_frame(first, below)
    place = b"#" + frame if frame else b""
    if frame and not raised and (ruby := _RUBY_TYPE.search(first)):
        return first, ruby[1] + place
    if first.startswith(TRACEBACK):
        return raised + place or first, b""
    return first, place if raised in first else raised + place


def _raised(first: bytes, below: list[bytes]) -> bytes:
    last_first = first.endswith(TRACEBACK) or any(line.startswith(TRACEBACK) for line in below)
    ordered = reversed(below) if last_first else below
    found = next((match for line in ordered if not line[:1].isspace() and (match := _TYPE.match(line))), None)
    return found[1] if found else b""


def own_frame(first: bytes, below: list[bytes]) -> bytes:
    """Function or file of the frame that the program's own authors wrote, nearest to the throw; empty if there is none.

    Line numbers are left out: the same fault is the same after a release.
    """
    last_cause = max((number for number, line in enumerate(below) if line.startswith(_CAUSED)), default=0)
    frames = [(number, frame) for number, line in enumerate(below) if (frame := _frame(line, below, number))]
    own = [(number, frame) for number, frame in frames if not _LIBRARY.search(frame)]
    if first.endswith(TRACEBACK) or any(line.startswith(TRACEBACK) for line in below):
        return own[-1][1] if own else b""
    own = _built_with_it(own, below) or own
    near = next((frame for number, frame in own if number >= last_cause), b"")
    return near or (own[0][1] if own else b"")


def _built_with_it(frames: list[tuple[int, bytes]], below: list[bytes]) -> list[tuple[int, bytes]]:
    return [(number, frame) for number, frame in frames if _DOTNET_PLACE.search(below[number])]


def _placed_frame(line: bytes, below: list[bytes], number: int) -> tuple[bytes, bytes] | None:
    """File and name where the file tells whether the code is the program's own; Go names the function a line before."""
    if python := _PYTHON_FRAME.match(line):
        return python[1], python[1].rpartition(b"/")[2] + b":" + (python[2] or b"")
    if (go := _GO_PLACE.match(line)) and number:
        return go[1], below[number - 1].strip().rpartition(b"(")[0]
    if node := _NODE_FRAME.match(line):
        return node[2], node[1] or node[2].rpartition(b"/")[2]
    return None


def _frame(line: bytes, below: list[bytes], number: int) -> bytes:
    """What one line of a trace names: `package.Class.method`, or the file where a function alone says too little."""
    if (placed := _placed_frame(line, below, number)) is not None:
        place, name = placed
        return b"" if _LIBRARY.search(place) else name
    if (rust := _RUST_NAME.match(line)) and number + 1 < len(below) and b" at ./" in below[number + 1]:
        return rust[1]
    found = _AT_FRAME.match(line) or _PHP_FRAME.match(line) or _RUBY_FRAME.match(line)
    return found[1] if found else b""


_LOOKED_AT = 200
_CAUSED = (b"Caused by: ", b" ---> ")
_AT_FRAME = re.compile(rb"\s{0,12}at ([\w.$<>/`@+\[\]]{1,300})\(")
_NODE_FRAME = re.compile(
    rb"\s{1,12}at (?:(?:async |new )?([\w.$<>\[\] ]{1,200}) \()?((?:/|file:|node:|[A-Z]:)[^\s()]{1,300}?):\d"
)
_PYTHON_FRAME = re.compile(rb'\s{1,12}File "([^"]{1,300})", line \d{1,7}(?:, in ([\w<>.]{1,200}))?')
_GO_PLACE = re.compile(rb"\t(/[^\s:]{1,300}\.go):\d")
_RUST_NAME = re.compile(rb"\s{1,6}\d{1,4}: (?:0x[0-9a-f]{1,16} - )?([\w:<>{}&; ]{1,200})$")
_PHP_FRAME = re.compile(rb"#\d{1,3} [^\s(]{1,300}\(\d{1,7}\): ([\w\\>:{}\-]{1,200})\(")
_RUBY_FRAME = re.compile(rb"(?:\s{1,12})?(?:from )?(?:\[[^\]\s]{1,80}\] )?([^\s:]{1,300}):\d{1,7}:in [`'\"]")
_RUBY_TYPE = re.compile(rb"\(([A-Z]\w{0,80}(?:::\w{1,80}){0,8})\)$")
_DOTNET_PLACE = re.compile(rb"\) in [^\n]{1,400}:line \d")
"""The frame's source is known to the runtime: it was built with the program."""

_INDENT = b"      "
"""What the console logger of .NET sets before every line of a record."""

_LIBRARY = re.compile(
    rb"^(?:java\.|javax\.|jakarta\.|jdk\.|sun\.|com\.sun\.|kotlin\.|scala\.|org\.springframework\.|org\.apache\."
    rb"|org\.hibernate\.|org\.eclipse\.|com\.zaxxer\.|com\.fasterxml\.|com\.google\.common\.|org\.postgresql\."
    rb"|com\.mysql\.|io\.netty\.|reactor\.|ch\.qos\.|org\.slf4j\.|System\.|Microsoft\."
    rb"|(?:Npgsql|Serilog|Newtonsoft|Dapper|StackExchange|Grpc|MySql|MassTransit)\."
    rb"|io\.(?:grpc|lettuce|undertow|vert[x]|quarkus|micrometer|reactivex)\.|okhttp3\.|retrofit2\.|feign\."
    rb"|org\.(?:jboss|wildfly|glassfish|junit)\.|oracle\.|com\.amazonaws\.|software\.amazon\.|com\.microsoft\."
    rb"|akka\.|zio\.|Doctrine\\|GuzzleHttp\\|PDO\b|node:|runtime\.|net/http\."
    rb"|core::|std::|alloc::|tokio::|Illuminate\\|Symfony\\)"
    rb"|site-packages/|dist-packages/|node_modules/|/lib/python|/usr/local/go/|/go/pkg/mod/|/gems/|/vendor/|/rustc/"
)
