"""A redacted file is drawn above its lines: calls in time, durations, deliveries, the difference of two extracts."""

import io
import json
import zipfile

import pytest

from sevline.cases.models import Case
from sevline.evidence.models import Artifact
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.test_pages import HAR, attached
from tests.generators.deliveries import history
from tests.unit.bench.test_foreign_files import SOURCE, TARGET

pytestmark = pytest.mark.django_db


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
    assert "How long calls took" in shown
    assert "0–0.1 s: 4" in shown


def test_a_delivery_log_is_drawn_over_time(case: Case) -> None:
    shown = page(case, history(300, lost=2, retried=5).csv().encode(), "deliveries.csv", "table")

    assert "Delivery attempts over time" in shown
    assert "silence" in shown


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
