"""URLs with credentials."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("postgres://app:hunter2@db.example/x", "hunter2"),
        ("https://mia:p%40ss@host.example", "p%40ss"),
        ("redis://:hunter2@cache", "hunter2"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"url_credentials": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "url_credentials",
        "https://host.example:8080/a@b",
        "http://host.example/",
        "ssh://git@host",
    )
