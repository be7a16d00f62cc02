"""What Chromium records of a server with injected faults gives findings that cite the right entries."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from sevline.core.finding import Finding, State
from tests.browser.faulty import Faulty, serving
from tests.unit.bench.examining import examined

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def recorded(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Faulty, bytes]:
    path: Path = tmp_path_factory.mktemp("har") / "faults.har"
    with serving() as faulty, serving() as other:
        context = chromium.new_context(record_har_path=path, record_har_content="embed")
        page = context.new_page()
        page.goto(f"{faulty.url}/?other={other.url}")
        page.wait_for_function("document.title === 'done'", timeout=20_000)
        context.close()
    faulty.labels += other.labels
    return faulty, path.read_bytes()


@pytest.fixture(scope="module")
def findings(recorded: tuple[Faulty, bytes]) -> tuple[Finding, ...]:
    examination, _ = examined(("faults.har", recorded[1]))
    assert examination.refused == ""
    return examination.findings


def cited_paths(findings: tuple[Finding, ...], check_id: str, recording: bytes) -> set[str]:
    """The paths of the entries that failing findings of one check cite."""
    entries: list[dict[str, Any]] = json.loads(recording)["log"]["entries"]
    cited = [
        int(evidence.locator.split("/")[3])
        for finding in findings
        if finding.check_id == check_id and finding.state is State.FAIL
        for evidence in finding.evidence
    ]
    return {"/" + entries[index]["request"]["url"].split("?", 1)[0].split("/", 3)[3] for index in cited}


@pytest.mark.parametrize(
    ("fault", "check_id"),
    [("401", "API03"), ("403", "API04"), ("429", "API09"), ("500", "API11"), ("loop", "PERF08"), ("cors", "NET13")],
)
def test_each_injected_fault_is_found_at_the_entries_that_suffered_it(
    recorded: tuple[Faulty, bytes], findings: tuple[Finding, ...], fault: str, check_id: str
) -> None:
    suffered = {path for path, label in recorded[0].labels if label == fault}

    assert suffered
    assert cited_paths(findings, check_id, recorded[1]) == suffered


def test_both_gateway_errors_name_the_layer_that_made_them(
    recorded: tuple[Faulty, bytes], findings: tuple[Finding, ...]
) -> None:
    gateway = [finding for finding in findings if finding.check_id == "API12"]

    assert cited_paths(findings, "API12", recorded[1]) == {"/502", "/504"}
    assert "the proxy (nginx)" in gateway[0].title
    assert "the load balancer" in gateway[1].title


def test_the_client_that_came_back_at_once_ignored_retry_after(findings: tuple[Finding, ...]) -> None:
    (limited,) = [finding for finding in findings if finding.check_id == "API09"]

    assert "ignores Retry-After" in limited.title
    assert "told to wait 30 s" in limited.title


def test_no_other_check_fails(findings: tuple[Finding, ...]) -> None:
    failing = {finding.check_id for finding in findings if finding.state is State.FAIL}

    assert failing == {"API03", "API04", "API09", "API11", "API12", "NET13", "PERF08"}
