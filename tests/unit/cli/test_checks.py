import json

from typer.testing import CliRunner

from sevline.cli import build
from sevline.core.checks import every_check

RUNNER = CliRunner()


def test_every_check_is_listed_with_its_inputs() -> None:
    told = json.loads(RUNNER.invoke(build(), ["checks", "--format", "json"]).stdout)

    assert [one["id"] for one in told] == sorted(check.id for check in every_check())
    assert [one["id"] for one in told if not one["needs"]] == []
    assert all(need["what"] and need["how"].endswith(".") for one in told for need in one["needs"])


def test_a_beginning_of_ids_chooses_and_the_text_names_what_is_needed() -> None:
    text = RUNNER.invoke(build(), ["checks", "saml09"]).stdout

    assert text.startswith("SAML09   The assertion was used within its time")
    assert "needs a SAML response" in text
    assert text.endswith("1 check.\n")


def test_an_id_that_no_check_has_is_refused_in_a_sentence() -> None:
    result = RUNNER.invoke(build(), ["checks", "XX"])

    assert result.exit_code != 0
    assert "There is no check whose id begins with XX." in str(result.exception.reasons)  # type: ignore[union-attr]  # Refused
