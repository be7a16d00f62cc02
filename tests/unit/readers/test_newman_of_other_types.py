"""A report of Newman whose fields are of another type is read as far as it goes."""

from typing import Any

import pytest

from sevline.core.readers.postman import read_newman


@pytest.mark.parametrize("odd", [7, True, "text", {"a": 1}, None, [], [7]])
def test_odd_parts_of_a_call_are_left_out_of_the_report(odd: Any) -> None:
    request = {"method": "GET", "url": {"raw": odd, "query": odd, "host": ["a", "example"], "path": ["x"]}}
    document = {"run": {"executions": [{"request": request, "assertions": odd}]}}

    report = read_newman(document, "a1", None)

    assert report.assertions == ()
    assert len(report.exchanges) == 1
