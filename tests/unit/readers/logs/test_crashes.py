"""What a runtime writes between the records of a log, when a program or a thread of it ends, is a record of its own."""

import pytest

from sevline.core.mining import mine
from sevline.core.readers.logs.reading import read_log
from sevline.core.readers.logs.traces import UNTIMED_CRASH

INFO = b"2026-03-01T10:00:00Z INFO served 1\n"
LATER = b"2026-03-01T10:00:05Z INFO served 2\n"
CRASHES = {
    "go": (b"panic: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:9 +0x25\n", "FATAL"),
    "go runtime": (b"fatal error: all goroutines are asleep\n\ngoroutine 1 [chan receive]:\nmain.main()\n", "FATAL"),
    "rust": (b"thread 'main' panicked at src/main.rs:4:5:\nboom\nstack backtrace:\n   0: std::x\n", "ERROR"),
    "rust with an id": (b"thread 'main' (4711) panicked at src/main.rs:4:5:\nboom\n", "ERROR"),
    "java": (b'Exception in thread "main" java.lang.Error: x\n\tat a.B.c(D.java:1)\n', "ERROR"),
    "dotnet": (b"Unhandled exception. System.Exception: x\n   at A.B.C() in /src/A.cs:line 3\n", "FATAL"),
    "php": (b"PHP Fatal error:  Uncaught E: x in /a.php:1\nStack trace:\n#0 {main}\n", "FATAL"),
    "python": (b'Traceback (most recent call last):\n  File "/a.py", line 1, in f\nValueError: x\n', "ERROR"),
    "c++": (b"terminate called after throwing an instance of 'std::bad_alloc'\n  what():  x\n", "FATAL"),
}


@pytest.mark.parametrize(("text", "level"), CRASHES.values(), ids=CRASHES.keys())
def test_a_crash_is_a_record_of_its_own_at_the_time_of_the_one_before_it(text: bytes, level: str) -> None:
    reading = read_log([INFO + text + LATER])
    before, crash, after = reading.records

    assert before.message == b"served 1"
    assert (crash.level, crash.at, crash.line_no) == (level, before.at, 2)
    assert crash.message.split(b"\n") == [line for line in text.split(b"\n") if line]
    assert after.message == b"served 2"
    assert reading.lines.notes == [UNTIMED_CRASH]


@pytest.mark.parametrize("text", [text for text, _ in CRASHES.values()], ids=CRASHES.keys())
def test_a_crash_is_found_in_bulk_too(text: bytes) -> None:
    data = INFO * 300 + text + LATER

    assert [(one.template, one.count) for one in mine([data], in_bulk=True).patterns()] == [
        (one.template, one.count) for one in mine([data], in_bulk=False).patterns()
    ]


def test_a_traceback_below_an_error_belongs_to_it() -> None:
    data = b"2026-03-01T10:00:00Z ERROR failed\n" + CRASHES["python"][0] + LATER

    assert len(list(read_log([data]).records)) == 2


def test_a_panic_while_another_is_told_is_one_record() -> None:
    data = INFO + b"panic: one\n\npanic: two\n\ngoroutine 1 [running]:\nmain.main()\n" + LATER

    assert len(list(read_log([data]).records)) == 3


@pytest.mark.parametrize(
    "line", [b"panicking is no use", b"Uncaughtable", b"thread 'main' is idle", b"fatal errors: 0"]
)
def test_other_words_are_no_crash(line: bytes) -> None:
    first, _ = read_log([INFO + line + b"\n" + LATER]).records

    assert first.message == b"served 1\n" + line


def test_the_trace_of_a_container_is_one_record_with_its_error() -> None:
    lines = (
        b"2026-03-01 10:00:00,123 ERROR [main] org.example.Pay - failed",
        b"java.lang.IllegalStateException: exhausted",
        b"\tat org.example.Pay.charge(Pay.java:77)",
        b"2026-03-01 10:00:01,123 INFO  [main] org.example.Pay - done",
    )
    data = b"".join(b"2026-03-01T10:00:00.%dZ stderr F %b\n" % line for line in enumerate(lines))

    failed, done = read_log([data]).records

    assert (failed.level, failed.message.count(b"\n"), done.message) == ("ERROR", 2, b"done")


@pytest.mark.parametrize("in_bulk", [True, False])
@pytest.mark.parametrize(
    "header",
    [b"2026-03-01T10:00:00.1Z stdout F ", b"2026-03-01T10:00:00Z host app[7]: ", b"Mar  1 10:00:00 host app[7]: "],
)
def test_the_level_that_a_message_behind_a_collectors_header_opens_with_is_read(header: bytes, in_bulk: bool) -> None:
    texts = (b"ERROR lost 1", b"[WARN] slow 2", b"FATAL: gone 3", b"ERRORS 4 found", b"I am fine 5", b"POST sent 6")

    found = mine([b"".join(header + text + b"\n" for text in texts)], in_bulk=in_bulk).patterns()

    assert {level: count for one in found for level, count in one.levels.items()} == {"ERROR": 1, "WARN": 1, "FATAL": 1}


@pytest.mark.parametrize("in_bulk", [True, False])
def test_a_trace_whose_lines_syslog_sent_one_by_one_is_one_record(in_bulk: bool) -> None:
    trace = (
        b"ERROR payment failed",
        b"java.lang.IllegalStateException: exhausted",
        b"#011at org.example.Pay.charge(Pay.java:77)",
        b"#011#011... 3 more",
    )
    lines = [(7, b"up"), *((7, text) for text in trace), (7, b"INFO done")] * 3
    data = b"".join(b"Mar  1 10:00:00 host app[%d]: %b\n" % line for line in lines)

    found = {one.template: one.count for one in mine([data], in_bulk=in_bulk).patterns()}

    assert found["ERROR payment failed java.lang.IllegalStateException#org.example.Pay.charge"] == 3
    assert (found["up"], found["INFO done"], sum(found.values())) == (3, 3, 9)


def test_a_message_that_begins_below_the_tags_of_its_header_is_read_there() -> None:
    data = (
        b"F, [2026-03-01T10:00:00.500000 #7] FATAL -- : [req-1]   \n"
        b"[req-1] NoMethodError (undefined method `x'):\n[req-1]   \n[req-1] app/models/cart.rb:12:in `total'\n"
        b"I, [2026-03-01T10:00:01.500000 #7]  INFO -- : [1, 2]\n  and 3\n"
    )
    failed, listed = read_log([data], format="ruby_logger").records

    assert failed.message.startswith(b"[req-1] NoMethodError (undefined method `x'):\n")
    assert listed.message == b"[1, 2]\n  and 3"
