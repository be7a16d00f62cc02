"""Each limit of the parser process bites. The child runs code of the test's own under the product's confinement."""

import time
from typing import IO

from tests.unit.bench.examining import examined

from sevline.bench.frames import Frame
from sevline.bench.limits import MEBI, Limits
from sevline.bench.sandbox import Child, started

PRELUDE = """
import sys
from sevline.bench.frames import send_control
from sevline.bench.limits import Limits
from sevline.bench.confinement import confine
limits = Limits({limits})
confine(limits)
try:
    {attempt}
    outcome = "allowed"
except BaseException as problem:
    outcome = type(problem).__name__ + ": " + str(problem)
send_control(sys.stdout.buffer, outcome)
"""


def nothing(pipe: IO[bytes]) -> None:
    pipe.flush()


def outcome(attempt: str, limits: str = "") -> str:
    with started(Limits(), nothing, command=PRELUDE.format(attempt=attempt, limits=limits)) as child:
        said = [payload for kind, payload in child.frames() if kind is Frame.CONTROL]
        return said[0].decode() if said else child.why()


def ended(child: Child) -> str:
    for _ in child.frames():
        pass
    return child.why()


FORBIDDEN = [
    "import socket; socket.socket()",
    "import socket; socket.getaddrinfo('example.com', 80)",
    "import subprocess; subprocess.run(['true'])",
    "import os; os.system('true')",
    "import os; os.fork()",
    "import os; os.execv('/bin/true', ['true'])",
    "import os; os.remove('/tmp/sevline-none')",
    "open('/tmp/sevline-written', 'w')",
    "import os; os.open('/tmp/sevline-written', os.O_CREAT | os.O_WRONLY)",
]


def test_network_programs_and_writing_are_refused() -> None:
    attempts = f"""outcome = []
    for attempt in {FORBIDDEN!r}:
        try:
            exec(attempt)
            outcome.append(attempt)
        except PermissionError:
            pass
    raise ValueError(outcome)"""

    assert outcome(attempts) == '"ValueError: []"'


def test_reading_is_allowed_under_the_same_confinement() -> None:
    assert outcome("open('/dev/null')") == '"allowed"'


def test_memory_beyond_the_address_space_is_refused() -> None:
    assert "MemoryError" in outcome("bytearray(900 * 1024 * 1024)", "address_space=512 * 1024 * 1024")


def test_more_open_files_than_allowed_are_refused() -> None:
    assert "Too many open files" in outcome("kept = [open('/dev/null') for _ in range(50)]", "open_files=20")


def test_a_file_cannot_grow_even_through_a_descriptor_opened_before() -> None:
    command = """
import os, tempfile
from sevline.bench.confinement import confine
from sevline.bench.limits import Limits
target = tempfile.TemporaryFile()
confine(Limits())
os.write(target.fileno(), b"x")
"""
    with started(Limits(), nothing, command=command) as child:
        assert "write a file" in ended(child) or "without a result" in ended(child)
        assert child.process.returncode != 0


def test_processor_time_is_limited() -> None:
    assert "processor time" in outcome("\n    while True: pass", "cpu_seconds=1")


def test_resident_memory_is_watched_from_outside() -> None:
    with started(
        Limits(resident=150 * MEBI), nothing, command="kept = bytearray(b'x') * 400_000_000; input()"
    ) as child:
        assert ended(child) == "Reading it took more than 150 MB of memory."


def test_wall_time_is_watched_from_outside() -> None:
    begun = time.monotonic()
    with started(Limits(wall_seconds=0.5), nothing, command="import time; time.sleep(30)") as child:
        assert "more than 0 s" in ended(child)
    assert time.monotonic() - begun < 10


def test_an_examination_that_runs_into_a_limit_says_so() -> None:
    block = b"2026-03-02 INFO a\n" * 50_000  # one is read in any case, and takes longer than the limit

    examination, _ = examined(("app.log", block), limits=Limits(wall_seconds=0.05))

    assert "was stopped" in examination.refused
    assert examination.findings == ()


def test_the_child_is_gone_when_the_parent_stops_listening() -> None:
    with started(Limits(), nothing, command="import time; time.sleep(30)") as child:
        pass

    assert child.process.returncode is not None
