"""When the failing pattern of a log began, and the start that the log itself names before it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.evidence import START, found, states

from sevline.core.finding import Given, State
from sevline.core.mining import mine
from sevline.core.readers.documents.log_facts import log_facts
from sevline.core.readers.documents.start_lines import starts_and_changes
from sevline.core.readers.logtemplates import templates_of
from sevline.core.readers.reader import Source
from sevline.core.readers.startlines import StartLines, kind_of

DEPLOY = "INFO    [deploy] Starting orders-api build=2026.11.25-r7 commit=9f3c1ab (config diff: pool_max 20 -> 5)"
FAILS = "ERROR   [orders.batch] POST /v2/orders/batch failed after 5.00s"


def log(deploy: str = DEPLOY, *, deploy_at: float = 300, fails_at: float = 342, count: int = 12) -> list[Given]:
    """Ten minutes with a served page a second, a start, and an error every ten seconds from some moment on."""
    stamped = [(float(second), f"INFO    [orders.api] GET /v2/catalog 200 {second % 40}ms") for second in range(600)]
    stamped += [(deploy_at, deploy)] if deploy else []
    stamped += [(fails_at + 10 * number, FAILS) for number in range(count)]
    lines = [f"{START + timedelta(seconds=at):%Y-%m-%d %H:%M:%S},504 {text}" for at, text in sorted(stamped)]
    return list(_read(lines))


def _read(lines: list[str]) -> Iterator[Given]:
    yield from templates_of(mine(["\n".join(lines).encode()], source="a1").patterns(), "a1")
    yield from starts_and_changes(Source("a1", "app.log"), lines)
    yield from log_facts(Source("a1", "app.log"), lines)


def test_the_start_before_the_failing_pattern_is_cited_and_nothing_is_called_proven() -> None:
    (finding,) = found("OBS17", *log())

    assert finding.state is State.WARN
    assert "stands 12 times in the log began at 2026-03-02T09:05:42Z" in finding.title
    assert "42 s earlier, in line 301, the log says “INFO [deploy] Starting orders-api" in finding.title
    assert "pool_max 20 -> 5" in finding.title
    assert finding.title.startswith("Correlated, not proven: ")
    assert len(finding.title) <= 300
    assert [cited.locator for cited in finding.evidence][:2] == ["344:1", "301:1"]


def test_without_a_start_it_says_when_the_pattern_began() -> None:
    (finding,) = found("OBS17", *log(deploy=""))

    assert finding.state is State.INFO
    assert "names no start of a build" in finding.title


def test_a_start_after_the_errors_began_or_hours_before_is_not_named() -> None:
    assert states("OBS17", *log(deploy_at=400)) == {State.INFO}


def test_an_error_that_was_there_from_the_beginning_and_a_rare_one_began_nowhere() -> None:
    assert found("OBS17", *log(fails_at=1, count=50)) == []
    assert found("OBS17", *log(count=3)) == []


def test_without_a_log_it_is_asked_for() -> None:
    assert states("OBS17") == {State.NOT_EVALUATED}


def test_new_patterns_are_told_since_the_start_when_no_list_of_changes_is_there() -> None:
    (finding,) = found("OBS02", *log())

    assert finding.state is State.WARN
    assert "new since the start that line 301 tells" in finding.title


def test_a_log_that_begins_with_the_start_has_no_patterns_that_are_new_since_then() -> None:
    assert states("OBS02", *log(deploy_at=1)) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (DEPLOY, "configuration"),
        ("2026-11-25T08:30:16Z INFO Deployed checkout version 2.14.0 to eu-1", "start"),
        ("INFO o.s.boot Started OrdersApplication in 4.2 seconds", "start"),
        ("booting web image=registry/web:7f3a", "start"),
        ("INFO feature flag new_pricing set to true by ops", "configuration"),
        ("INFO configuration reloaded from /etc/app.toml", "configuration"),
        ("INFO applying migration 0042_add_index", "configuration"),
        ("rolled back orders-api release=r6", "start"),
        ("INFO starting export job 5512 for tenant t_1", ""),
        ("INFO GET /v1/releases 200 12ms", ""),
        ("DEBUG restarting worker thread 4", ""),
        ("INFO user set configuration view to compact", ""),
        ("INFO released hold on order 44, version 17 of stock", ""),
        ("INFO Starting nightly run 25.11.2026", ""),
        ("INFO Launched campaign 2026.11.25 to 400 recipients", ""),
        ("INFO feature flag new-checkout evaluated: enabled for tenant 7", ""),
        ("INFO config reload skipped: unchanged", ""),
        ("WARN rolled back transaction 17 after commit failed", ""),
        ("INFO Starting connection to 10.0.0.5 for tenant 7", ""),
        ("INFO Starting server at 10.0.0.5:8080", ""),
        ("INFO released lease on shard 4, version 42", ""),
        ("INFO started job import, revision 17", ""),
        ("DEBUG flag retry is enabled for request 17", ""),
        ("INFO Deploying orders-batch release 71, connections are drained", "start"),
        ("INFO Starting Kafka version: 3.6.0", "start"),
        ("INFO starting up version 1.2.3.4", "start"),
        ("INFO feature flag new-checkout turned on", "configuration"),
    ],
)
def test_a_start_names_what_it_starts_as(line: str, kind: str) -> None:
    assert kind_of(line) == kind


def test_a_start_line_keeps_its_number_and_its_time() -> None:
    (starts,) = starts_and_changes(
        Source("a1", "x.log"), ["2026-03-02T09:00:00Z INFO up", f"2026-03-02T09:00:16Z {DEPLOY}"]
    )

    assert isinstance(starts, StartLines)
    assert [(one.line, one.at) for one in starts.starts] == [(2, START + timedelta(seconds=16))]


def test_a_start_is_named_behind_hundreds_of_earlier_ones() -> None:
    often = [f"{START:%Y-%m-%d %H:%M:%S},{number:03} INFO starting cron 1.2.3 number {number}" for number in range(900)]
    lines = [*often, f"{START + timedelta(minutes=5):%Y-%m-%d %H:%M:%S},000 {DEPLOY}"]

    (starts,) = starts_and_changes(Source("a1", "x.log"), lines)

    assert isinstance(starts, StartLines)
    assert starts.starts[-1].line == 901
    assert len(starts.starts) == 201


def by_version(*, at: int = 300, new: str = "2.15.0", form: str = "service=orders-api version={}") -> list[Given]:
    """A served page a second under one version, then under another, and an error every ten seconds soon after."""
    lines = [
        f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S.504Z} INFO "
        f"{form.format('2.14.3' if second < at else new)} GET /v2/catalog 200 {second % 40}ms"
        for second in range(600)
    ]
    lines += [
        f"{START + timedelta(seconds=at + 42 + 10 * number):%Y-%m-%dT%H:%M:%S.604Z} ERROR "
        f"{form.format(new)} POST /v2/orders/batch failed after 5.00s"
        for number in range(12)
    ]
    return list(_read(sorted(lines)))


def test_a_deploy_that_only_a_field_of_the_lines_tells_is_named_with_both_versions() -> None:
    (finding,) = found("OBS17", *by_version())

    assert finding.state is State.WARN
    assert (
        "42 s earlier, from line 301 on, the log's lines name version=2.15.0 of orders-api, where lines before say "
        in (finding.title)
    )
    assert "version=2.14.3" in finding.title
    assert [cited.locator for cited in finding.evidence][1] == "301:1"


@pytest.mark.parametrize(
    "form", ['{{"service":"orders","version":"{}"}}', "build={}", "app.version: {}", "image_tag={}"]
)
def test_a_version_is_read_from_the_fields_that_logs_name_it_by(form: str) -> None:
    (finding,) = found("OBS17", *by_version(form=form))

    assert "the log's lines name " in finding.title


@pytest.mark.parametrize(
    "form",
    ["api_version={}", "GET /v/{}", "tls_version={}", "order {}"],
    ids=["an API's", "a path", "of TLS", "a number"],
)
def test_what_is_no_version_of_the_program_changes_nothing(form: str) -> None:
    assert states("OBS17", *by_version(form=form)) == {State.INFO}


def test_a_version_of_many_values_or_one_that_was_there_before_is_no_deploy() -> None:
    stamped = [
        f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ} INFO document saved version={at}" for at in range(90)
    ]
    mixed = [
        f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ} INFO served version={('1.0.1', '1.0.2')[at % 2]}"
        for at in range(90)
    ]

    assert list(starts_and_changes(Source("a1", "x.log"), stamped)) == []
    assert list(starts_and_changes(Source("a1", "x.log"), mixed)) == []


def test_a_canary_that_takes_a_part_of_the_work_is_a_change_of_version() -> None:
    versions = [("1.0.1", "1.0.2")[at > 50 and at % 3 == 0] for at in range(110)]
    lines = [
        f"{START + timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ} INFO served version={version}"
        for at, version in enumerate(versions)
    ]

    (starts,) = starts_and_changes(Source("a1", "x.log"), lines)

    assert isinstance(starts, StartLines)
    assert [(one.line, one.kind) for one in starts.starts] == [(52, "version")]
