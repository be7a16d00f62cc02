"""What logs say about themselves, and beside recorded calls and a list of changes."""

import json
from datetime import timedelta

import pytest
from tests.evidence import START, call, found, har, states

from sevline.core.finding import Finding, Given, State
from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.logfacts import LogFacts
from sevline.core.readers.reader import Form, Source, read_all

HOUR = 3600


def line(after: float, text: str = "INFO served") -> str:
    return f"{(START + timedelta(seconds=after)).strftime('%Y-%m-%dT%H:%M:%S.%fZ')} {text}"


def log(*lines: str) -> LogFacts:
    (given,) = (one for one in read_all(Form.LINES, Source("a2", "x.log"), list(lines)) if isinstance(one, LogFacts))
    return given


def steady(count: int = 200, *, error_at: float | None = None) -> list[str]:
    """A record each second, and one error."""
    lines = [(float(second), line(second)) for second in range(count)]
    if error_at is not None:
        lines.append((error_at, line(error_at, "ERROR request_id=req-81f3aa failed")))
    return [text for _, text in sorted(lines)]


def changes(*after: float, form: str = "json") -> ChangeList:
    rows = [
        {"deployed_at": (START + timedelta(seconds=one)).isoformat(), "release": f"r{n}", "type": "deploy"}
        for n, one in enumerate(after)
    ]
    if form == "csv":
        text = ["Deployed At,Release,Type", *(",".join(map(str, row.values())) for row in rows)]
        given = list(read_all(Form.LINES, Source("a3", "changes.csv"), text))
    else:
        given = list(read_all(Form.JSON, Source("a3", "changes.json"), json.loads(json.dumps({"changes": rows}))))
    (read,) = (one for one in given if isinstance(one, ChangeList))
    return read


def one(check_id: str, *evidence: Given) -> Finding:
    (finding,) = found(check_id, *evidence)
    return finding


@pytest.mark.parametrize("check_id", ["OBS01", "OBS03", "OBS04", "OBS10", "OBS13"])
def test_without_input_it_is_said_how_to_get_it(check_id: str) -> None:
    assert states(check_id) == {State.NOT_EVALUATED}


def test_a_log_that_is_read_whole_passes_and_one_in_pieces_warns() -> None:
    assert one("OBS01", log(*steady())).state is State.PASS
    told = [json.dumps({"time": text.split()[0], "level": "info", "msg": "served"}) for text in steady(40)]
    broken = log(*(text for each in told for text in (each, "?? unreadable")), *told)

    assert broken.parsed < broken.count
    assert one("OBS01", broken).state is State.WARN


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_log_of_few_records_is_read_and_only_its_pauses_are_not_judged(count: int) -> None:
    few = log(*steady(count - 1), line(600, "ERROR request_id=req-81f3aa failed"))

    silence = one("OBS13", few)

    assert one("OBS01", few).state is State.PASS
    assert silence.state is State.NOT_EVALUATED
    assert silence.title.startswith(f"The log has {count} record")
    assert silence.missing == ("a log of at least 5 records",)


@pytest.mark.parametrize(
    "lines",
    [
        ["2026-11-18 is the day of the go-live"],
        ["call me at 10:06", "or write, thanks"],
        ['{"created_at": "2026-11-18T10:06:12Z", "id": "evt_1"}'],
        ["", ""],
    ],
)
def test_a_few_lines_that_happen_to_name_a_time_are_no_log(lines: list[str]) -> None:
    assert not [given for given in read_all(Form.LINES, Source("a2", "x.txt"), lines) if isinstance(given, LogFacts)]


def test_a_time_without_zone_is_said() -> None:
    bare = log(*(text.replace("Z ", " ") for text in steady(20)))

    finding = one("OBS01", bare)

    assert (finding.state, "name no zone" in finding.title) == (State.INFO, True)


def test_silence_of_more_than_five_times_the_usual_is_named_with_its_place() -> None:
    lines = [*steady(200), line(260), *(line(261 + n) for n in range(50))]

    finding = one("OBS13", log(*lines))

    assert finding.state is State.WARN
    assert "silent once, for 61 s from" in finding.title
    assert finding.evidence[0].locator == "201:1"
    assert one("OBS13", log(*steady())).state is State.PASS


DAY = 24 * HOUR


def shifts(*starts: float) -> list[str]:
    return [line(start + 60 * minute) for start in starts for minute in range(8 * 60)]


def test_silence_at_the_same_time_each_day_is_a_rhythm() -> None:
    nights = one("OBS13", log(*shifts(0, DAY, 2 * DAY + HOUR, 3 * DAY, 6 * DAY)))

    assert nights.state is State.INFO
    assert "each day about the same time" in nights.title


@pytest.mark.parametrize(
    "starts",
    [
        (0, DAY),
        (0, DAY, 2 * DAY + 6 * HOUR, 3 * DAY),
        (0, 9 * HOUR + 600, DAY, 2 * DAY, 3 * DAY),
    ],
)
def test_silence_out_of_the_rhythm_stays_told(starts: tuple[float, ...]) -> None:
    assert one("OBS13", log(*shifts(*starts))).state is State.WARN


def test_a_service_that_only_told_its_start_is_not_silent_until_work_comes() -> None:
    lines = [line(0, "INFO Starting"), line(4, "INFO Started"), *(line(3_600 + n) for n in range(200))]

    assert one("OBS13", log(*lines)).state is State.PASS


def test_a_pause_in_a_short_excerpt_is_told_and_not_judged() -> None:
    finding = one("OBS13", log(*steady(12), line(300), *(line(301 + n) for n in range(6))))

    assert finding.state is State.INFO
    assert "too few to tell whether that is usual" in finding.title
    assert finding.evidence[0].locator == "13:1"


def test_the_first_error_is_set_beside_the_first_failing_call() -> None:
    calls = har(call(200, after=1), call(500, after=95))

    finding = one("OBS03", log(*steady(error_at=90.5)), calls)

    assert "4 s before" in finding.title or "5 s before" in finding.title
    assert one("OBS03", log(*steady()), calls).state is State.NOT_EVALUATED


def test_calls_are_joined_to_the_log_by_their_request_id() -> None:
    read = log(*steady(error_at=90.5))
    known = har(call(500, received={"X-Request-Id": "req-81f3aa"}), call(500, received={"X-Request-Id": "req-zzzzzz"}))
    strange = har(call(500, received={"X-Request-Id": "req-zzzzzz"}))

    assert one("OBS04", read, known).title.startswith("1 of 2 failing calls")
    assert one("OBS04", read, strange).state is State.WARN
    assert one("OBS04", read, har(call(500))).state is State.NOT_EVALUATED


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_change_shortly_before_the_first_error_is_shown_with_its_base_rate(form: str) -> None:
    listed = changes(-100 * HOUR, -50 * HOUR, 90.5 - 8 * 60, form=form)

    finding = one("OBS10", log(*steady(error_at=90.5)), listed)

    assert finding.state is State.WARN
    assert "deploy r2 8 min before the first error" in finding.title
    assert "Correlated, not proven. Base rate: 3 of 100 hours of the list hold a change (3 %)." in finding.title


def test_no_change_at_the_onset_passes_and_a_list_of_another_time_does_not() -> None:
    read = log(*steady(error_at=90.5))

    assert one("OBS10", read, changes(-50 * HOUR, -3 * HOUR)).state is State.PASS
    assert one("OBS10", read, changes(50 * HOUR, 90 * HOUR)).state is State.INFO
    assert one("OBS10", log(*steady()), changes(0)).state is State.NOT_EVALUATED


def test_a_short_list_tells_no_base_rate() -> None:
    assert "too few to tell" in one("OBS10", log(*steady(error_at=90.5)), changes(0, 60)).title


@pytest.mark.parametrize("document", [{}, [], [1], [{"time": "2026-01-01T00:00:00Z", "name": "x"}], {"changes": [{}]}])
def test_other_documents_are_no_list_of_changes(document: object) -> None:
    given = read_all(Form.JSON, Source("a1", "x.json"), document)

    assert [one for one in given if isinstance(one, ChangeList)] == []


def test_texts_without_times_are_no_log() -> None:
    given = read_all(Form.LINES, Source("a1", "x.txt"), ["hello"] * 50)

    assert [one for one in given if isinstance(one, LogFacts)] == []


def test_a_table_whose_rows_have_times_is_no_log() -> None:
    rows = ["release,deployed_at,who", *(f"r{n},{line(n * 60, '')},team" for n in range(40))]
    given = list(read_all(Form.LINES, Source("a1", "deploys.csv"), rows))

    assert [one for one in given if isinstance(one, LogFacts)] == []
    assert [one.entries[0].kind for one in given if isinstance(one, ChangeList)] == ["release"]


def test_a_log_and_a_recording_that_lack_something_do_not_hide_what_others_hold() -> None:
    with_id = har(call(504, after=120, received={"X-Request-Id": "req-9"}))
    without = har(call(504, after=180))
    quiet, loud = log(*steady()), log(*steady(error_at=90.5))

    assert one("OBS03", quiet, loud, without, with_id).state is State.INFO
    assert one("OBS04", quiet, loud, without, with_id).title.startswith("0 of 1 failing calls with a request id")


def test_an_error_after_the_symptom_does_not_precede_it_and_a_log_that_begins_later_does_not_tell() -> None:
    calls = har(call(200, after=1), call(500, after=60))

    after = one("OBS03", log(*steady(error_at=90.5)), calls)
    later = one("OBS03", log(line(70), line(90.5, "ERROR request_id=req-81f3aa failed")), calls)

    assert after.state is State.PASS
    assert after.title.startswith("No error of the log precedes the first failing call")
    assert after.title.endswith("the first one is 30 s after it.")
    assert (later.state, later.missing) == (
        State.NOT_EVALUATED,
        ("the log of the minutes before the first failing call",),
    )


def test_logs_that_name_no_zone_are_told_once_and_the_few_lines_before_a_log_begins_are_no_fault() -> None:
    bare = [log(*(text.replace("Z ", " ") for text in steady(20))) for _ in range(3)]
    begins = log("entrypoint: configuring", *steady(8))

    told = found("OBS01", *bare)

    assert [finding.state for finding in told] == [State.INFO]
    assert told[0].title.startswith("60 times of 3 logs (")
    assert begins.parsed < begins.count
    assert [finding.state for finding in found("OBS01", begins)] == [State.PASS]


def test_what_is_usual_is_never_told_as_nought() -> None:
    quick = log(*(line(at / 1000) for at in range(50)))

    assert one("OBS13", quick).title == "No pause is longer than 10 s; less than 0.1 s are usual."


def test_an_error_while_the_failing_call_was_answered_refutes_nothing() -> None:
    calls = har(call(200, after=1), call(500, after=90.4, millis=150))

    finding = one("OBS03", log(*steady(error_at=90.5)), calls)

    assert finding.state is State.INFO
    assert "100 ms after the beginning of the first failing call" in finding.title
    assert finding.refutes == ()


def test_a_log_of_which_some_records_were_not_read_says_how_many_were() -> None:
    lines = [line(at) for at in range(60)]

    finding = one("OBS01", log("starting the service", *lines))

    assert finding.state is State.PASS
    assert finding.title.startswith("60 of 61 records read")
