"""Refusals that a server's own log tells: to whom nobody knows, and so whether they are wrong."""

from dataclasses import replace

import pytest
from tests.evidence import call, found, har, states

from sevline.core.finding import Confidence, Given, Side, State
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.http import AccessLog

REFUSED = [("API02", 400), ("API03", 401), ("API04", 403), ("API06", 405), ("API07", 409)]
LINE = '198.51.100.{n} - - [24/Nov/2026:09:00:{n:02d} +0000] "GET {path} HTTP/1.1" {status} 120 "-" "Mozilla/5.0"'


def log(*lines: str) -> tuple[Given, ...]:
    return (read_access_log(lines, "a1"),)


def served(status: int, path: str = "/admin", *, refusals: int = 3) -> tuple[Given, ...]:
    fine = [LINE.format(n=n, path="/", status=200) for n in range(10, 40)]
    return log(*fine, *(LINE.format(n=n, path=path, status=status) for n in range(40, 40 + refusals)))


@pytest.mark.parametrize(("check_id", "status"), REFUSED)
def test_a_servers_log_of_a_refusal_is_a_warning_because_it_does_not_say_why(check_id: str, status: int) -> None:
    (finding,) = found(check_id, *served(status))

    assert finding.state is State.WARN
    assert "3 times" in finding.title


@pytest.mark.parametrize(("check_id", "status"), REFUSED)
def test_a_recorded_call_that_was_refused_still_fails(check_id: str, status: int) -> None:
    assert states(check_id, har(call(status))) == {State.FAIL}


@pytest.mark.parametrize("check_id", ["API03", "API04"])
def test_whom_it_concerns_is_asked_before_anything_is_changed(check_id: str) -> None:
    (finding,) = found(check_id, *served(dict(REFUSED)[check_id]))

    assert (finding.side, finding.confidence) == (Side.UNKNOWN, Confidence.HINT)
    assert "Find the sender among the customer's addresses" in finding.next_step


@pytest.mark.parametrize("check_id", ["API03", "API04"])
def test_senders_that_had_been_let_in_before_are_told_from_strangers(check_id: str) -> None:
    status = dict(REFUSED)[check_id]
    before = [LINE.format(n=n, path="/admin", status=200) for n in range(10, 12)]
    known = [LINE.format(n=n, path="/admin", status=status).replace(":09:00:", ":09:01:") for n in range(10, 12)]
    stranger = LINE.format(n=40, path="/admin", status=status)

    (all_known,), (some,) = found(check_id, *log(*before, *known)), found(check_id, *log(*before, *known, stranger))

    assert all_known.title.endswith("All of them came from senders whose same call had been answered before.")
    assert some.title.endswith(" 2 of them came from senders whose same call had been answered before.")


def test_a_sender_that_was_let_in_only_later_or_elsewhere_is_a_stranger() -> None:
    (told,) = found("API03", *log(*(LINE.format(n=7, path=path, status=s) for path, s in (("/", 200), ("/a", 401)))))

    assert "had been answered before" not in told.title


def test_calls_that_a_program_logs_without_a_sender_are_its_own_and_fail() -> None:
    (read,) = served(401)
    assert isinstance(read, AccessLog)
    own = replace(read, exchanges=tuple(replace(one, sent={}) for one in read.exchanges))

    assert states("API03", own) == {State.FAIL}


def test_a_sign_in_message_that_was_refused_fails_in_a_log_too() -> None:
    assert states("API03", *served(401, "/callback?code=c-1&state=s-1")) == {State.FAIL}


def test_a_server_that_refuses_nobody_is_not_mentioned() -> None:
    assert [finding for check_id, _ in REFUSED for finding in found(check_id, *served(200))] == []
