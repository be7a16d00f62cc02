"""`sevline follow` draws the way of one request."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sevline.cli import build
from sevline.core.lifecycle import Refused

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CALLS = (  # service, seconds by its own clock, span, parent, level
    ("gateway", 0.0, "a", "", "info"),
    ("orders", 0.1, "b", "a", "info"),
    ("payments", -1.7, "c", "b", "error"),
    ("ledger", 0.3, "d", "c", "info"),
)


def logs(folder: Path) -> list[str]:
    """One JSON log a service; the clock of payments is nearly two seconds behind."""
    for service, seconds, span, parent, level in CALLS:
        line = {
            "time": (START + timedelta(seconds=seconds)).isoformat(),
            "level": level,
            "service": service,
            "msg": f"{service} handled it for kim@example.com",
            "request_id": "r-7",
            "span_id": span,
            "parent_id": parent,
        }
        other = {**line, "request_id": "r-8", "msg": "somebody else's"}
        (folder / f"{service}.log").write_text(json.dumps(line) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    return [str(folder / f"{service}.log") for service, *_ in reversed(CALLS)]


@pytest.mark.requirement("R-068")
def test_an_id_in_four_services_opens_as_four_hops_causes_first_and_the_skew_is_shown(tmp_path: Path) -> None:
    answer = CliRunner().invoke(build(), ["follow", "r-7", *logs(tmp_path)])
    hops = [line.split()[1] for line in answer.stdout.splitlines() if line[:1].isdigit() and line[1:2] == "."]

    assert answer.stdout.startswith("4 hops, ordered by who called whom")
    assert hops == ["gateway", "orders", "payments", "ledger"]
    assert [line.split()[1] for line in answer.stdout.splitlines() if "FAILED HERE" in line] == ["payments"]
    assert "The clock of payments is at least 1.8 s behind its caller's; tolerated." in answer.stdout


def test_what_is_shown_is_redacted_and_only_of_that_request(tmp_path: Path) -> None:
    answer = CliRunner().invoke(build(), ["follow", "r-7", *logs(tmp_path)])

    assert "kim@example.com" not in answer.stdout
    assert "somebody else" not in answer.stdout


def test_an_id_that_no_record_names_is_said(tmp_path: Path) -> None:
    answer = CliRunner().invoke(build(), ["follow", "nobody", *logs(tmp_path)])

    assert isinstance(answer.exception, Refused)
