"""Stack traces of further languages: Elixir and Erlang, Dart, Perl, Lua, Haskell, Swift, C and C++, Clojure.

`headed` looks at one line; the block that it gives takes the lines that follow for as long as they belong to it.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from sevline.core.readers.traceblock import Block

ELIXIR = re.compile(r"\*\* \((?:(?:EXIT|stop|exit)[^)]{0,80}\) )?\(?((?:[A-Z]\w{0,80}\.)*[A-Z]\w{0,80})\) (.{1,1000})$")
ELIXIR_FRAME = re.compile(
    r"^\s{2,8}(?:\((\w{1,60})(?: [^()\s]{1,40})?\) )?([\w./-]{1,200}\.(?:exs?|erl|eex|heex)):(\d{1,7}): (.{1,300})$"
)
ELIXIR_ELSE = re.compile(
    r"^\s{2,8}(?:\(\w[^)]{0,60}\) :?\w|\*\* )|^Last message|^State: |^\s{4,}(?:The following arguments|#|Attempted)"
)
_APPLICATIONS = """elixir stdlib kernel ecto ecto_sql db_connection postgrex phoenix phoenix_live_view plug plug_cowboy
    cowboy bandit oban jason ex_unit mix logger telemetry ranch thousand_island finch mint tesla broadway gen_stage"""
#: Applications of Elixir and Erlang that are nobody's own.
ELIXIR_LIBRARIES = frozenset(_APPLICATIONS.split())
ERLANG = re.compile(
    r"(?:exception (error|exit|throw): |exited with reason: |terminated with reason: |Reason for termination =?=?:?)"
    r"\s*(.{0,1000})$"
)
ERLANG_REASON = re.compile(r"^\s{0,8}(?:\*\* )?\{?'?(\w{1,60})'?[,}\s]?(.{0,1000})$")
ERLANG_FRAME = re.compile(
    r"^\s{2,12}(?:in (?:function|call from) +)?('?[\w@.-]{1,80}'?:'?[\w@?!.-]{1,120}'?/\d{1,3})"
    r"\s+\(([^(),]{1,200}\.erl), line (\d{1,7})\)"
)
ERLANG_TUPLE = re.compile(
    r"\{('?[\w.@-]{1,80}'?),('?[\w@?!.-]{1,120}'?),(?:\d{1,3}|\[[^\]]{0,300}\]),"
    r"\[\{file,\"([^\"]{1,200})\"\},\{line,(\d{1,7})\}"
)
DART = re.compile(r"^(?:Unhandled exception:|.{0,200}\] Unhandled Exception: (.{1,1000}))$")
DART_FRAME = re.compile(
    r"^#\d{1,3}\s{1,8}(.{1,200}?) \(((?:package|dart|file|http|org-dartlang)[^()]{1,250}?):(\d{1,7})(?::\d{1,7})?\)"
)
DART_HEAD = re.compile(r"^([A-Z_]\w{0,80}(?:Exception|Error))?:? ?(.{0,1000})$")
PERL = re.compile(r"^(.{3,500}?) at (\S{1,300}\.(?:pl|pm|t|cgi|psgi)) line (\d{1,7})")
#: What perl itself dies of, and what `die` says without words; `warn` writes lines of the same form.
PERL_DIES = re.compile(
    r"\bCan't (?:call|locate|use|open|connect)|\bDied\b|Undefined subroutine|Illegal division|Not an? \w+ reference"
    r"|Modification of a read-only|Out of memory|Deep recursion|Attempt to reload"
)
PERL_FRAME = re.compile(r"^\s{1,8}([\w:]{1,200})\((.{0,400})\) called at (\S{1,300}) line (\d{1,7})")
LUA = re.compile(r"(\S{1,250}\.lua):(\d{1,7}): (.{1,400})$")
#: What begins the message of an error that nobody caught; programs write their own lines in the same form.
LUA_DIES = re.compile(r"(?:^|\s)lua(?:jit|\d(?:\.\d)?)?: |runtime error: |: attempt to |ERROR: .{0,200}\.lua:")
LUA_FRAME = re.compile(
    r"^\s{1,8}(\S{1,250}\.lua|\[C\]|\[string [^\]]{1,100}\]):(\d{0,7}):? in "
    r"(?:function |field |method |upvalue |local |global )?(.{0,200})$"
)
HASKELL_HEAD = "CallStack (from HasCallStack):"
HASKELL_FRAME = re.compile(r"^\s{1,6}(\w[\w.'$]{0,120}), called at (\S{1,250}\.hs):(\d{1,7}):\d{1,7} in (\S{1,200})")
SWIFT = re.compile(
    r"(\S{1,250}\.swift):(\d{1,7}): (Fatal error|Precondition failed|Assertion failed)(?:: (.{0,400}))?$"
)
SWIFT_OLDER = re.compile(
    r"(Fatal error|Precondition failed|Assertion failed): (.{1,400}): file (\S{1,250}\.swift), line (\d{1,7})$"
)
SWIFT_FRAME = re.compile(
    r"^\d{1,3}\s{1,8}(?:\[ra\] )?(?:(?:0x)?[0-9a-f]{6,16} )?(?:\[ra\] )?(.{1,250}?) (?:in \S{1,120} )?"
    r"at (\S{1,250}\.swift):(\d{1,7})"
)
CPP = re.compile(
    r"terminate called after throwing an instance of '([^']{1,300})'"
    r"|\bERROR: ((?:Address|Thread|Memory|UndefinedBehavior|Leak)Sanitizer): (.{1,400})$"
    r"|Program (?:received|terminated with) signal (SIG\w{2,8}), (.{1,120})$"
)
CPP_WHAT = re.compile(r"^\s{1,6}what\(\):\s+(.{0,1000})$")
CPP_FRAME = re.compile(
    r"^\s{0,8}#\d{1,3}\s{1,4}(?:0x[0-9a-f]{1,16} )?(?:in )?(.{1,250}?)(?: \([^()]{0,400}\))?(?: at)? "
    r"(/?[\w./+-]{1,250}\.(?:c|cc|cpp|cxx|h|hpp|hh|m|mm)):(\d{1,7})"
)
CPP_ELSE = re.compile(r"^\s{0,8}#\d{1,3} |^\s*$|^(?:READ|WRITE) of size|^\[(?:Switching|New|Current) ")
CLOJURE = re.compile(
    r"^(?:Execution error|Syntax error|Error printing return value)(?: \((\w{1,100})\))? .{0,40}?"
    r"at (\S{1,200}) \((\S{1,150}?):(\d{1,7})(?::\d{1,7})?\)\.?$"
)
#: Lines behind the first one within which what is no frame may belong to a trace.
AROUND = 400


@dataclass(slots=True)
class Elixir(Block):
    language: ClassVar[str] = "elixir"

    def takes(self, number: int, line: str) -> bool:
        if frame := ELIXIR_FRAME.match(line):
            library = "/deps/" if frame[1] in ELIXIR_LIBRARIES else ""
            self.add(frame[4], f"{library}{frame[2]}:{frame[3]}", number)
            return True
        return number - self.line < AROUND and line.strip() != "" and bool(ELIXIR_ELSE.match(line))


@dataclass(slots=True)
class Erlang(Block):
    """Frames as `in function`, or as the tuples of a stack on the lines of a reason."""

    language: ClassVar[str] = "erlang"

    def takes(self, number: int, line: str) -> bool:
        if frame := ERLANG_FRAME.match(line):
            self.add(frame[1], f"{frame[2]}:{frame[3]}", number)
            return True
        if not self.message and number - self.line <= 2 and (said := ERLANG_REASON.match(line)):
            self.type, self.message = said[1], line.strip()[:1000]
            self._stacked(number, line)
            return True
        return self._stacked(number, line) or (number - self.line < AROUND and line.startswith("  "))

    def _stacked(self, number: int, line: str) -> bool:
        found = ERLANG_TUPLE.findall(line)
        for module, function, file, at in found:
            self.add(f"{module}:{function}", f"{file}:{at}", number)
        return bool(found)


@dataclass(slots=True)
class Dart(Block):
    language: ClassVar[str] = "dart"

    def takes(self, number: int, line: str) -> bool:
        if frame := DART_FRAME.match(line):
            self.add(frame[1], f"{frame[2]}:{frame[3]}", number)
            return True
        if number == self.line + 1 and not self.message and (said := DART_HEAD.match(line)):
            self.type, self.message = said[1] or "Exception", said[2]
            return True
        return line.startswith("<asynchronous suspension>")


@dataclass(slots=True)
class Perl(Block):
    language: ClassVar[str] = "perl"

    def takes(self, number: int, line: str) -> bool:
        """A frame names a function and where it was called; where it was itself is told by the line before."""
        frame = PERL_FRAME.match(line)
        if frame is None:
            return False
        symbol, place, at = self.frames[-1] if self.frames else ("", "", number)
        if self.frames and not symbol:
            self.frames[-1] = (frame[1], place, at)
        self.add("", f"{frame[3]}:{frame[4]}", number)
        self.is_error = True
        return True


@dataclass(slots=True)
class Lua(Block):
    language: ClassVar[str] = "lua"

    def takes(self, number: int, line: str) -> bool:
        if line.strip() == "stack traceback:":
            self.is_error = True
            return True
        if frame := LUA_FRAME.match(line):
            self.add(frame[3].strip("'<>") or "main chunk", f"{frame[1]}:{frame[2]}" if frame[2] else frame[1], number)
            return True
        return line.startswith(("\tcoroutine ", "coroutine "))


@dataclass(slots=True)
class Haskell(Block):
    language: ClassVar[str] = "haskell"

    def takes(self, number: int, line: str) -> bool:
        if frame := HASKELL_FRAME.match(line):
            self.add(frame[1], f"{frame[2]}:{frame[3]}", number)
            return True
        return False


@dataclass(slots=True)
class Swift(Block):
    language: ClassVar[str] = "swift"

    def takes(self, number: int, line: str) -> bool:
        if frame := SWIFT_FRAME.match(line):
            self.add(frame[1], f"{frame[2]}:{frame[3]}", number)
            return True
        return number - self.line < AROUND and (not line.strip() or line.startswith(("Thread ", "Crash", "***", "💣")))


@dataclass(slots=True)
class Cpp(Block):
    language: ClassVar[str] = "c++"

    def takes(self, number: int, line: str) -> bool:
        if (said := CPP_WHAT.match(line)) and not self.message:
            self.message = said[1]
            return True
        if frame := CPP_FRAME.match(line):
            self.add(frame[1], f"{frame[2]}:{frame[3]}", number)
            return True
        if not self.frames and (signalled := CPP.search(line)) is not None and signalled[4]:
            return True  # the debugger names the signal after the exception that led to it
        return number - self.line < AROUND and bool(CPP_ELSE.match(line))


@dataclass(slots=True)
class Clojure(Block):
    language: ClassVar[str] = "clojure"

    def takes(self, number: int, line: str) -> bool:
        if number == self.line + 1 and line.strip():
            self.message = line.strip()[:1000]
            return True
        return False


def headed(number: int, line: str, before: str = "") -> Block | None:
    """The trace of one of these languages that begins on this line; `before` is the line above it."""
    if line.startswith(HASKELL_HEAD):
        program, _, message = before.partition(": ")
        return Haskell(number, "error", message or program)
    for mark, begin in _BEGIN:
        if mark in line and (block := begin(number, line)) is not None:
            return block
    return None


def _elixir(number: int, line: str) -> Block | None:
    return Elixir(number, head[1], head[2]) if (head := ELIXIR.search(line)) else None


def _erlang(number: int, line: str) -> Block | None:
    head = ERLANG.search(line)
    if head is None:
        return None
    reason = ERLANG_REASON.match(head[2])
    block = Erlang(number, reason[1] if reason else head[1] or "error", head[2])
    for module, function, file, at in ERLANG_TUPLE.findall(line):
        block.add(f"{module}:{function}", f"{file}:{at}", number)
    return block


def _dart(number: int, line: str) -> Block | None:
    head = DART.match(line)
    if head is None:
        return None
    said = DART_HEAD.match(head[1]) if head[1] else None
    return Dart(number, (said[1] or "Exception") if said else "", said[2] if said else "")


def _perl(number: int, line: str) -> Block | None:
    head = PERL.match(line)
    if head is None:
        return None
    dies = PERL_DIES.search(head[1]) is not None
    return Perl(number, "die", head[1], [("", f"{head[2]}:{head[3]}", number)], is_error=dies)


def _lua(number: int, line: str) -> Block | None:
    head = LUA.search(line)
    if head is None:
        return None
    dies = LUA_DIES.search(line) is not None
    return Lua(number, "error", head[3], [("", f"{head[1]}:{head[2]}", number)], is_error=dies)


def _swift(number: int, line: str) -> Block | None:
    if head := SWIFT.search(line):
        return Swift(number, head[3], head[4] or "", [("", f"{head[1]}:{head[2]}", number)])
    if head := SWIFT_OLDER.search(line):
        return Swift(number, head[1], head[2], [("", f"{head[3]}:{head[4]}", number)])
    return None


def _cpp(number: int, line: str) -> Block | None:
    head = CPP.search(line)
    return Cpp(number, head[1] or head[2] or head[4], head[3] or head[5] or "") if head else None


def _clojure(number: int, line: str) -> Block | None:
    head = CLOJURE.match(line)
    return Clojure(number, head[1] or "error", "", [(head[2], f"{head[3]}:{head[4]}", number)]) if head else None


_BEGIN = (
    ("** (", _elixir),
    ("exception ", _erlang),
    ("with reason", _erlang),
    ("Reason for termination", _erlang),
    ("nhandled ", _dart),
    *((f".{ending} line ", _perl) for ending in ("pl", "pm", "t", "cgi", "psgi")),
    (".lua:", _lua),
    (".swift", _swift),
    ("terminate called", _cpp),
    ("Sanitizer: ", _cpp),
    (" signal SIG", _cpp),
    (" error", _clojure),
)
