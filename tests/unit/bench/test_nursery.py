"""Parsers are born of one process that has loaded what they need; each of them is alone with its evidence."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.unit.bench.examining import examined

from sevline.bench.frames import Frame, receive, send, send_control
from sevline.bench.limits import Limits
from sevline.bench.nursery import LOST, PATIENCE_SECONDS, NotBornError, Nursery, Parser
from sevline.bench.worker import Announced, Job

pytestmark = pytest.mark.slow

ENVIRONMENT = {
    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    "OPENBLAS_NUM_THREADS": "1",
    "_RJEM_MALLOC_CONF": "background_thread:false",
}
LINE = b"2026-03-02 09:00:00 INFO bob@example.com\n"


@pytest.fixture(scope="module")
def house() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.end()


@pytest.fixture
def parser(house: Nursery) -> Iterator[Parser]:
    born = house.born(ENVIRONMENT)
    yield born
    born.kill()
    born.stdin.close()
    born.wait(10)


def mother_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def begin(parser: Parser) -> None:
    """Give it a job and one source, and wait until it says that it reads; then it waits for the next source."""
    send_control(parser.stdin, Job(bytes(32).hex(), None, Limits()))
    send_control(parser.stdin, Announced("app.log"))
    send(parser.stdin, Frame.DATA, LINE)
    send(parser.stdin, Frame.END)
    assert receive(parser.stdout) is not None


def finish(parser: Parser) -> bytes:
    parser.stdin.close()
    said = b""
    while (frame := receive(parser.stdout)) is not None:
        said += frame[1]
    return said


def test_parsers_have_one_mother_of_which_one_thread_is_at_work(house: Nursery, parser: Parser) -> None:
    other = house.born(ENVIRONMENT)
    other.stdin.close()

    mother = mother_of(parser.pid)

    assert mother == mother_of(other.pid) != os.getpid()
    others = [task for task in Path(f"/proc/{mother}/task").iterdir() if task.name != str(mother)]
    assert {state_of(task) for task in others} <= {"S"}
    assert {task.joinpath("comm").read_text().strip() for task in others} == {"polars-ooc-clea"}
    assert other.wait(10) == 0


def state_of(task: Path) -> str:
    return task.joinpath("stat").read_text().rpartition(")")[2].split()[0]


def test_a_parser_shares_no_open_file_with_its_mother_or_with_another_parser(house: Nursery, parser: Parser) -> None:
    mother, other = mother_of(parser.pid), house.born(ENVIRONMENT)
    begin(parser)
    begin(other)

    assert files_of(parser.pid) & files_of(mother) == {"/dev/null"}
    assert files_of(parser.pid) & files_of(other.pid) == {"/dev/null"}
    assert finish(other)


def files_of(pid: int) -> set[str]:
    """What the descriptors of a process lead to; nothing is said of the kernel's own that have no number."""
    found = {str(number.readlink()) for number in Path(f"/proc/{pid}/fd").iterdir()}
    return {file for file in found if not file.startswith("anon_inode:")}


def test_what_a_parser_reads_is_not_in_its_mother(parser: Parser) -> None:
    mother = mother_of(parser.pid)
    begin(parser)

    assert is_in_memory(LINE.strip(), parser.pid)
    assert not is_in_memory(LINE.strip(), mother)
    assert b".redacted.example" in finish(parser)


def is_in_memory(sought: bytes, pid: int) -> bool:
    """Whether it stands in what a process can read and write."""
    regions = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    written = [[int(end, 16) for end in place.split("-")] for place, rights, *_ in regions if rights.startswith("rw")]
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        return any(sought in read_at(memory, begin, end) for begin, end in written)


def read_at(memory: BinaryIO, begin: int, end: int) -> bytes:
    memory.seek(begin)
    return memory.read(end - begin)


def test_a_parser_that_is_killed_says_by_what(parser: Parser) -> None:
    parser.kill()

    assert parser.wait(10) == -signal.SIGKILL
    assert parser.poll() == -signal.SIGKILL


def test_waiting_for_a_parser_that_goes_on_ends_when_its_time_is_over(parser: Parser) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        parser.wait(0.01)
    assert parser.poll() is None


def test_no_signal_goes_to_a_process_that_has_ended(parser: Parser) -> None:
    parser.stdin.close()
    assert parser.wait(10) == 0

    parser.kill()

    assert parser.poll() == 0


def test_after_the_death_of_a_nursery_the_next_parser_comes_from_a_new_one(house: Nursery) -> None:
    orphan = house.born(ENVIRONMENT)
    mother = mother_of(orphan.pid)
    os.kill(mother, signal.SIGKILL)
    orphan.stdin.close()

    child = house.born(ENVIRONMENT)

    assert orphan.wait(10) == LOST
    assert mother_of(child.pid) != mother
    child.stdin.close()
    assert child.wait(10) == 0


@pytest.mark.slow
def test_a_parser_whose_nursery_died_is_still_there_and_can_be_killed(house: Nursery, parser: Parser) -> None:
    begin(parser)
    watch = os.pidfd_open(parser.pid)
    mother = os.pidfd_open(mother_of(parser.pid))
    signal.pidfd_send_signal(mother, signal.SIGKILL)
    assert ended(mother)

    assert parser.poll() is None
    parser.kill()

    assert ended(watch)
    assert parser.wait(10) == LOST


@pytest.mark.slow
def test_a_nursery_that_does_not_answer_is_given_up(house: Nursery, parser: Parser) -> None:
    mother = os.pidfd_open(mother_of(parser.pid))
    signal.pidfd_send_signal(mother, signal.SIGSTOP)
    house.patience = 0.01

    with pytest.raises(NotBornError):
        house.born(ENVIRONMENT)

    house.patience = PATIENCE_SECONDS
    assert ended(mother)


@pytest.mark.slow
def test_a_process_with_many_open_files_has_a_nursery() -> None:
    code = f"""
import os, resource
from sevline.bench.nursery import Nursery
resource.setrlimit(resource.RLIMIT_NOFILE, (2048, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
held = [os.open("/dev/null", os.O_RDONLY) for _ in range(1100)]
house = Nursery()
born = house.born({ENVIRONMENT!r})
born.stdin.close()
print(born.wait(10))
house.end()
"""
    assert said_by(code) == "0"


@pytest.mark.slow
def test_no_file_stays_open_where_there_were_too_many_for_a_parser() -> None:
    code = f"""
import os, resource
from sevline.bench.nursery import Nursery, NotBornError
house = Nursery()
born = house.born({ENVIRONMENT!r})
held = [os.dup(0) for _ in range(20)]
resource.setrlimit(resource.RLIMIT_NOFILE, (held[-1] + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
for _ in range(3):
    os.close(held.pop())
before = len(os.listdir("/proc/self/fd"))
try:
    house.born({ENVIRONMENT!r})
except NotBornError:
    print(len(os.listdir("/proc/self/fd")) - before)
"""
    assert said_by(code) == "-1"  # the socket of the nursery


@pytest.mark.slow
def test_a_process_that_was_forked_while_a_parser_was_being_born_has_a_nursery_of_its_own() -> None:
    code = f"""
import os, signal
from sevline.bench.nursery import nursery
nursery._lock.acquire()
forked = os.fork()
if not forked:
    signal.alarm(60)
    born = nursery.born({ENVIRONMENT!r})
    born.stdin.close()
    print(born.wait(10), flush=True)
    nursery.end()
    os._exit(0)
os.waitpid(forked, 0)
nursery._lock.release()
"""
    assert said_by(code) == "0"


def test_without_a_nursery_a_parser_is_a_fresh_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevline.bench.nursery.COMMAND", "raise SystemExit")

    monkeypatch.setattr("sevline.bench.sandbox.nursery", Nursery())
    examination, _ = examined(("app.log", LINE))

    assert examination.refused == ""
    assert examination.redactions.counts == {"email": 1}


def test_without_descriptors_of_processes_there_is_no_nursery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pidfd_open")

    with pytest.raises(NotBornError):
        Nursery().born(ENVIRONMENT)


def test_a_nursery_ends_with_the_process_that_it_served() -> None:
    code = f"""
import os, signal
from sevline.bench.nursery import Nursery
born = Nursery().born({ENVIRONMENT!r})
print(open(f"/proc/{{born.pid}}/stat").read().rsplit(")", 1)[1].split()[1], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    mother = said_by(code)
    watch = os.pidfd_open(int(mother)) if Path(f"/proc/{mother}").exists() else None

    assert watch is None or ended(watch)


def said_by(code: str) -> str:
    """What a process of its own says that runs this."""
    command, environment = [sys.executable, "-c", code], {**os.environ, **ENVIRONMENT}
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=environment, timeout=100)
    return done.stdout.strip()


def ended(watch: int) -> bool:
    import select

    waiting = select.poll()
    waiting.register(watch, select.POLLIN)
    return bool(waiting.poll(20_000))


def test_a_nursery_in_which_a_thread_is_at_work_is_not_started_again(tmp_path: Path) -> None:
    code = "import sys, threading\nif any('nursery' in word for word in sys.orig_argv):\n"
    spinning = "    threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()\n"
    (tmp_path / "sitecustomize.py").write_text(code + spinning)
    path = os.pathsep.join((str(tmp_path), ENVIRONMENT["PYTHONPATH"]))
    crowded = Nursery()

    with pytest.raises(NotBornError):
        crowded.born({**ENVIRONMENT, "PYTHONPATH": path})
    before = sum(os.times()[2:4])
    with pytest.raises(NotBornError):
        crowded.born({**ENVIRONMENT, "PYTHONPATH": path})

    assert sum(os.times()[2:4]) == before
