"""N+1 in a trace: one span asks in a loop for one thing each."""

from typing import Any

import pytest
from tests.evidence import found, states
from tests.spans import span, traced_by_jaeger

from sevline.core.checks.span_repeats import MOST_LOOPS
from sevline.core.finding import Given, State

QUERY = "SELECT * FROM items WHERE order_id = {}"


def trace(*, step: int = 20, takes: int = 18, count: int = 12, **tags: Any) -> tuple[Given, ...]:
    """A page that takes a second, and children of it that begin every `step` and take `takes` milliseconds."""
    given = {"span__kind": "client", **{name: str(value) for name, value in tags.items()}}
    children = [
        span(f"c{n:02}", n * step, n * step + takes, parent="page",
             **{name.replace("__", "."): value.format(n) for name, value in given.items()})
        for n in range(count)
    ]  # fmt: skip
    return traced_by_jaeger(span("page", 0, 1_000), *children)


def test_equal_statements_one_after_the_other_are_one_finding() -> None:
    (finding,) = [one for one in found("PERF08", *trace(db__query__text=QUERY)) if one.state is State.WARN]

    assert finding.title.startswith("N+1: shop asks 12 times, one after the other, for one thing each within “page”")
    assert "order_id = ?" in finding.title
    assert len(finding.evidence) == 4


def test_equal_calls_one_after_the_other_are_one_finding() -> None:
    titles = [
        one.title for one in found("PERF08", *trace(url__full="http://stock/v1/items/{}")) if one.state is State.WARN
    ]

    assert [title.rpartition(": ")[2] for title in titles] == ["stock/v1/items/…"]


@pytest.mark.parametrize(
    "given",
    [
        trace(db__query__text=QUERY, count=9),
        trace(db__query__text=QUERY, takes=200),  # side by side
        trace(db__query__text="INSERT INTO items VALUES ({})"),
        trace(db__query__text="SELECT {0} FROM t{0}"),
        trace(url__full="https://[bad/{}"),
        trace(),
    ],
    ids=["few", "side by side", "writes", "other statements", "broken address", "nothing said"],
)
def test_other_children_are_no_loop(given: tuple[Given, ...]) -> None:
    assert State.WARN not in states("PERF08", *given)


def test_of_very_many_loops_the_longest_are_told() -> None:
    children = [
        span(f"c{loop:02}-{n:02}", n * 20, n * 20 + 18, parent="page", **{"db.query.text": f"SELECT * FROM t_{loop:c}"})
        for loop in range(ord("a"), ord("a") + 24)
        for n in range(12 if loop == ord("x") else 10)
    ]

    told = [one.title for one in found("PERF08", *traced_by_jaeger(span("page", 0, 1_000), *children))]

    loops = [title for title in told if title.startswith("N+1: ")]
    assert len(loops) == MOST_LOOPS
    assert "asks 12 times" in loops[0]
