"""Telephone numbers."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call +49 30 901820 now", "901820"),
        ("+14155552671", "4155552671"),
        ("(415) 555-2671", "555-2671"),
        ("415-555-2671", "555-2671"),
        ("q=%2B4930901820&", "30901820"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"phone": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "phone",
        "1763892000",
        "+1 2 3",
        "2026-11-23",
        "123-456-7890",
        "200-100-3000",
        "10.20.30",
    )


def test_times_of_a_proxy_are_no_telephone_number() -> None:
    kept("phone", "nginx 0/0/0/236/236 302 4567 - - ----", "0/1/2/415/415 555 0132 0/0")


def test_the_blank_between_a_number_and_its_name_stays() -> None:
    assert REDACTOR.text("mobile 0171 5550 998").text.startswith("mobile <PHONE-")


def test_a_row_of_numbers_is_masked_to_its_last_however_long_it_is() -> None:
    numbers = [f"0049170{number}" for number in range(2_123_456, 2_124_456)]

    redacted = REDACTOR.text(" ".join(numbers))

    assert [number for number in numbers if number in redacted.text] == []
    assert REDACTOR.text(redacted.text).text == redacted.text
