"""Packets that get lost on the way, as ping and mtr count them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence import found, states
from tests.unit.bench.examining import examined

from sevline.core.finding import State
from sevline.core.readers.lostpackets import Way
from sevline.core.readers.reader import Form, Source, read_all


def mtr(*losses: float, sent: int = 100) -> str:
    head = "HOST: client                      Loss%   Snt   Last   Avg  Best  Wrst StDev\n"
    rows = (
        f"  {at}.|-- 198.51.100.{at:<12} {loss:5.1f}%   {sent}    0.4   0.4   0.3   1.1   0.1"
        for at, loss in enumerate(losses, 1)
    )
    return head + "\n".join(rows)


def ping(sent: int, received: int) -> str:
    counted = f"{sent} packets transmitted, {received} received, {100 - 100 * received // sent}% packet loss, time 2 ms"
    return f"PING a.example (203.0.113.20) 56(84) bytes of data.\n\n--- a.example ping statistics ---\n{counted}"


WINDOWS = "Pinging a.example with 32 bytes of data:\n    Packets: Sent = 50, Received = 40, Lost = 10 (20% loss),"
GERMAN = "Ping wird ausgeführt\n    Pakete: Gesendet = 50, Empfangen = 40, Verloren = 10\n    (20% Verlust),"


def read(text: str) -> tuple[Way, ...]:
    given = read_all(Form.LINES, Source("a1", "way.txt"), text.splitlines())
    return tuple(one for one in given if isinstance(one, Way))


def as_json(*losses: float) -> dict[str, Any]:
    hubs = [{"count": at, "host": f"198.51.100.{at}", "Loss%": loss, "Snt": 100} for at, loss in enumerate(losses, 1)]
    return {"report": {"mtr": {"dst": "a.example"}, "hubs": hubs}}


def test_loss_that_goes_on_to_the_host_is_told_with_the_router_where_it_begins() -> None:
    (finding,) = found("NET15", *read(mtr(0, 0, 38, 100, 37)))

    assert finding.state is State.WARN
    assert finding.title == "37 % of 100 packets to 198.51.100.5 get lost, from 198.51.100.3 on."
    assert [one.locator for one in finding.evidence] == ["6:1", "4:1"]


def test_a_router_that_answers_seldom_and_passes_all_on_is_no_loss() -> None:
    (finding,) = found("NET15", *read(mtr(0, 80, 0, 0)))

    assert finding.state is State.PASS
    assert "198.51.100.2 answers less, which loses nothing that goes on" in finding.title


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (ping(100, 93), State.WARN),
        (ping(20, 15), State.WARN),
        (ping(100, 99), State.PASS),
        (ping(3, 2), State.NOT_EVALUATED),
        (ping(100, 0), State.INFO),
        (WINDOWS, State.WARN),
        (GERMAN, State.WARN),
        ("|                    203.0.113.20 -   37 |  100 |   63 |    1 |   12 |   30 |   12 |", State.WARN),
        (mtr(0, 30, sent=4), State.NOT_EVALUATED),
    ],
)  # fmt: skip
def test_the_share_is_judged_by_how_many_packets_tell_it(text: str, state: State) -> None:
    assert states("NET15", *read(text)) == {state}


def test_two_runs_in_one_file_are_two_ways() -> None:
    assert [way.host.lost for way in read(mtr(0, 9) + "\n\n" + mtr(0, 0))] == [9.0, 0.0]


def test_the_json_of_mtr_is_read_and_cited() -> None:
    examination, _ = examined(("mtr.json", json.dumps(as_json(0, 12, 11)).encode()))

    (finding,) = (one for one in examination.findings if one.check_id == "NET15")
    assert finding.state is State.WARN
    assert finding.evidence[0].locator == "/report/hubs/2/Loss%"
    assert finding.evidence[0].excerpt


def test_without_input_it_is_said_how_to_get_it() -> None:
    assert states("NET15") == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    "document",
    [
        {
            "report": {
                "hubs": [None, 3, {"Loss%": "x", "Snt": None}, {"Loss%": 1e308, "Snt": 1}, {"Loss%": -1, "Snt": 9}]
            }
        },
        {"report": []},
        {"report": {"hubs": {"a": 1}}},
    ],
)
def test_a_report_of_wrong_types_holds_no_way(document: Any) -> None:
    assert [one for one in read_all(Form.JSON, Source("a1", "mtr.json"), document) if isinstance(one, Way)] == []


@given(st.text(alphabet="0123456789.|-% PINGpackets,AS:()", max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(read(text), tuple)
