"""What is missing is told near first, and topics of which nothing was given are a line each."""

from tests.evidence import call, har_bytes
from tests.unit.bench.examining import examined

from sevline.bench.examination import Missing
from sevline.bench.report import RENDERERS, Format
from sevline.bench.waiting import near_first, parted

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


def test_the_report_of_a_recording_has_one_line_for_all_of_kubernetes() -> None:
    examination, _ = examined(("a.har", har_bytes(call(500))))

    lines = RENDERERS[Format.TEXT](examination).splitlines()
    told = [line for line in lines if "K8S" in line or "Kubernetes:" in line]
    assert len(told) == 1
    assert told[0].startswith("  Kubernetes: 17 checks wait for ")
