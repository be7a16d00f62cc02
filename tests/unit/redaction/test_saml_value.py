"""SAML values in text."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('<saml:NameID Format="x">jdoe</saml:NameID>', "jdoe"),
        ("<AttributeValue>Sales</AttributeValue>", "Sales"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"saml_value": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "saml_value",
        "<NameID/>",
        "NameID is missing",
        "<NameIDPolicy>x",
    )
