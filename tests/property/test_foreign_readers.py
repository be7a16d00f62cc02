"""Readers of foreign files take any text: they find something or nothing, and what they find stands where they say."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from sevline.core.checks import every_check
from sevline.core.finding import run
from sevline.core.lifecycle import Refused
from sevline.core.readers.foreign import in_json, in_lines, in_text
from sevline.core.readers.place import Places
from sevline.core.reproduction.recipe import checked
from sevline.core.reproduction.request import from_curl
from sevline.core.target import parsed

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CELLS = (
    "event_id",
    "attempt",
    "attempted_at",
    "status_code",
    "duration_ms",
    "id",
    "updated_at",
    "state",
    "job_id",
    "amount",
    "type",
    "url",
)
values = st.sampled_from(
    ("", "1", "e1", "200", "503", "-5", "2026-03-02T09:00:00Z", "1772442000", "failed", "dead", "12.5")
) | st.text(max_size=8)
tables = st.lists(st.sampled_from(CELLS), min_size=2, max_size=6, unique=True).flatmap(
    lambda names: st.tuples(
        st.just(names), st.lists(st.lists(values, min_size=len(names), max_size=len(names)), max_size=8)
    )
)
PIECES = st.sampled_from(
    (
        "> GET / HTTP/1.1",
        "< HTTP/1.1 500 x",
        "< Retry-After: x",
        "curl: (28) timed out",
        "* Connected to a (1) port 443",
        "time_total: 1.5",
        "time_connect: 9",
        "time_namelookup: x",
        "# Query_time: 1.5  Lock_time: 0.1",
        "SELECT 1",
        "Seq Scan on a  (cost=0.00..1.00 rows=1 width=1)",
        "POST / HTTP/1.1",
        "x-signature: v1=00",
        "secret: abcdefgh",
        "",
    )
) | st.text(max_size=30)
scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=10)
documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (*CELLS, "headers", "body", "run", "executions", "item", "info", "Plan", "Plans", "attempts")
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_any_table_is_judged_and_every_citation_stands(made: tuple[list[str], list[list[str]]]) -> None:
    names, rows = made
    content = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [names, *rows])
    evidence = list(in_text(content.encode("utf-8", "replace"), "a1", "x.csv", at=AT))

    cited = [each for finding in run(evidence, every_check()) for each in finding.evidence if each.artifact == "a1"]

    places = Places.of("lines", content.encode("utf-8", "replace"))
    assert all(places.excerpt(each.locator) is not None for each in cited)


@given(st.lists(PIECES, max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_lines_are_judged(lines: list[str]) -> None:
    text = "\n".join(lines)

    run([*in_lines(lines, "a1", at=AT), *in_text(text.encode("utf-8", "replace"), "a1", "x", at=AT)], every_check())


@given(documents)
@settings(max_examples=80, deadline=None)
def test_any_document_is_judged(document: object) -> None:
    run(list(in_json(document, json.dumps(document).encode(), "a1", "x", at=AT)), every_check())


@given(st.text(max_size=80))
def test_commands_recipes_and_addresses_are_read_or_refused(text: str) -> None:
    for read in (lambda: from_curl(f"curl {text}"), lambda: checked(f"services:\n  a:\n{text}"), lambda: parsed(text)):
        try:
            read()
        except Refused:
            continue
