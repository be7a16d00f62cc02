"""Whole logs through the reader: recognise, join, and go on whatever the bytes hold."""

import codecs
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.reading import LogReading, read_log
from sevline.core.readers.logs.record import LogRecord

SAMPLES = Path(__file__).parents[3] / "samples" / "logs"
REAL = Path(__file__).parents[4].parent / "shared" / "samples" / "logs" / "lnav"
REFERENCE = datetime(2026, 3, 2, tzinfo=UTC)


def read(data: bytes, *, format: str | None = None, first_line: int = 1) -> tuple[LogReading, list[LogRecord]]:  # noqa: A002 - the option's own name
    reading = read_log([data], reference=REFERENCE, format=format, first_line=first_line)
    return reading, list(reading.records)


@pytest.mark.parametrize(
    ("name", "form", "records"),
    [
        ("java.log", "java", 4),
        ("python.log", "python_logging", 3),
        ("go.log", "klog", 3),
        ("node.log", "iso", 3),
        ("dotnet.log", "iso", 2),
        ("cri.log", "cri", 4),
        ("mixed.log", "json_lines", 6),
        ("access.log", "access_log", 3),
    ],
)
def test_our_samples_are_recognised_and_traces_are_one_record(name: str, form: str, records: int) -> None:
    reading, found = read((SAMPLES / name).read_bytes())

    assert (reading.detection.format, len(found)) == (form, records)
    assert reading.parsed == records


@pytest.mark.skipif(not REAL.exists(), reason="the third-party log samples are not beside the repository")
@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("logfile_access_log.0", "access_log"),
        ("logfile_cloudflare.json", "json_lines"),
        ("logfile_docker_compose.0", "compose"),
        ("logfile_haproxy.0", "haproxy"),
        ("logfile_java.0", "java"),
        ("logfile_journald.json", "journald"),
        ("logfile_logfmt.0", "logfmt"),
        ("logfile_rust_tracing.0", "json_lines"),
        ("logfile_w3c.0", "w3c"),
    ],
)
def test_real_logs_are_recognised_and_wholly_read(name: str, form: str) -> None:
    reading, found = read((REAL / name).read_bytes())

    assert reading.detection.format == form
    assert reading.parsed == len(found) > 0


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_with_its_mark_is_read(mark: bytes) -> None:
    name = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    data = mark + "2026-03-01 10:00:00 ERROR müde\r\n".encode(name)

    reading, [record] = read(data)

    assert (record.level, record.message.decode()) == ("ERROR", "müde")
    assert reading.lines.encoding == name


def test_an_empty_log_has_no_records() -> None:
    reading, found = read(b"")

    assert (found, reading.count, reading.lines.lines) == ([], 0, 0)


def test_one_line_of_ten_megabytes_is_cut_and_counted() -> None:
    blocks = [b"x" * 1_000_000] * 10 + [b"\nnext\n"]
    reading = read_log(blocks)
    found = [record.message for record in reading.records]

    assert ([len(message) for message in found], found[1]) == ([65536, 4], b"next")
    assert reading.lines.cut == 1


def test_nul_bytes_are_dropped_and_counted() -> None:
    reading, [record] = read(b"\0\0\0ab\0c\n")

    assert (record.message, reading.lines.nul) == (b"abc", 1)


def test_lines_end_with_or_without_a_carriage_return() -> None:
    _, found = read(b"a\r\nb\nc")

    assert [record.message for record in found] == [b"a", b"b", b"c"]


def test_without_times_records_say_so() -> None:
    reading, found = read(b"one\ntwo\n")

    assert [record.at for record in found] == [None, None]
    assert reading.untimed == 2


def test_a_format_can_be_given() -> None:
    reading, [record] = read(b"2026-03-01 10:00:00 ERROR x\n", format="bare")

    assert record.message == b"2026-03-01 10:00:00 ERROR x"
    assert reading.detection.chosen_by == "person"


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"no log format called “nope”.*access_log"):
        read(b"", format="nope")


def test_line_numbers_count_every_line_from_the_first() -> None:
    _, found = read(b"2026-03-01 10:00:00 a\n  at x\n2026-03-01 10:00:01 b\n", first_line=100)

    assert [record.line_no for record in found] == [100, 102]


def test_parts_of_a_message_that_a_runtime_cut_are_one_message() -> None:
    data = b"2026-03-01T10:00:00Z stdout P first, \n2026-03-01T10:00:00Z stdout F second\n"
    _, [record] = read(data)

    assert record.message == b"first, second"


def test_a_trace_of_ten_thousand_lines_is_bounded() -> None:
    reading, [record] = read(b"2026-03-01 10:00:00 ERROR x\n" + b"\tat a.B.c(D.java:1)\n" * 10_000)

    assert len(record.message) <= 65536
    assert reading.joined_cut == 1


def test_a_year_that_some_records_name_is_that_of_the_others_near_them() -> None:
    lines = (
        b"Feb 25 16:19:38 192.0.2.4 haproxy[1]: Proxy front started.\n"
        b"Feb 25 16:19:49 192.0.2.4 haproxy[7]: 198.51.100.7:5332 [25/Feb/2019:16:19:48.143] front~ back/web-1 "
        b'0/0/7/57/87 200 394 - - ---- 2/1/0/0/0 0/0 "GET /cart HTTP/1.1"\n'
    ) * 3
    reading = read_log([lines], reference=datetime(2026, 11, 25, tzinfo=UTC))
    times = [datetime.fromtimestamp(record.at or 0, UTC) for record in reading.records]

    assert {at.year for at in times} == {2019}
    assert times[0] == datetime(2019, 2, 25, 16, 19, 38, tzinfo=UTC)
    assert reading.year_inferred == 3


def test_a_log_of_another_format_behind_the_first_is_read_as_what_it_is() -> None:
    first = [f"2026-03-01 10:00:{n % 60:02} INFO tick {n}" for n in range(300)]
    then = [f'203.0.113.9 - - [01/Mar/2026:10:05:{n % 60:02} +0000] "GET /a/{n} HTTP/1.1" 200 7' for n in range(120)]
    reading = read_log(["\n".join([*first, *then, *first]).encode()])
    records = list(reading.records)

    assert len(records) == 720
    assert dict(reading.by_format) == {"iso": 600, "access_log": 120}
    assert reading.joined == 0


def test_a_long_trace_still_goes_on_with_its_record() -> None:
    trace = [f"    at org.example.Deep.frame{n}(Deep.java:{n})" for n in range(200)]
    lines = [*(f"2026-03-01 10:00:00 ERROR failed {n}" for n in range(5)), *trace, "2026-03-01 10:00:01 INFO on"]
    records = list(read_log(["\n".join(lines).encode()]).records)

    assert len(records) == 6
    assert records[4].message.count(b"\n") == 200
