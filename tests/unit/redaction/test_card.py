"""Payment cards."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("card 4111 1111 1111 1111 ok", "4111"),
        ("5555555555554444", "5555555"),
        ("2223003122003222", "22230031"),
        ("3530111333300000", "353011"),
        ("3782-822463-10005", "822463"),
        ("n=4111%201111%201111%201111&", "1111%20"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"card": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "card",
        "4111 1111 1111 1112",
        "1234567890123456",
        "0123456789012345",
        "1763892000123",
        "4000000000000000000000",
    )


def test_the_shape_stays_and_the_check_digit_is_wrong() -> None:
    from sevline.core.redaction.checksums import luhn

    masked = REDACTOR.text("4111-1111-1111-1111").text
    assert masked[0] == "9"
    assert [len(group) for group in masked.split("-")] == [4, 4, 4, 4]
    assert not luhn(masked.replace("-", ""))
