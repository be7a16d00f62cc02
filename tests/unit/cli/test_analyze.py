import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sevline.bench.apart import NOT_SHOWN, UNEXPECTED
from sevline.bench.examination import Examination
from sevline.cli import analyze as analyze_module
from sevline.cli import build
from sevline.core.checks import every_check
from sevline.core.lifecycle import Refused
from tests.evidence import SAMPLES

FAULTS = SAMPLES / "har" / "faults.har"
SAML = SAMPLES / "saml"


def analyze(*arguments: object) -> Result:
    return CliRunner().invoke(build(), ["analyze", *map(str, arguments)])


def test_the_json_report_has_the_agreed_keys() -> None:
    report = json.loads(analyze(FAULTS, "--format", "json").stdout)

    assert {"artifacts", "redactions", "patterns", "findings", "missing"} <= set(report)
    failing = next(finding for finding in report["findings"] if finding["check_id"] == "API09")
    assert {"check_id", "state", "title", "side", "confidence", "evidence", "next_step"} <= set(failing)
    assert set(failing["evidence"][0]) == {"artifact", "locator", "excerpt", "observed", "expected"}


def test_every_injected_fault_of_the_sample_is_found_at_its_entry() -> None:
    report = json.loads(analyze(FAULTS, "--format", "json").stdout)

    failing = [
        (finding["check_id"], finding["evidence"][0]["locator"])
        for finding in report["findings"]
        if finding["state"] == "FAIL"
    ]
    assert failing == [
        ("API03", "/log/entries/1/response/status"),
        ("API04", "/log/entries/2/response/status"),
        ("API09", "/log/entries/3/response/status"),
        ("API11", "/log/entries/5/response/status"),
        ("API12", "/log/entries/6/response/status"),
        ("API12", "/log/entries/7/response/status"),
        ("GQL01", "/log/entries/8/response/content/text"),
    ]


def test_a_healthy_sample_has_no_failure() -> None:
    assert analyze(SAMPLES / "har" / "healthy.har", "--fail-on", "warn").exit_code == 0


def test_a_folder_is_read_together() -> None:
    result = analyze(SAML, "--at", "2026-03-02T09:00:00Z")

    assert "FAIL  SAML06" in result.stdout
    assert "only the slash at the end differs" in result.stdout
    assert "PASS  SAML12" in result.stdout


def test_an_archive_is_read_like_a_folder() -> None:
    result = analyze(SAMPLES / "bundles" / "support.tar.gz")

    assert "support.tar/support/access.log: access_log" in result.stdout
    assert "It is a link, which is never followed." in result.stdout
    assert "API12" in result.stdout
    assert "OBS14" in result.stdout


@pytest.mark.parametrize(("level", "code"), [("fail", 1), ("warn", 1)])
def test_fail_on_ends_with_1_when_it_is_met(level: str, code: int) -> None:
    assert analyze(FAULTS, "--fail-on", level).exit_code == code


def test_fail_on_ends_with_1_where_a_check_or_a_reader_erred(monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = SAMPLES / "har" / "healthy.har"
    examined = analyze_module._examined

    def with_note(note: str) -> Result:
        def erring(*asked: Any) -> Examination:
            examination = examined(*asked)
            examination.redactions.not_looked_at.append(note)
            return examination

        monkeypatch.setattr(analyze_module, "_examined", erring)
        return analyze(healthy, "--fail-on", "fail")

    assert [with_note(note).exit_code for note in (f"a: {UNEXPECTED}", f"b: {NOT_SHOWN}", "c: it is empty")] == [
        1,
        1,
        0,
    ]


def test_fail_on_ends_with_1_where_a_check_says_that_it_erred(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = every_check()["API03"].erred()
    monkeypatch.setattr(analyze_module, "_examined", lambda *_: Examination("", findings=(finding,)))

    asked, plain = analyze(FAULTS, "--fail-on", "fail"), analyze(FAULTS)

    assert (asked.exit_code, plain.exit_code) == (1, 0)
    assert "met a form that it does not know" in asked.stderr


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_each_written_form_names_the_failing_checks(form: str) -> None:
    result = analyze(FAULTS, "--format", form)

    assert result.exit_code == 0
    assert "API09" in result.stdout


@pytest.mark.parametrize("arguments", [("--at", "yesterday"), ("--as", "picture=x"), ("--format", "pdf")])
def test_wrong_usage_ends_with_2(arguments: tuple[str, str]) -> None:
    assert analyze(FAULTS, *arguments).exit_code == 2


def test_a_path_that_is_not_there_is_refused_in_one_sentence() -> None:
    result = analyze("/nowhere/app.log")

    assert isinstance(result.exception, Refused)
    assert "There is no file or folder" in result.exception.reasons[0]


def test_a_file_named_by_its_role_is_read_as_such(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("nothing that looks like a log\n")

    assert "notes: log," in analyze("--as", f"log={path}").stdout


def test_a_file_is_read_as_what_a_person_named_it(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "one.csv", tmp_path / "two.csv"
    theirs.write_text("userName,active\nkim@example.com,true\nlee@example.com,true\n")
    ours.write_text("userName,active\nkim@example.com,true\n")

    alone = analyze(theirs, ours)
    named = analyze("--as", f"scim-idp={theirs}", "--as", f"scim-app={ours}")

    assert "FAIL  SCIM03" not in alone.stdout
    assert "FAIL  SCIM03  1 of 2 users differ: 1 missing in our app." in named.stdout


def test_a_role_that_nobody_knows_is_refused_with_those_there_are(tmp_path: Path) -> None:
    result = analyze("--as", f"nonsense={FAULTS}")

    assert result.exit_code == 2
    assert "idp-metadata" in result.stderr
