"""Connection strings."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Server=db;User Id=sa;Password=hunter2;Encrypt=true", "hunter2"),
        ("DefaultEndpointsProtocol=https;AccountName=foo1;AccountKey=abc+/==;EndpointSuffix=core", "abc+"),
        ("Data Source=x;pwd=a b}c;", "a b}c"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"connection_string": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "connection_string",
        "Server=db;Database=x;Encrypt=true",
        "host=a; b=c",
    )
