"""A secret that its name gave away once is masked where it stands again without the name."""

import json

import pytest

from sevline.core.redaction import Mode, Redactor
from sevline.core.redaction.chunks import CHUNK
from sevline.core.redaction.repeats import is_telling
from tests.unit.redaction.looking import KEY

SECRET = "Sum!mer" + "-2026x"
NAMED = f"password={SECRET}"


def redactor(*known: str, allowed: tuple[str, ...] = ()) -> Redactor:
    return Redactor(KEY, known=known, allowed=allowed)


def test_a_password_is_masked_before_and_after_the_line_that_names_it() -> None:
    masked = redactor().text(f"signing in with {SECRET} failed\n{NAMED}\ntried ({SECRET}) again").text

    token = masked.split("password=")[1].split("\n")[0]
    assert masked == f"signing in with {token} failed\npassword={token}\ntried ({token}) again"


@pytest.mark.parametrize("written", ["Sum%21mer-2026x", f'"{SECRET}"', f"/login/{SECRET}?next=1", f"‘{SECRET}’"])
def test_it_is_found_in_a_url_and_between_marks(written: str) -> None:
    masked = redactor().text(f"{NAMED}\nsaw {written}").text

    assert "2026x" not in masked


def test_a_longer_word_that_only_begins_like_it_stays() -> None:
    assert f"{SECRET}y" in redactor().text(f"{NAMED}\nsaw {SECRET}y").text


@pytest.mark.parametrize(
    "value", ["hunter22", "Password", "password1", "2026-11-25T10:00:00Z", "/etc/ssl/Key1", "v1.2.3-rc1", "aaaaaaA1"]
)
def test_short_plain_and_ordinary_values_are_masked_only_beside_their_name(value: str) -> None:
    assert not is_telling(value)
    assert value in redactor().text(f"secret={value}\nthe {value} again").text


def test_a_value_that_a_person_allowed_stays_everywhere() -> None:
    text = f"{NAMED}\nsaw {SECRET}"

    assert redactor(allowed=(SECRET,)).text(text).text == text


def test_what_is_kept_of_a_secret_is_a_hash_and_a_length_and_finds_it_in_the_next_text() -> None:
    kept = redactor().text(NAMED).secrets
    masked = redactor(*kept).text(f"I typed {SECRET}, twice. ({SECRET}) pw:{SECRET}").text

    assert len(kept) == 1
    assert kept[0].endswith(f":{len(SECRET)}")
    assert SECRET not in masked
    assert masked.count("<SECRET-") == 3


def test_the_hash_of_one_case_finds_nothing_in_another() -> None:
    kept = redactor().text(NAMED).secrets
    other = Redactor(bytes(reversed(KEY)), known=kept)

    assert other.text(f"saw {SECRET}").text == f"saw {SECRET}"


def test_json_and_xml_are_masked_where_no_name_stands_and_stay_well_formed() -> None:
    document = json.dumps({"said": f"with {SECRET} it works", "login": {"password": SECRET}}).encode()
    masked = json.loads(redactor().document(Mode.JSON, document).data)
    xml = redactor().document(Mode.XML, f"<a><n>try {SECRET}</n><password>{SECRET}</password></a>".encode()).data

    assert masked["said"] == f"with {masked['login']['password']} it works"
    assert SECRET.encode() not in xml
    assert xml.count(b"&lt;SECRET-") == 2


def test_a_value_named_in_the_last_piece_of_a_large_text_is_masked_in_the_first() -> None:
    text = f"saw {SECRET}\n" + "nothing to see here\n" * (CHUNK // 20 + 10) + NAMED
    masked = redactor().data(text.encode()).data

    assert SECRET.encode() not in masked


def test_a_second_run_changes_nothing() -> None:
    once = redactor().text(f"saw {SECRET}\n{NAMED}").text

    assert redactor().text(once).text == once
