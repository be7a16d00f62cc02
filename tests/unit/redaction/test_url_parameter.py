"""Secrets in URLs."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://a.example/cb?code=SplxlOBeZQQ&x=1", "Splxl"),
        ("/cb?x=1&sig=abcDEF123", "abcDEF"),
        ("u%3Fx%3D1%26code%3DSplxlOBe%26y", "Splxl"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"url_parameter": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "url_parameter",
        "error code=403",
        "/x?code=404",
        "/x?code=ACCESS_DENIED",
        "code: E123456",
    )
