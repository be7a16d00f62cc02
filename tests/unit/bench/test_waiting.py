"""What is missing is told near first, and topics of which nothing was given are a line each."""

from tests.evidence import call, har_bytes
from tests.unit.bench.examining import examined

from sevline.bench.examination import Missing
from sevline.bench.report import RENDERERS, Format
from sevline.bench.waiting import NOTHING_READ, near_first, parted, told_as_lines

LOG = Missing("an access log", "Ask for it.", ["API01", "NET02"])
PODS = Missing("pods", "Run kubectl.", ["K8S01", "K8S02"])
EVENTS = Missing("events", "Run kubectl.", ["K8S02"])
TOLD = frozenset(("API",))


def test_what_a_topic_that_said_something_waits_for_comes_first() -> None:
    assert near_first([EVENTS, PODS, LOG], TOLD) == (LOG, PODS, EVENTS)


def test_a_check_that_waits_for_two_things_is_counted_once() -> None:
    near, far = parted([LOG, PODS, EVENTS], TOLD)

    assert near == [LOG]
    assert [str(waiting) for waiting in far] == ["Kubernetes: 2 checks wait for pods, events."]


def test_one_check_that_waits_is_told_as_one() -> None:
    _, far = parted([EVENTS], TOLD)

    assert str(far[0]) == "Kubernetes: 1 check waits for events."


def test_the_report_of_a_recording_has_one_line_for_all_that_it_does_not_speak_of() -> None:
    examination, _ = examined(("a.har", har_bytes(call(500))))

    lines = RENDERERS[Format.TEXT](examination).splitlines()
    told = [line for line in lines if "Kubernetes" in line]
    assert len(told) == 1
    assert told[0].startswith("  Topics that nothing here speaks of: ")
    assert "Kubernetes (17)" in told[0]


def test_where_no_check_said_anything_each_topic_has_a_line() -> None:
    lines = list(told_as_lines([PODS, LOG], frozenset(), is_read=True))

    assert lines == [
        "Kubernetes: 2 checks wait for pods.",
        "API calls: 1 check waits for an access log.",
        "Network: 1 check waits for an access log.",
    ]


def test_many_waiting_checks_are_counted_after_the_sixth() -> None:
    lack = Missing("a log", "Ask for it.", [f"API{number:02}" for number in range(1, 9)])

    lines = list(told_as_lines([lack], TOLD, is_read=True))

    assert lines == ["a log — Ask for it. (API01, API02, API03, API04, API05, API06 and 2 more)"]


def test_of_an_empty_file_one_sentence_says_that_nothing_could_be_checked() -> None:
    examination, _ = examined(("empty.log", b""))

    lines = RENDERERS[Format.TEXT](examination).splitlines()
    assert lines[-2:] == ["Missing", f"  {NOTHING_READ}"]


def test_a_signed_webhook_without_its_secret_asks_for_the_secret_first() -> None:
    request = b'POST /hooks HTTP/1.1\nHost: recv.example\nX-Hub-Signature-256: sha256=00\n\n{"a": 1}'

    examination, _ = examined(("request.http", request))

    assert {"a webhook delivery log", "the signing secret of the webhook endpoint"} <= {
        lack.what for lack in examination.missing[:3]
    }
    assert "WH" in examination.topics


def test_recorded_calls_speak_of_no_topic_of_their_own() -> None:
    examination, _ = examined(("a.har", har_bytes(call(200))))

    assert "WH" not in examination.topics
