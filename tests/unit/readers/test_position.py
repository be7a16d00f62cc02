"""A locator leads to the line and column at which the cited thing stands."""

import json

import pytest

from sevline.core.readers.position import Position, position

PRETTY = '{\n  "log": {\n    "entries": [\n      {"status": 200},\n      {"status": 502}\n    ]\n  }\n}\n'
XML = b'<a:r xmlns:a="urn:a"><!-- note -->\n  <a:x/><a:x id="2">text</a:x>\n</a:r>'


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("", Position(1, 1)),
        ("/log", Position(2, 10)),
        ("/log/entries/1", Position(5, 7)),
        ("/log/entries/1/status", Position(5, 18)),
        ("/log/entries/2", None),
        ("/log/nothing", None),
        ("log", None),
    ],
)
def test_a_json_pointer_leads_to_its_value(pointer: str, expected: Position | None) -> None:
    assert position("json", PRETTY.encode(), pointer) == expected


def test_a_pointer_with_escapes_finds_a_name_with_a_slash() -> None:
    assert position("json", b'{"a/b": {"~": 1}}', "/a~1b/~0") == Position(1, 15)


def test_of_two_members_with_one_name_the_last_counts() -> None:
    assert position("json", b'{"a": 1, "a": 2}', "/a") == Position(1, 15)


def test_one_long_line_is_found_by_its_column() -> None:
    text = json.dumps({"entries": [{"n": n} for n in range(1000)]})

    found = position("json", text.encode(), "/entries/999/n")

    assert found is not None
    assert text[found.column - 1 :].startswith("999}]")


@pytest.mark.parametrize("broken", [b"", b"{", b'{"a"', b'{"a":', b"[" * 100_000, b'{"a" 1 2}'])
def test_broken_json_has_no_places(broken: bytes) -> None:
    assert position("json", broken, "/a/b") is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/a:r", Position(1, 1)), ("/a:r/a:x[2]", Position(2, 9)), ("/a:r/a:x[2]/@id", Position(2, 9)), ("/b", None)],
)
def test_a_path_leads_to_the_start_tag(path: str, expected: Position | None) -> None:
    assert position("xml", XML, path) == expected


def test_xml_with_a_doctype_has_no_places() -> None:
    assert position("xml", b"<!DOCTYPE a><a/>", "/a") is None


def test_a_line_and_column_are_taken_as_they_are() -> None:
    assert position("lines", b"", "12:3") == Position(12, 3)
    assert position("lines", b"", "twelve") is None
