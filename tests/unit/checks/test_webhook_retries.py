from datetime import timedelta

from tests import foreign
from tests.evidence import found, states
from tests.generators.deliveries import START, history

from sevline.core.finding import Given, State

HEAD = "event_id,attempt,attempted_at,status_code,error,endpoint,retry_after"
HOOK = "https://hooks.example.com/in"


def log(*attempts: tuple[str, int, float, int, str], endpoint: str = HOOK, retry_after: str = "") -> list[Given]:
    """Attempts as (event, number, seconds after START, status, error)."""
    rows = [
        f"{event},{number},{(START + timedelta(seconds=at)).isoformat()},{status},{error},{endpoint},{retry_after}"
        for event, number, at, status, error in attempts
    ]
    return foreign.text(foreign.table(HEAD, *rows), name="deliveries.csv")


GOOD = log(*((f"e{number}", 1, number * 60.0, 200, "") for number in range(6)))


def test_failing_answers_are_classed_and_the_class_says_what_retries_do() -> None:
    (finding,) = found("WH04", *log(("e1", 1, 0, 302, ""), ("e2", 1, 60, 302, ""), ("e3", 1, 120, 200, "")))

    assert finding.state is State.FAIL
    assert "most often a redirect counts as a failure" in finding.title
    assert [each.locator for each in finding.evidence] == ["2:1", "3:1"]


def test_one_failure_in_forty_attempts_is_only_warned_about() -> None:
    many = [(f"e{number}", 1, number * 60.0, 200, "") for number in range(39)]

    assert states("WH04", *log(*many, ("e99", 1, 9_000, 503, ""))) == {State.WARN}
    assert states("WH04", *GOOD) == {State.PASS}


def test_a_schedule_that_is_kept_passes_and_one_that_is_not_is_warned_about() -> None:
    kept = history(60, retried=8)
    late = log(("e1", 1, 0, 500, ""), ("e1", 2, 5, 500, ""), ("e1", 3, 305, 500, ""), ("e1", 4, 9_000, 200, ""), *(
        (f"x{number}", attempt, 10_000 + number * 50_000 + at, 500, "")
        for number in range(5)
        for attempt, at in ((1, 0.0), (2, 5.0), (3, 305.0), (4, 2_105.0))
    ))  # fmt: skip

    (finding,) = found("WH05", *late)

    assert states("WH05", *foreign.text(kept.csv())) == {State.PASS}
    assert finding.state is State.WARN
    assert "1 of 18 retries are off the Standard Webhooks schedule by more than 20 %" in finding.title


def test_events_that_used_up_their_attempts_are_lost_and_a_fresh_one_may_still_arrive() -> None:
    made = history(200, lost=3)
    fresh = "evt_new,1," + (START + timedelta(minutes=900)).isoformat() + ",,503,1,https://hooks.example.com/in,t1,x\n"

    lost, waiting = found("WH06", *foreign.text(made.csv() + fresh))

    assert (lost.state, waiting.state) == (State.FAIL, State.WARN)
    assert lost.title.startswith("3 of 201 events were lost")
    assert waiting.title.startswith("1 of 201 events have not arrived yet")
    assert states("WH06", *GOOD) == {State.PASS}


def test_a_sender_that_ignores_retry_after_is_named() -> None:
    early = log(("e1", 1, 0, 429, ""), ("e1", 2, 5, 200, ""), retry_after="30")
    patient = log(("e1", 1, 0, 429, ""), ("e1", 2, 31, 200, ""), retry_after="30")

    (finding,) = found("WH07", *early)

    assert finding.state is State.FAIL
    assert "told to wait 30 s, it waited 5.0 s" in finding.title
    assert states("WH07", *patient) == {State.PASS}
    assert states("WH07", *GOOD) == set()


def test_an_endpoint_that_answers_410_is_disabled() -> None:
    (finding,) = found("WH08", *log(("e1", 1, 0, 410, "")))

    assert finding.state is State.FAIL
    assert finding.confidence == "proof"
    assert "it answered 410, and 0 attempts follow" in finding.title


def test_twenty_failures_in_a_row_are_warned_about_and_nineteen_are_not() -> None:
    failing = [(f"e{number}", 1, number * 60.0, 500, "") for number in range(20)]

    assert states("WH08", *log(*failing)) == {State.WARN}
    assert states("WH08", *log(*failing[:19])) == set()


def test_each_of_these_checks_asks_for_the_delivery_log() -> None:
    for check_id in ("WH04", "WH05", "WH06", "WH07", "WH08"):
        (finding,) = found(check_id)
        assert finding.missing == ("a webhook delivery log",)
        assert "\\copy (select … from webhook_attempts) to deliveries.csv" in finding.next_step


def test_failures_whose_events_a_later_attempt_delivered_are_only_warned_about() -> None:
    told = log(("e1", 1, 0, 500, ""), ("e1", 2, 5, 200, ""), ("e2", 1, 9, 200, ""))

    (finding,) = found("WH04", *told)

    assert finding.state is State.WARN
    assert finding.title.endswith("Every one of these events was delivered by another attempt.")


def test_of_lost_events_that_nobody_tried_again_no_length_of_retrying_is_told() -> None:
    once = [
        line for line in history(200, lost=3).csv().splitlines(keepends=True) if line.split(",")[1] in {"attempt", "1"}
    ]

    (finding,) = found("WH06", *foreign.text("".join(once)))

    assert finding.title.endswith("; no event was tried again.")
