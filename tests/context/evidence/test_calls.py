"""The calls of a recording stand on one time axis, with the failed ones marked by their status."""

import json
from copy import deepcopy
from typing import Any

import pytest

from sevline.evidence import selectors
from sevline.evidence.selectors.recorded import MOST_DRAWN
from tests import make
from tests.context.evidence.test_pages import HAR, attached, page

pytestmark = pytest.mark.django_db


def test_each_call_of_a_recording_has_a_bar_its_time_and_its_status() -> None:
    upload = attached(make.case(severity=2), json.dumps(HAR).encode(), "dashboard.har")

    text = page(f"/evidence/uploads/{upload.pk}").content.decode()

    assert "Requests over time" in text
    assert text.count("GET api.example.test/v1/orders</th>") == 4
    assert text.count(">502</td>") == 3
    assert "40 ms" in text
    assert "from 16 Nov 2026 10:00 UTC" in text


def test_of_very_many_calls_the_failed_and_the_slowest_are_drawn_in_the_order_of_time() -> None:
    har: Any = deepcopy(HAR)
    first = har["log"]["entries"][0]
    entries = [deepcopy(first) for _ in range(100)]
    for at, entry in enumerate(entries):
        entry["startedDateTime"] = f"2026-11-16T10:{at // 60:02}:{at % 60:02}.000Z"
        entry["time"] = 10 + at
    entries[3]["response"]["status"] = 500
    har["log"]["entries"] = entries
    upload = attached(make.case(severity=2), json.dumps(har).encode(), "long.har")

    found = selectors.calls(upload.artifacts.all())

    assert found is not None
    assert (found.drawn, found.total) == (MOST_DRAWN, 100)
    assert found.picture.count(">500</td>") == 1
    assert found.picture.index(">500</td>") < found.picture.index(">200</td>")


def test_a_file_that_is_no_recording_has_no_picture_of_calls() -> None:
    upload = attached(make.case(severity=2), b"2026-11-16T10:00:00Z ERROR it failed\n")

    assert selectors.calls(upload.artifacts.all()) is None
