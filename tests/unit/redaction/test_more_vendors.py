"""Token formats of vendors, each built from the public description of its form."""

from random import Random

import pytest

from tests.redaction_corpus import secrets_made
from tests.unit.redaction.looking import REDACTOR


@pytest.mark.parametrize("kind", secrets_made.SHAPED)
def test_a_token_goes_wherever_it_stands_and_a_second_run_changes_nothing(kind: str) -> None:
    value = secrets_made.SHAPED[kind](Random(9))
    for surrounding in ("x {} y", '"{}"', "({}),", "v={}"):
        redacted = REDACTOR.text(surrounding.replace("{}", value))
        assert value not in redacted.text
        assert sum(redacted.counts.values()) == 1
        assert REDACTOR.text(redacted.text).text == redacted.text


def test_a_webhook_secret_is_a_kind_of_its_own() -> None:
    assert REDACTOR.text(secrets_made.of_vendor("stripe webhook", Random(1))).counts == {"stripe_webhook_secret": 1}


def test_what_a_token_says_in_the_open_stays_beside_its_pseudonym() -> None:
    token = secrets_made.json_web_token(Random(2))
    masked = REDACTOR.text(token).text
    assert masked.startswith(("<JWT-RS256-KID", "<JWT-HS256-KID", "<JWT-ES256-KID"))
    assert f"-{len(token)}B-" in masked
    assert "-EXP" in masked
