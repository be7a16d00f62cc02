"""What customers really send: nothing stops the reading, and what is odd about it is noted."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sevline.core.readers.logs.reading import LogReading, read_log
from sevline.core.readers.logs.record import LogRecord
from sevline.core.readers.logs.streams import Inflow, blocks
from sevline.core.readers.sniff import Kind, sniff

REFERENCE = datetime(2026, 3, 2, tzinfo=UTC)
SHARED = Path(__file__).parents[4].parent / "shared" / "samples"


def read(data: bytes, *, zone: ZoneInfo | None = None) -> tuple[LogReading, list[LogRecord]]:
    reading = read_log([data], reference=REFERENCE, zone=zone)
    return reading, list(reading.records)


def test_a_truncated_gz_gives_its_records_up_to_the_cut() -> None:
    packed = gzip.compress(b"".join(b"2026-03-01 10:00:00 INFO n %d\n" % number for number in range(50_000)))
    inflow = Inflow()
    reading = read_log(blocks(io.BytesIO(packed[: len(packed) // 2]), inflow))

    assert len(list(reading.records)) > 10_000
    assert "ends before its end" in inflow.notes[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_from_its_zero_bytes(encoding: str) -> None:
    reading, found = read("2026-03-01 10:00:00 ERROR müde und 疲れた\r\nsecond line of it\r\n".encode(encoding) * 20)

    assert (reading.lines.encoding, reading.lines.guessed) == (encoding, True)
    assert found[0].message.decode() == "müde und 疲れた\nsecond line of it"


def test_nul_bytes_alone_do_not_make_it_utf_16() -> None:
    reading, found = read(b"2026-03-01 10:00:00 ERROR disk\0 full\0\n" * 5 + bytes(300))

    assert (reading.lines.encoding, reading.lines.nul) == ("utf-8", 6)
    assert found[0].message == b"disk full"


def test_formats_mixed_in_one_file_are_each_read() -> None:
    lines = [
        b"2026-03-01T10:00:00Z INFO one",
        b'{"time":"2026-03-01T10:00:01Z","level":"error","msg":"two"}',
        b"<34>1 2026-03-01T10:00:02Z host app 1 - - three",
        b'192.0.2.1 - - [01/Mar/2026:10:00:03 +0000] "GET /x HTTP/1.1" 500 1',
    ]
    reading, found = read(b"\n".join(lines * 10))

    assert (len(found), reading.parsed, reading.untimed) == (40, 40, 0)
    assert set(reading.by_format) == {"iso", "json_lines", "syslog_5424", "access_log"}


def test_a_clock_that_goes_backward_is_counted_with_its_largest_step() -> None:
    reading, found = read(
        b"2026-03-01 10:00:00 INFO a\n2026-03-01 09:58:00 INFO b\n2026-03-01 09:58:01 INFO c\n"
        b"2026-03-01 09:57:31 INFO d\n"
    )

    assert found[0].at == datetime(2026, 3, 1, 10, tzinfo=UTC).timestamp()
    assert (reading.backwards, reading.largest_step_back) == (2, 120.0)


def test_times_later_than_the_log_can_be_are_counted() -> None:
    reading, _ = read(b"2027-03-01 10:00:00 INFO a\n" + b"2026-03-01 09:58:00 INFO b\n" * 4)

    assert reading.ahead == 1


def test_without_times_every_line_is_counted_as_untimed() -> None:
    reading, found = read(b"one thing happened\nanother thing happened\n" * 50)

    assert (reading.untimed, len(found), reading.detection.format) == (100, 100, "plain")


def test_a_line_of_a_megabyte_is_cut_and_the_next_is_read() -> None:
    reading, found = read(b"2026-03-01 10:00:00 INFO " + b"x" * 1_000_000 + b"\n2026-03-01 10:00:01 WARN next\n")

    assert (reading.lines.cut, [record.level for record in found]) == (1, ["INFO", "WARN"])
    assert len(found[0].message) < 70_000


def test_a_json_document_of_one_line_of_megabytes_is_read_event_by_event() -> None:
    event = b'{"_index":"i","_id":"1","_source":{"@timestamp":"2026-03-01T10:00:00Z","message":"m","pad":"%s"}}'
    events = b",".join([event % (b"x" * 500)] * 4000)
    reading, found = read(b'{"hits":{"hits":[' + events + b"]}}")

    assert (reading.detection.format, len(found), reading.parsed) == ("elastic", 4000, 4000)


def test_a_zone_given_by_a_person_places_times_that_name_none() -> None:
    reading, found = read(
        b"2026-07-01 10:00:00 INFO a\n2026-07-01T10:00:00Z INFO b\n", zone=ZoneInfo("Europe/Berlin")
    )  # fmt: skip

    assert [datetime.fromtimestamp(record.at or 0, UTC).hour for record in found] == [8, 10]
    assert reading.zone_unknown == 1


@pytest.mark.skipif(not SHARED.exists(), reason="the third-party samples are not beside the repository")
@pytest.mark.parametrize(
    ("name", "form", "records"),
    [
        ("logs/lnav/logfile_otel_collector.jsonl", "otlp", 11),
        ("logs/lnav/logfile_uwsgi.0", "uwsgi", 19),
        ("traces/opentelemetry-proto/logs.json", "otlp", 1),
    ],
)
def test_real_exports_are_wholly_read(name: str, form: str, records: int) -> None:
    reading, found = read((SHARED / name).read_bytes())

    assert (reading.detection.format, len(found), reading.parsed, reading.untimed) == (form, records, records, 0)


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_lines_that_end_with_cr_alone_are_lines(size: int) -> None:
    data = b"".join(b"2026-03-01 10:00:%02d INFO n %d\r" % (number % 60, number) for number in range(200))
    reading = read_log([data[at : at + size] for at in range(0, len(data), size)], reference=REFERENCE)
    found = list(reading.records)

    assert (len(found), reading.parsed, reading.lines.returns) == (200, 200, True)
    assert (found[99].line_no, found[99].message) == (100, b"n 99")


def test_lf_behind_a_progress_bar_ends_its_line_once() -> None:
    bar = b"".join(b"fetching part %d of 9000\r" % number for number in range(4000))
    reading, _ = read(bar + b"\r\n2026-03-01 10:00:00 ERROR it broke\r\nthe end\r\n")

    assert (reading.lines.returns, reading.lines.lines) == (True, 4003)


def test_cr_within_lines_that_end_with_lf_is_left_alone() -> None:
    reading, found = read(b"2026-03-01 10:00:00 INFO 10 %\r20 %\r30 %\n" * 3)

    assert (len(found), reading.lines.returns) == (3, False)
    assert found[0].message == b"10 %\r20 %\r30 %"


def test_one_cr_is_no_line_end() -> None:
    reading, found = read(b"2026-03-01 10:00:00 INFO 10 %\r")

    assert (len(found), reading.lines.returns) == (1, False)


def test_a_log_with_zeros_in_it_is_text_and_other_files_with_zeros_are_not() -> None:
    lines = b"2026-03-01T10:00:00Z INFO disk\0 full\n" * 40
    found = sniff(lines + bytes(5000) + b"2026-03-01T10:00:01Z ERROR it came back\n")

    assert (found.kind, found.encoding) == (Kind.LOG, "utf-8, with NUL bytes")
    assert (b"\0" in found.data, found.data.count(b"\n")) == (False, 41)
    assert sniff(b"\n".join(b"\0\1\2\3 a row of some table %d" % row for row in range(200))).kind is Kind.BINARY
    assert sniff(bytes(3000) + b"no line ends here").kind is Kind.BINARY


def test_a_text_whose_lines_end_with_cr_alone_is_read_as_lines_everywhere() -> None:
    found = sniff(b"".join(b"2026-03-01T10:00:%02dZ ERROR n %d\r" % (number, number) for number in range(60)))

    assert (found.kind, found.data.count(b"\n"), b"\r" in found.data) == (Kind.LOG, 60, False)


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_lines_that_are_not_utf_8_are_counted_however_the_bytes_are_cut(size: int) -> None:
    data = "2026-03-01 10:00:00 INFO café\n".encode() * 9 + b"caf\xe9\n" * 3 + b"\xff" * 200_000 + b"\nfine\nopen \xc3"
    reading = read_log([data[at : at + size] for at in range(0, len(data), size)], format="plain")

    list(reading.records)

    assert reading.lines.undecoded == 5


def test_a_letter_that_two_blocks_share_is_good() -> None:
    reading = read_log([b"caf\xc3", b"\xa9 " + "é".encode() * 50_000 + b"\xc3", b"\xa9\n"], format="plain")

    list(reading.records)

    assert reading.lines.undecoded == 0
