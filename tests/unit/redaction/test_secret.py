"""Values beside a name that says secret."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("password=hunter2&user=x", "hunter2"),
        ('{"password": "my pass \\" phrase"}', "phrase"),
        ('{\\"client_secret\\":\\"s3cr3t\\",\\"a\\":1}', "s3cr3t"),
        ("X-Api-Key: foo123", "foo123"),
        ("SAMLResponse=PHNhbWw%2BAAA%3D&RelayState=x", "PHNh"),
        ("u%3Fpassword%3Dhunter2%26x%3D1", "hunter2"),
        ("<password>hunter2</password>", "hunter2"),
        ("DB_PASSWORD=xyz987", "xyz987"),
        ("id_token=abc.def", "abc.def"),
        ("token: 'ab cd'", "ab cd"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"secret": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "secret",
        "Unexpected token: }",
        "Invalid token: expired",
        "max_tokens: 100",
        "token_type: Bearer",
        "password: required",
        "password=****",
        "PWD=/srv/app",
        "the password was wrong",
        "token=null",
    )
