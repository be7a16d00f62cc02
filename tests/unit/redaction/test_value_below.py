"""Values on the line below their name."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Password:\nLavendel-77\nnext", "Lavendel-77"),
        ('"client_secret":\n    "V5luX293I6Y1-8EDV1",', "V5luX293I6Y1-8EDV1"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)

    assert value not in redacted.text
    assert redacted.counts == {"value_below": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_a_structure_below_a_name_stays() -> None:
    kept(
        "value_below",
        "secret:\n  name: db-secret\n",
        "password:\n  description: at least 8\n",
        "Token:\n----------\n",
        "password:\nrequired\n",
    )
