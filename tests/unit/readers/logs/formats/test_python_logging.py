from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["python_logging"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_the_usual_format_is_read() -> None:
    found = parse(b"2026-03-01 10:00:00,123 - app.db - CRITICAL - no answer")

    assert found is not None
    assert (found.level, found.service, found.message) == ("FATAL", "app.db", b"no answer")


def test_the_basic_format_has_no_time() -> None:
    found = parse(b"WARNING:root:no answer")

    assert found is not None
    assert (found.stamp, found.level, found.service) == (None, "WARN", "root")
