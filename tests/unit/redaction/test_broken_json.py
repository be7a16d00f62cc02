"""JSON that was cut off or damaged: what its structure gives away is masked as in a whole document."""

import json

import pytest

from sevline.core.redaction.modes import Mode
from sevline.core.redaction.redactor import Redactor

SESSION = "s%3A8f2b61d0" + "aa77Qx"
TRACKED = "GA1.2." + "443188.1700001"
PLAIN = "swordfish" + "plain"
PLANTED = (SESSION, TRACKED, PLAIN)


def _entry(number: int) -> dict[str, object]:
    return {
        "request": {
            "method": "GET",
            "url": f"https://shop.example.org/orders/{number}",
            "headers": [
                {"name": "Accept", "value": "application/json"},
                {"name": "Cookie", "value": f"nwsid={SESSION}; _ga={TRACKED}"},
            ],
            "cookies": [{"name": "nwsid", "value": SESSION}, {"name": "_ga", "value": TRACKED}],
            "postData": {"params": [{"name": "passwort", "value": PLAIN}]},
        },
        "response": {"status": 200, "headers": [{"name": "Set-Cookie", "value": f"nwsid={SESSION}; Path=/"}]},
    }


HAR = json.dumps({"log": {"version": "1.2", "creator": {"name": "x"}, "entries": [_entry(one) for one in range(3)]}})
PRETTY = json.dumps(json.loads(HAR), indent=2)
REVERSED = HAR.replace('"name": "Cookie", "value"', '"value"').replace(
    f'_ga={TRACKED}"', f'_ga={TRACKED}", "name": "Cookie"'
)
redactor = Redactor(b"k" * 32)


def _left(text: str) -> list[str]:
    """Of each planted value what a reader could still see, nine characters being enough to know it by."""
    return [value for value in PLANTED if value[:9] in text]


@pytest.mark.parametrize("whole", [HAR, PRETTY, REVERSED], ids=["in one line", "indented", "value before name"])
@pytest.mark.parametrize("share", range(31, 100, 4))
def test_a_har_that_is_cut_anywhere_shows_no_cookie(whole: str, share: int) -> None:
    cut = whole[: len(whole) * share // 100]

    redacted = redactor.document(Mode.HAR, cut.encode())

    assert _left(redacted.data.decode()) == []
    assert "cut off" in redacted.notes[0]


@pytest.mark.parametrize(
    "ending", ['"value": "nwsid=' + SESSION, '"value": "a\\', '"value": "a\\u00', '"value', "{", "]}]}}"]
)
def test_what_is_not_masked_comes_out_as_it_went_in_whatever_it_ends_with(ending: str) -> None:
    text = '{"log": {"entries": [{"note": "kept", ' + ending

    redacted = redactor.document(Mode.HAR, text.encode()).data.decode()

    assert redacted == text


@pytest.mark.parametrize("text", ["", "]", '"', '"a', '":', '{"a":', "}}}}", '{"a": "b"} {"c": "d"', '[1, 2, "\\'])
def test_scraps_of_json_pass_unchanged(text: str) -> None:
    assert redactor.document(Mode.JSON, text.encode()).data == text.encode()


def test_a_quotation_mark_that_is_missing_hides_nothing_that_a_text_shows() -> None:
    broken = HAR.replace('"method": "GET"', '"method": "GET', 1)

    redacted = redactor.document(Mode.HAR, broken.encode()).data.decode()

    assert _left(redacted) == []


def test_a_har_that_is_cut_within_a_long_body_of_json_is_read_in_time() -> None:
    body = json.dumps(json.dumps([{"mail": "mia@example.com"}] * 10_000))
    cut = '{"log":{"entries":[{"response":{"content":{"text":' + body[:200_000]

    redacted = Redactor(bytes(32)).document(Mode.HAR, cut.encode())

    assert b"mia@example" not in redacted.data
