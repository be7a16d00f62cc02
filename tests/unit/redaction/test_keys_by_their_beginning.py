"""Keys that say by their first letters what they are."""

from base64 import b64encode

import pytest

from tests.unit.redaction.looking import kept, masked

TAIL = "q7Rk2Zt9Lm4Xv8Bn1Cw6" * 6
PEM = "-----BEGIN {}-----\n"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("paseto_token", "v4.local." + TAIL[:90]),
        ("paseto_token", "v2.public." + TAIL[:80] + "." + TAIL[:12]),
        ("macaroon", "MDAxY2xvY2F0" + "aW9u" + TAIL[:90]),
        ("extended_private_key", "xp" + "rv" + TAIL[:107]),
        ("docker_config", "eyJhdX" + "RocyI6" + TAIL[:60]),
        ("encoded_private_key", b64encode((PEM.format("PRIVATE " + "KEY") + TAIL).encode()).decode()),
        ("encoded_private_key", b64encode((PEM.format("RSA PRIVATE " + "KEY") + TAIL).encode()).decode()),
    ],
)
def test_the_key_is_masked(kind: str, value: str) -> None:
    masked(kind, value, "{}", "token: {}", "x {} y")


def test_what_begins_like_one_and_is_none_stays() -> None:
    kept("paseto_token", "v4.local.10", "v1.public.api")
    kept("encoded_private_key", b64encode((PEM.format("CERTIFICATE") + TAIL).encode()).decode())
