"""What logs say of tokens that were refused for their time, in the words of libraries and proxies."""

import pytest
from tests.evidence import found

from sevline.core.finding import Finding, Side, State
from sevline.core.readers.reader import Form, Source, read_all


def judged(*lines: str) -> list[Finding]:
    log = [f"2026-11-24T10:00:0{at}Z {line}" for at, line in enumerate(lines)]
    return found("OIDC07", *read_all(Form.LINES, Source("a1", "app.log"), log))


EXPIRED = [
    "WARN Jwt expired at 2026-11-24T09:55:00Z. Current time: 2026-11-24T10:00:00Z",
    "ERROR TokenExpiredError: jwt expired",
    "ERROR jwt.exceptions.ExpiredSignatureError: Signature has expired",
    "WARN auth: token is expired by 4m12s",
    "ERROR IDX10223: Lifetime validation failed. The token is expired.",
    'ERROR JWTExpired: "exp" claim timestamp check failed',
    '401 - jwt_authn_access_denied{Jwt_is_expired} - "-"',
    "ERROR com.auth0.jwt.exceptions.TokenExpiredException: The Token has expired on 2026-11-24",
]
EARLY = [
    "ERROR jwt not active",
    "ERROR The token is not yet valid (nbf)",
    "WARN JWT not valid before 2026-11-24T10:03:11Z",
    "ERROR IDX10222: Lifetime validation failed. The token is not yet valid.",
    "ERROR Token used before issued",
    "WARN Jwt used before 2026-11-24T10:02:00Z",
]
OTHERS = [
    "WARN refresh token expired, the user signed out",
    "ERROR csrf token expired",
    "INFO token expires_in=3600",
    "INFO expired=false token ok",
    "ERROR password reset token expired",
    "WARN the token is not valid",
]


@pytest.mark.parametrize("line", EXPIRED)
def test_a_token_that_was_expired_is_told_however_the_library_words_it(line: str) -> None:
    (finding,) = judged(line, "INFO next")

    assert finding.state in {State.FAIL, State.WARN}
    assert "that a token was expired" in finding.title
    assert finding.side is Side.CUSTOMER_CLIENT
    assert finding.evidence[0].locator == "1:1"


@pytest.mark.parametrize("line", EARLY)
def test_a_token_before_its_time_points_to_the_clocks(line: str) -> None:
    (finding,) = judged(line, "INFO next")

    assert "not valid yet" in finding.title
    assert "NTP" in finding.next_step


@pytest.mark.parametrize("line", OTHERS)
def test_tokens_of_other_kinds_and_other_faults_are_left_alone(line: str) -> None:
    (finding,) = judged(line, "INFO next")

    assert finding.state is State.NOT_EVALUATED


def test_both_kinds_in_one_log_are_two_findings() -> None:
    assert len(judged("ERROR jwt expired", "ERROR jwt not active", "ERROR jwt expired")) == 2


def test_a_line_whose_time_names_no_year_is_told_without_a_moment() -> None:
    lines = ["Nov 24 09:00:00 web1 app: started", "Nov 24 09:00:02 web1 app: ERROR token used before issued"]

    (finding,) = found("OIDC07", *read_all(Form.LINES, Source("a1", "app.log"), lines))

    assert finding.title.startswith("The log says once that a token was not valid yet")
