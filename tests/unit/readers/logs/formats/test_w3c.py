from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS
from sevline.core.readers.logs.reading import read_log

parse = FORMATS["w3c"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_fields_line_names_the_columns_and_times_are_utc() -> None:
    parse = FORMATS["w3c"].reader(None)
    parse(b"#Fields: date time cs-method cs-uri-stem sc-status")
    found = parse(b"2026-03-01 10:00:00 GET /cart 404")

    assert found is not None
    assert found.stamp == (datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp(), True, True)
    assert (found.level, found.message) == ("WARN", b"GET /cart status not-found")


def test_a_row_before_any_fields_line_is_no_record() -> None:
    assert parse(b"2026-03-01 10:00:00 GET /cart 404") is None


def test_lines_about_the_file_are_no_records() -> None:
    lines = b"#Version: 1.0\n#Fields: date time cs-method cs-uri-stem sc-status\n2026-03-01 10:00:00 GET /cart 404\n"
    reading = read_log([lines])

    assert [record.line_no for record in reading.records] == [3]
    assert (reading.count, reading.parsed) == (1, 1)
