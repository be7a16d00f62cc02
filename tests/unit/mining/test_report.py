import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from sevline.core.mining import mine
from sevline.core.mining.jsonform import json_pieces
from sevline.core.mining.page import html_pieces
from sevline.core.mining.report import LogReport, reported, size_sentence, source_sentences
from sevline.core.mining.showing import Showing
from sevline.core.mining.surfacing.nearby import ChangeKind, KnownChange
from sevline.core.mining.textual import as_text
from sevline.core.redaction import Redactor

DATA = b"2026-03-01 10:00:00 ERROR <script>alert(1)</script> \x1b[31mred\n2026-03-01 10:05:00 INFO fine & dandy\n"
KEY = b"k" * 32


def report(data: bytes = DATA, compared: datetime | None = None, *changes: KnownChange) -> LogReport:
    state = mine([data], source="<a>.log")
    return reported(state.sources, state.patterns(), compared=compared, changes=changes)


def page(made: LogReport) -> str:
    return "".join(html_pieces(made, made.patterns, {"ipv4": 2}))


def found(made: LogReport) -> dict[str, Any]:
    """The JSON as it is read again."""
    read: dict[str, Any] = json.loads("".join(json_pieces(made, made.patterns, {"ipv4": 2})))
    return read


def broken_since(minute: int) -> bytes:
    """Four hours of even traffic; from a minute on, an error each ten seconds."""
    lines = []
    for second in range(0, 4 * 3600, 5):
        at = f"2026-03-01 {10 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        lines.append(f"{at} INFO request {second} served")
        if second >= minute * 60 and second % 10 == 0:
            lines.append(f"{at} ERROR no answer from anna.lind@example.com after {second} ms")
    return "\n".join(lines).encode()


def test_the_page_escapes_everything_and_has_no_script() -> None:
    made = page(report())

    assert "<script" not in made
    assert "&lt;script&gt;alert(0)" in made or "&lt;script&gt;alert(1)" in made
    assert "&lt;a&gt;.log" in made
    assert "default-src 'none'" in made
    assert "http" not in made.replace("http-equiv", "")


def test_the_text_steers_no_terminal() -> None:
    assert "\x1b" not in as_text(report())


def test_the_text_says_what_was_read_and_how_loud_it_is() -> None:
    text = as_text(report())

    assert "<a>.log: 2 records in 2 lines, 100% read as lines that open with a time." in text
    assert "2 times name no zone and were read as UTC." in text
    assert "2 records: 2 patterns, 1 ERROR, 2026-03-01 10:00:00 to 2026-03-01 10:05:00 UTC." in text


def test_no_line_is_wider_than_the_terminal_but_commands_which_are_copied() -> None:
    made = report(broken_since(170), datetime(2026, 3, 1, 12, 50, tzinfo=UTC))

    assert max(len(line) for line in as_text(made, 80).splitlines() if "--recount" not in line) <= 80


def test_what_stands_out_comes_before_the_patterns_with_its_onset_and_the_changes_near_it() -> None:
    moment = datetime(2026, 3, 1, 12, 50, tzinfo=UTC)
    deploy = KnownChange("1", ChangeKind.DEPLOY, "checkout 1.4.2", moment, frozenset({"checkout"}))
    text = as_text(report(broken_since(170), moment, deploy), 80)

    assert text.index("WHAT STANDS OUT, since 2026-03-01 12:50:00 UTC") < text.index("PATTERNS, the loudest first")
    assert "NEW        ERROR  from 2026-03-01 12:50:00 UTC" in text
    assert "Deploy “checkout 1.4.2”" in text
    assert "correlated, not proven" in text


def test_json_holds_patterns_with_examples_and_what_was_redacted() -> None:
    data = found(report())

    assert [pattern["count"] for pattern in data["patterns"]] == [1, 1]
    assert data["patterns"][1]["examples"] == [{"source": "<a>.log", "line": 2, "text": "fine & dandy"}]
    assert str(data["redactions"]) == "{'ipv4': 2}"


def test_json_has_each_card_with_its_test_and_the_query_that_counts_again() -> None:
    card = found(report(broken_since(170), datetime(2026, 3, 1, 12, 50, tzinfo=UTC)))["stands_out"][0]

    assert (card["kind"], card["before"], card["after"]) == ("new", 0, 420)
    assert str(card["query"]).startswith("pattern=")
    assert card["test"]
    assert card["note"]


def test_a_comparison_is_told_in_all_three() -> None:
    made = report(compared=datetime(2026, 3, 1, 10, 2, tzinfo=UTC))

    assert "1 pattern is first seen at or after 2026-03-01 10:02:00 UTC" in as_text(made)
    assert "1 pattern is first seen at or after 2026-03-01 10:02:00 UTC" in page(made)
    assert len(found(made)["new"]) == 1


def test_an_empty_log_is_said_to_be_empty() -> None:
    assert "<a>.log: empty, there is nothing to read." in as_text(report(b""))


def test_patterns_and_cards_are_redacted_some_at_a_time_and_the_places_are_counted() -> None:
    showing = Showing(report(broken_since(170), datetime(2026, 3, 1, 12, 50, tzinfo=UTC)), Redactor(KEY))
    head = showing.head()
    told = "".join(json_pieces(head, showing.patterns(), showing.counts))

    assert "anna.lind" not in told
    assert json.loads(told)["redactions"]["email"] > 0


@pytest.mark.parametrize(
    ("after", "said"),
    [(900, "grew while it was read, from 500 to 900 bytes"), (20, "became shorter while it was read"), (500, "")],
)
def test_a_file_whose_size_changed_while_it_was_read_is_told_with_what_may_be_missing(after: int, said: str) -> None:
    state = mine(BytesIO(b"2026-03-01 10:00:00 INFO request 7 done\n"), source="a.log")

    state.note("a.log", size_sentence(500, after))
    state.note("not read.log", size_sentence(500, after))

    told = " ".join(source_sentences("a.log", state.sources["a.log"]))
    assert list(state.sources) == ["a.log"]
    assert (said in told, "while it was read" in told) == (True, bool(said))


def test_a_log_whose_newest_records_stand_first_says_so_once() -> None:
    lines = [b"2026-03-01T10:%02d:00Z INFO served %d\n" % (minute, minute) for minute in range(30)]
    facts = mine([b"".join(reversed(lines))], source="a.log").sources["a.log"]

    assert source_sentences("a.log", facts)[1:] == ["The newest records stand first."]
