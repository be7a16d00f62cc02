"""Stack traces that their first line gives away: PHP, Ruby and Rust here, more in `headedtraces`.

`begun` looks at one line; the block that it gives takes the lines that follow for as long as they belong to it.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from sevline.core.readers.headedtraces import headed
from sevline.core.readers.traceblock import Block

PHP_UNCAUGHT = re.compile(r"Uncaught ([\w\\]{1,200})(?:: (.{0,1000}?))? in (\S{1,300}):(\d{1,7})$")
PHP_LOGGED = re.compile(r"\[object\] \(([\w\\]{1,200})\(code: [^)]{1,40}\): (.{0,1000}) at (\S{1,300}):(\d{1,7})\)$")
PHP_NEXT = re.compile(r"^Next ([\w\\]{1,200})(?:: (.{0,1000}?))? in (\S{1,300}):(\d{1,7})$")
PHP_FRAME = re.compile(r"^#\d{1,3} (?:(\S{1,300})\((\d{1,7})\)|\[internal function\]): ([^(]{1,300})\(")
PHP_ELSE = re.compile(r"^(?:(?:PHP )?Stack trace:|\[stacktrace\]|#\d{1,3} \{main\}|\s+thrown in \S|\s*$)")
RUBY_RAISED = re.compile(
    r"(?:^|\s)(\S{1,300}\.(?:rb|rake|ru|erb)):(\d{1,7}):in [`']([^']{1,200})': (.{0,1000}) \(([A-Z]\w*(?:::\w+)*)\)$"
)
RUBY_LOGGED = re.compile(r"(?:^|[\s\]])([A-Z]\w*(?:::[A-Z]\w*)*) \((.{0,1000})\):$")
RUBY_LOGGER = re.compile(r"^(?:[A-Z], \[[^\]]{1,60}\] +[A-Z]{4,5} -- [^:]{0,60}: ?)?(?:\[[\w-]{1,64}\] ?)?")
RUBY_FRAME = re.compile(r"^\s*(?:from )?([^\s:]{1,300}):(\d{1,7}):in [`']([^']{1,200})'")
RUST_PANIC = re.compile(
    r"thread '([^']{0,100})'(?: \(\d{1,12}\))? panicked at (?:'(.{0,1000})', )?(\S{1,300}\.rs):(\d{1,7}):\d{1,7}:?$"
)
RUST_NAME = re.compile(r"^\s{1,6}\d{1,4}: (?:0x[0-9a-f]{1,16} - )?(\S.{0,299})$")
RUST_PLACE = re.compile(r"^\s{4,24}at (\S{1,300}?):(\d{1,7})(?::\d{1,7})?$")


@dataclass(slots=True)
class Php(Block):
    """A frame names a function and where it was called; where that function was is told by the line before."""

    language: ClassVar[str] = "php"

    place: str = ""
    inner: tuple[str, str, int] | None = None

    def takes(self, number: int, line: str) -> bool:
        if frame := PHP_FRAME.match(line):
            if self.inner is None:
                self.add(frame[3], self.place, number)
                self.place = f"{frame[1]}:{frame[2]}" if frame[1] else "[internal function]"
            return True
        if outer := PHP_NEXT.match(line):
            # PHP tells the innermost first; the one told last wraps them all.
            self.inner = self.inner or (self.type, self.message, self.line)
            self.causes.insert(0, (self.type, self.message, self.line))
            self.type, self.message, self.line = outer[1], outer[2] or "", number
            return True
        return bool(PHP_ELSE.match(line))


@dataclass(slots=True)
class Ruby(Block):
    language: ClassVar[str] = "ruby"

    def takes(self, number: int, line: str) -> bool:
        line = RUBY_LOGGER.sub("", line, count=1)
        if frame := RUBY_FRAME.match(line):
            self.add(frame[3], f"{frame[1]}:{frame[2]}", number)
            return True
        # Rails leaves one line free between the message and the frames, and its logger heads each line.
        return not self.frames and not line.strip() and number - self.line <= 2


@dataclass(slots=True)
class Rust(Block):
    language: ClassVar[str] = "rust"

    name: tuple[str, int] = ("", 0)

    def takes(self, number: int, line: str) -> bool:
        if not self.message and number == self.line + 1:
            self.message = line.strip()[:1000]
            return True
        if place := RUST_PLACE.match(line):
            self._named(f"{place[1]}:{place[2]}")
            return True
        if named := RUST_NAME.match(line):
            self.name = (named[1], number)
            return True
        return line.startswith(("stack backtrace:", "note: "))

    def _named(self, place: str) -> None:
        """The place of the panic, told without its function at first, is one of the frames."""
        (symbol, number), self.name = self.name, ("", 0)
        if symbol and place.removeprefix("./") == self.frames[0][1].removeprefix("./"):
            self.frames[0] = (symbol, place, number)
        elif symbol:
            self.add(symbol, place, number)


def begun(number: int, line: str, before: str = "") -> Block | None:
    """The trace that begins on this line; `before` is the line above it."""
    if "Uncaught " in line or "[object] (" in line:
        return _php(number, line)
    if "panicked at " in line:
        return _rust(number, line)
    return headed(number, line, before) or (_ruby(number, line) if line.endswith((")", ":")) else None)


def _php(number: int, line: str) -> Php | None:
    head = PHP_UNCAUGHT.search(line) or PHP_LOGGED.search(line)
    return Php(number, head[1], head[2] or "", place=f"{head[3]}:{head[4]}") if head else None


def _rust(number: int, line: str) -> Rust | None:
    head = RUST_PANIC.search(line)
    return Rust(number, "panic", head[2] or "", [("", f"{head[3]}:{head[4]}", number)]) if head else None


def _ruby(number: int, line: str) -> Ruby | None:
    if ":in " in line and (head := RUBY_RAISED.search(line)):
        return Ruby(number, head[5], head[4], [(head[3], f"{head[1]}:{head[2]}", number)])
    if (head := RUBY_LOGGED.search(line)) and head[1] != "Traceback":
        return Ruby(number, head[1], head[2])
    return None
