import json
from datetime import UTC, datetime

from sevline.core.mining import mine
from sevline.core.mining.changes import changes_since, first_seen_after
from sevline.core.mining.page import as_html
from sevline.core.mining.report import LogReport, as_json, as_text

DATA = b"2026-03-01 10:00:00 ERROR <script>alert(1)</script> \x1b[31mred\n2026-03-01 10:05:00 INFO fine & dandy\n"


def report(data: bytes = DATA, compared: datetime | None = None) -> LogReport:
    state = mine([data], source="<a>.log")
    patterns = state.patterns()
    if compared is None:
        return LogReport(state.sources, patterns, {"ipv4": 2})
    fresh, changes = first_seen_after(patterns, compared), changes_since(patterns, compared)
    return LogReport(state.sources, patterns, {}, compared, changes, fresh)


def test_the_page_escapes_everything_and_has_no_script() -> None:
    page = as_html(report())

    assert "<script" not in page
    assert "&lt;script&gt;alert(0)" in page or "&lt;script&gt;alert(1)" in page
    assert "&lt;a&gt;.log" in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_text_steers_no_terminal() -> None:
    assert "\x1b" not in as_text(report())


def test_the_text_says_what_was_read_and_redacted() -> None:
    text = as_text(report())

    assert "<a>.log: 2 records in 2 lines, 100% read as lines that open with a time." in text
    assert "2 times name no zone and were read as UTC." in text
    assert "Redacted before it is shown: ipv4 2." in text


def test_json_holds_patterns_with_examples() -> None:
    data = json.loads(json.dumps(as_json(report())))

    assert [pattern["count"] for pattern in data["patterns"]] == [1, 1]
    assert data["patterns"][1]["examples"] == [{"source": "<a>.log", "line": 2, "text": "fine & dandy"}]


def test_a_comparison_is_told_in_all_three() -> None:
    compared = datetime(2026, 3, 1, 10, 2, tzinfo=UTC)
    made = report(compared=compared)
    new = as_json(made)["new"]

    assert "1 patterns are first seen at or after 2026-03-01 10:02:00 UTC" in as_text(made)
    assert "Before and after" in as_html(made)
    assert isinstance(new, list)
    assert len(new) == 1


def test_an_empty_log_is_said_to_be_empty() -> None:
    assert "<a>.log: empty, there is nothing to read." in as_text(report(b""))
