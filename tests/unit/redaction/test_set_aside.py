"""What stands right before a value, and what parsers take in many ways, comes out as it went in and hides nothing."""

import base64
import json

import pytest

from sevline.core.redaction import Mode, Redactor

REDACTOR = Redactor(bytes(range(32)))
ESCAPES = ("\x1b", "\\x1b", "\\u001b", "\\033", "^[")


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("value", ["mia.wong@example.com", "81.229.14.203", "AKIA" + "IOSFODNN7EXAMPLE"])
def test_a_colour_before_a_value_neither_hides_it_nor_changes(escape: str, value: str) -> None:
    plain = REDACTOR.data(f"by {value} today".encode()).data.decode()
    coloured = REDACTOR.data(f"by {escape}[36m{value}{escape}[0m today".encode()).data.decode()
    assert value not in plain
    assert coloured.replace(f"{escape}[36m", "").replace(f"{escape}[0m", "") == plain


def test_a_colour_in_json_comes_out_escaped_as_it_was() -> None:
    text = '{"m": "\\u001b[31mmia@example.com\\u001b[0m at \\ufdd0", "n": 1}'
    redacted = REDACTOR.document(Mode.JSON, text.encode()).data.decode()
    assert "mia@" not in redacted
    assert redacted.startswith('{"m": "\\u001b[31mu')
    assert redacted.endswith('\\u001b[0m at \\ufdd0", "n": 1}')
    assert REDACTOR.document(Mode.JSON, redacted.encode()).data.decode() == redacted


@pytest.mark.parametrize("mode", [Mode.JSON, Mode.LOGS])
def test_half_a_character_in_json_stays_as_it_is(mode: Mode) -> None:
    kept = r'{"a": "\ud800 \ud83d\ude00 \\ud800 \udc00\uDBFF", "password": "'
    redacted = REDACTOR.document(mode, f'{kept}hunter22"}}'.encode()).data.decode()
    assert redacted.startswith(kept)
    assert "hunter22" not in redacted


@pytest.mark.parametrize("length", range(6, 12))
def test_what_fills_base64_up_behind_a_pseudonym_is_no_new_secret(length: int) -> None:
    told = json.dumps({"user": "jdoe", "password": "Hx9!kQ2#mZ7w"[:length], "email": "a.b@acme.com"})
    once = REDACTOR.data(base64.b64encode(told.encode())).data
    assert REDACTOR.data(once).data == once


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize(
    "text",
    [
        "{}[36mpassword{}[0m=hunter22x",
        "{}[36mINFO{}[0m login {}[36mapi_key{}[0m={}[33mhunter22x9Q8w7E6{}[0m",
        "{}[35mpassword{}[39m: {}[32m'hunter22x'{}[39m",
        "{}[32mpassword{}(B{}[m: {}[33mhunter22x{}(B{}[m",
        "{}[38:5:33mpassword{}[39m={}[38:5:1mhunter22x{}[0m",
        "authorization: {}[36mBearer{}[0m {}[33mhunter22x9Q8w7E6{}[0m",
        "sent bearer {}[1;33mhunter22x9Q8w7E6{}[0m to the gate",
    ],
)
def test_a_colour_between_a_name_and_its_value_does_not_hide_it(escape: str, text: str) -> None:
    redacted = REDACTOR.data(text.replace("{}", escape).encode()).data
    assert b"hunter22x" not in redacted
    assert REDACTOR.data(redacted).data == redacted


def test_a_colour_in_the_print_of_json_hides_no_secret() -> None:
    text = '{\n  \x1b[34;1m"token"\x1b[0m\x1b[1;39m: \x1b[0m\x1b[0;32m"abcDEF123456xyz"\x1b[0m\n}'
    redacted = REDACTOR.data(text.encode()).data.decode()
    assert "abcDEF" not in redacted
    assert '"token": "<' in redacted


def test_colours_beside_other_names_stay_where_they_are() -> None:
    text = "\x1b[36mstatus\x1b[0m=\x1b[32m200\x1b[0m \x1b[36mtook\x1b[0m=3ms"
    assert REDACTOR.data(text.encode()).data.decode() == text
