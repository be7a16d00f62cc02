"""The redactor as a whole: bytes, names, terms, keys."""

import base64
import codecs
import json
from collections import Counter

import pytest

from sevline.core.redaction import Mode, Redactor, Term

KEY = bytes(range(32))


def test_the_same_value_has_the_same_name_under_one_key_and_another_under_the_next() -> None:
    first, again, other = Redactor(KEY), Redactor(KEY), Redactor(b"x" * 32)
    text = "login of mia@example.com failed"
    assert first.text(text).text == again.text(text).text
    assert first.text(text).text != other.text(text).text


def test_counts_and_samples_tell_what_was_masked_without_telling_the_value() -> None:
    redacted = Redactor(KEY).text("mia@example.com wrote to mia@example.com and tom@example.com")
    assert redacted.counts == {"email": 3}
    assert len(redacted.samples["email"]) == 2
    assert "mia" not in str(redacted.samples)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_keep_their_mark_and_every_other_byte(encoding: str) -> None:
    mark = "\ufeff".encode(encoding)
    data = mark + "größe=1 mia@example.com\r\nok\n".encode(encoding)
    masked = Redactor(KEY).data(data).data
    assert masked.startswith(mark + "größe=1 u".encode(encoding))
    assert masked.endswith("\r\nok\n".encode(encoding))
    assert "mia".encode(encoding) not in masked


def test_utf16_without_a_mark_is_known_by_its_zeros() -> None:
    masked = Redactor(KEY).data("from mia@example.com at noon".encode("utf-16-le")).data
    assert masked.decode("utf-16-le").startswith("from u")


def test_bytes_that_are_not_text_pass_through_around_a_masked_value() -> None:
    data = b"\xff\xfe\xfa\x00 mia@example.com \x80\xed\xa0\x80\x00\n\xc3"
    masked = Redactor(KEY).data(b"x" + data).data
    assert masked.startswith(b"x\xff\xfe\xfa\x00 u")
    assert masked.endswith(b" \x80\xed\xa0\x80\x00\n\xc3")
    assert b"mia" not in masked


def test_an_odd_last_byte_of_utf16_stays() -> None:
    data = codecs.BOM_UTF16_LE + "mia@example.com".encode("utf-16-le") + b"\x41"
    assert Redactor(KEY).data(data).data.endswith(b"\x41")


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Redactor(b"short")


def test_words_of_the_case_are_masked_in_any_case_and_only_as_whole_words() -> None:
    redactor = Redactor(KEY, terms=[Term("host", "db1.northwind"), Term("person", "Mia Lind")])
    redacted = redactor.text("DB1.northwind answered MIA LIND; Mia%20Lind; amia lindgren")
    assert redacted.counts == {"host": 1, "person": 2}
    assert "amia lindgren" in redacted.text
    assert redactor.text(redacted.text).text == redacted.text


def test_a_word_of_the_case_that_occurs_in_tokens_changes_no_token() -> None:
    redactor = Redactor(KEY, terms=[Term("host", "host"), Term("mail", "redacted")])
    once = redactor.text("host mia@example.com").text
    assert redactor.text(once).text == once


def test_an_allowed_value_stays() -> None:
    redactor = Redactor(KEY, allowed=["support@example.com"])
    assert redactor.text("write to support@example.com").text == "write to support@example.com"


def test_names_of_files_keep_folder_and_ending() -> None:
    name = Redactor(KEY).name("logs/mia@example.com.har")
    assert name.startswith("logs/u")
    assert name.endswith(".har")
    assert "mia" not in name
    assert Redactor(KEY).name("logs/app.log") == "logs/app.log"


@pytest.mark.parametrize("ending", ["", ".log", ".har", ".zip/app.log", "/app.log", ".log.1"])
@pytest.mark.parametrize("mail", ["mia@mail.shop.example", "mia@shop.example", "mia@mail.shop.de", "mia@shop.com"])
def test_an_address_in_a_name_gets_the_token_that_it_has_in_a_text_and_keeps_it(mail: str, ending: str) -> None:
    redactor = Redactor(KEY)
    named = redactor.name(f"from {mail}{ending}")

    assert named == f"from {redactor.text(mail).text}{ending}"
    assert redactor.name(named) == named


def test_no_key_part_of_a_name_has_seven_digits_in_a_row() -> None:
    redacted = Redactor(KEY).text("\n".join(f"n{number}@example.com" for number in range(2000))).text
    assert Redactor(KEY).text(redacted).text == redacted


def test_what_stands_two_encodings_deep_is_counted_by_its_kind_and_its_sample_is_no_text_of_the_customer() -> None:
    inner = base64.b64encode(b"please write to jane.roe@acme.example about the outage").decode()
    outer = base64.b64encode(f"<certificate>{inner}</certificate> and more words".encode()).decode()

    redacted = Redactor(KEY).text(f"payload {outer} end")

    assert redacted.counts == {"email": 1}
    assert all(inner not in sample and outer not in sample for sample in redacted.samples.get("email", ()))
    assert b"jane.roe" not in base64.b64decode(base64.b64decode(redacted.text.split()[1]).split(b">")[1].split(b"<")[0])


def test_values_by_their_place_are_masked_and_counted_as_if_each_stood_alone() -> None:
    parts = ("eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4")
    jwt = ".".join(parts)
    values = [
        f"Bearer {jwt}",
        f"Bearer {jwt}",
        "Basic dXNlcjpwYXNz",
        f"Bearer password=Kq7{'x' * 9}Zz1",
        "token-of-no-form",
    ]
    redactor = Redactor(KEY)

    def har(*headers: str) -> bytes:
        listed = [{"name": "Authorization", "value": value} for value in headers]
        return json.dumps({"log": {"entries": [{"request": {"headers": listed}}]}}).encode()

    together = redactor.document(Mode.HAR, har(*values))
    alone = [redactor.document(Mode.HAR, har(value)) for value in values]

    shown = [header["value"] for header in json.loads(together.data)["log"]["entries"][0]["request"]["headers"]]
    singly = [json.loads(one.data)["log"]["entries"][0]["request"]["headers"][0]["value"] for one in alone]
    assert shown == singly
    assert together.counts == dict(sum((Counter(one.counts) for one in alone), Counter()))
