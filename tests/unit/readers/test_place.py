"""A recording that is not held decoded gives the same excerpts as one that is."""

import json

import pytest

from sevline.core.readers import place
from sevline.core.readers.place import Places
from tests.evidence import call, har_bytes

DATA = har_bytes(call(200, body='{"ok": true}'), call(503, after=1, body="größer als erwartet"))
LOCATORS = (
    "/log/entries/1/response/status",
    "/log/entries/1/response/content/text",
    "/log/entries/0",
    "/log/entries/1/request/headers/9/value",
    "/log/entries/7/response",
    "/log/version",
    "/log/creator/name",
    "/log/entries",
    "/log",
    "",
    "nonsense",
)


@pytest.mark.parametrize("locator", LOCATORS)
def test_excerpts_are_the_same(locator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Places.of("json", DATA)
    monkeypatch.setattr(place, "LARGE", 0)
    in_parts = Places.of("json", DATA)

    assert in_parts.document != whole.document
    assert in_parts.excerpt(locator) == whole.excerpt(locator)
    assert in_parts.nearest(locator) == whole.nearest(locator)


@pytest.mark.parametrize("data", [b"[1, 2]", b'{"log": 1}', b'{"log": {"entries": 3}}', b'{"log": {"entries": [1, '])
def test_what_is_no_recording_is_held_as_before(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Places.of("json", data)
    monkeypatch.setattr(place, "LARGE", 0)

    assert Places.of("json", data) == whole


def test_an_entry_that_cannot_be_decoded_alone_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "LARGE", 0)
    deep = json.loads(DATA)
    text = json.dumps(deep).replace('"a test"', "[" * 3_000 + "]" * 3_000).encode()

    assert Places.of("json", text).excerpt("/log/creator/name") is None
