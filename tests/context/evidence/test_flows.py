"""A redacted file is drawn above its lines: calls in time, durations, deliveries, the difference of two extracts."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from sevline.cases.models import Case
from sevline.evidence.models import Artifact
from tests import make
from tests.cast import cast, signed_in
from tests.certificates import made
from tests.context.evidence.test_pages import HAR, attached
from tests.evidence import call, har_bytes
from tests.generators.deliveries import history
from tests.spans import jaeger_form, otlp, span, zipkin_form
from tests.unit.bench.test_foreign_files import SOURCE, TARGET

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def page(case: Case, data: bytes, name: str, kind: str, at: str = "") -> str:
    upload = attached(case, data, name)
    file = Artifact.objects.filter(upload=upload, kind=kind).order_by("-pk")[0]
    return signed_in(cast().sam).get(f"/evidence/files/{file.pk}{at}").content.decode()


def test_a_recording_is_drawn_as_a_waterfall_with_its_durations(case: Case) -> None:
    shown = page(case, json.dumps(HAR).encode(), "calls.har", "har")

    assert shown.count('<th scope="row" class="mono d0">GET api.example.test/v1/orders</th>') == 4
    assert '<th scope="col">Call</th>' in shown
    assert "How long calls took" in shown
    assert "0–0.1 s: 4" in shown


def test_a_delivery_log_is_drawn_over_time(case: Case) -> None:
    shown = page(case, history(300, lost=2, retried=5).csv().encode(), "deliveries.csv", "table")

    assert "Delivery attempts over time" in shown
    assert "silence" in shown


def test_a_delivery_log_in_json_is_drawn_over_time_too(case: Case) -> None:
    shown = page(case, json.dumps(history(300, lost=2, retried=5).rows).encode(), "deliveries.json", "json")

    assert "Delivery attempts over time" in shown


@pytest.mark.parametrize(
    ("last", "title"),
    [(200, "40 of 60 calls around the slowest"), (500, "40 of 60 calls around the first failure")],
)
def test_of_many_calls_those_are_drawn_that_the_title_names(case: Case, last: int, title: str) -> None:
    calls = [call(200, after=n) for n in range(59)]

    end = call(last, after=59, millis=9_000, url="https://api.example.com/v1/last")
    shown = page(case, har_bytes(*calls, end), "calls.har", "har")

    assert f"Calls in time, {title}" in shown
    assert "GET api.example.com/v1/last</th>" in shown


def test_the_difference_of_two_extracts_is_a_table_of_pseudonyms(case: Case) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("source.csv", SOURCE)
        archive.writestr("target.csv", TARGET)

    shown = page(case, packed.getvalue(), "both.zip", "json")

    assert "2 only in the source, 0 only in the target, 1 different" in shown
    assert "Affected tenants" in shown
    assert "&lt;ROW-" in shown
    assert "Person" not in shown


def test_pages_of_lines_further_down_hold_no_picture(case: Case) -> None:
    assert "Calls in time" not in page(case, json.dumps(HAR).encode(), "calls.har", "har", at="?start=2")


CALLS = (
    span("GET /", 0, 100),
    span("query", 20, 70, parent="GET /", service="db", error="deadlock"),
    span("render", 70, 90, parent="GET /"),
)


@pytest.mark.parametrize("form", [otlp, jaeger_form, zipkin_form])
def test_a_trace_is_drawn_as_a_waterfall_with_its_error(case: Case, form: Callable[..., Any]) -> None:
    shown = page(case, json.dumps(form(*CALLS)).encode(), "trace.json", "json")

    assert shown.count('class="mono d0"') == 1
    assert shown.count('class="mono d1"') == 2
    assert "db: query" in shown
    assert '<td class="t-bad">error</td>' in shown


def test_what_is_called_in_a_loop_is_one_row_and_hides_nothing_behind_it(case: Case) -> None:
    loop = [span("SELECT price", 10 * n, 10 * n + 9, parent="GET /") | {"id": f"q{n}"} for n in range(80)]
    end = span("GET /rate", 800, 990, parent="GET /", service="tax", error="deadline exceeded")
    shown = page(case, json.dumps(otlp(span("GET /", 0, 1000), *loop, end)).encode(), "trace.json", "json")

    assert shown.count("SELECT price</th>") == 1
    assert "80 times</td>" in shown
    assert "tax: GET /rate</th>" in shown
    assert "rows that failed or took longest" not in shown


def test_of_a_trace_with_too_many_rows_those_stay_that_failed_or_took_longest(case: Case) -> None:
    short = [span(f"step {n}", 10 * n, 10 * n + 5, parent="GET /") for n in range(90)]
    end = span("GET /rate", 900, 901, parent="GET /", error="deadline exceeded")
    shown = page(case, json.dumps(otlp(span("GET /", 0, 1000), *short, end)).encode(), "trace.json", "json")

    assert ", the 60 of 92 rows that failed or took longest" in shown
    assert "shop: GET /rate</th>" in shown


def test_a_trace_of_a_cut_file_is_drawn_as_far_as_it_goes(case: Case) -> None:
    text = json.dumps(jaeger_form(*CALLS), indent=1)

    shown = page(case, text[: int(len(text) * 0.8)].encode(), "trace.json", "json")

    assert "db: query" in shown


def test_a_certificate_chain_is_a_table_from_the_leaf_on(case: Case) -> None:
    made("inter", "root")
    chain = made("leaf", "inter", dns="leaf.example.com").pem + made("other", "root").pem

    shown = page(case, chain.encode(), "chain.pem", "text")

    assert "Certificate chain" in shown
    assert "leaf.example.com" in shown
    assert "not signed by the next one" in shown
    assert "its issuer is not in the file" in shown


def test_the_page_of_an_upload_shows_the_picture_of_its_one_file(case: Case) -> None:
    upload = attached(case, json.dumps(jaeger_form(*CALLS)).encode(), "trace.json")

    assert "db: query" in signed_in(cast().sam).get(f"/evidence/uploads/{upload.pk}").content.decode()
