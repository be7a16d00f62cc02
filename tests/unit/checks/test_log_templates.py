"""Patterns that are new since a change or since the first failing call."""

from datetime import timedelta

from tests.evidence import START, call, found, har, states

from sevline.core.finding import State
from sevline.core.mining import mine
from sevline.core.readers.changes_around import ChangeEntry, ChangeList
from sevline.core.readers.logtemplates import LogTemplates, templates_of

LATER = "ERROR billing could not reserve stock for order {n}"


def log(*, new: str = "", after: int = 60) -> LogTemplates:
    lines = [f"{(START + timedelta(seconds=n)).isoformat()} INFO web served page {n}" for n in range(120)]
    lines += [f"{(START + timedelta(seconds=after + n)).isoformat()} {new.format(n=n)}" for n in range(20) if new]
    data = "\n".join(sorted(lines)).encode()
    (given,) = templates_of(mine([data], source="a1").patterns(), "a1")
    return given


def deploy(after: float) -> ChangeList:
    return ChangeList("c1", (ChangeEntry("/0", START + timedelta(seconds=after), "deploy", "r2"),))


def test_an_error_that_is_new_since_the_deploy_is_told_first() -> None:
    (finding,) = found("OBS02", log(new=LATER), deploy(59))

    assert finding.state is State.WARN
    assert "1 of 2 patterns are new since deploy r2" in finding.title
    assert "20 times" in finding.title
    assert int(finding.evidence[0].locator.partition(":")[0]) > 60


def test_without_changes_the_first_failing_call_is_the_moment() -> None:
    (finding,) = found("OBS02", log(new=LATER), har(call(200, after=1), call(503, after=59)))

    assert "new since the first failing call" in finding.title


def test_new_patterns_without_errors_are_noted_and_none_at_all_passes() -> None:
    assert states("OBS02", log(new="INFO cache warmed in {n} ms"), deploy(59)) == {State.INFO}
    assert states("OBS02", log(), deploy(59)) == {State.PASS}


def test_without_a_moment_it_says_what_would_give_one() -> None:
    (finding,) = found("OBS02", log(new=LATER), deploy(9_999))

    assert finding.state is State.NOT_EVALUATED
    assert "list of changes" in finding.missing[0]
    assert states("OBS02") == {State.NOT_EVALUATED}
