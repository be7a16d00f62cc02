"""A log that says itself why a sign-in was refused, in the spellings of usual libraries, and lines that do not."""

from datetime import timedelta

import pytest
from tests.evidence import START, found, states

from sevline.core.finding import Confidence, Finding, Given, Side, State
from sevline.core.readers.reader import Form, Source, read_all

ENTITY = "https://app.example.com/saml/metadata"
SAID = f"sso.acs SAML validation failed: invalid audience expected={ENTITY} got={ENTITY}-NEW"


def given(*texts: str, name: str = "sso.log") -> list[Given]:
    """A log, a record each second after nine that say that all is well."""
    told = [*("INFO sso.acs login ok tenant=contoso" for _ in range(9)), *texts]
    return raw(*(f"{at(second)} {text}" for second, text in enumerate(told)), name=name)


def raw(*lines: str, name: str = "sso.log") -> list[Given]:
    return list(read_all(Form.LINES, Source("a1", name), list(lines)))


def at(second: int) -> str:
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def one(*texts: str) -> Finding:
    (finding,) = found("OBS16", *given(*texts))
    return finding


def test_an_audience_that_a_log_names_is_counted_dated_and_cited_with_both_values() -> None:
    finding = one(*(f"ERROR {SAID} tenant={name}" for name in ("northwind", "northwind", "fabrikam")))

    assert (finding.state, finding.confidence, finding.side) == (State.FAIL, Confidence.PROOF, Side.CUSTOMER_IDP)
    assert finding.title == (
        "The log says 3 times, from 2026-03-02T09:00:09Z to 2026-03-02T09:00:11Z, that the audience is not ours: "
        f"expected “{ENTITY}”, got “{ENTITY}-NEW”; they part at character 38: “-NEW” and “the end”. "
        "2 tenants: “northwind”, “fabrikam”."
    )
    assert [(cited.locator, cited.observed, cited.expected) for cited in finding.evidence] == [
        ("10:1", f"{ENTITY}-NEW", ENTITY),
        ("12:1", f"{ENTITY}-NEW", ENTITY),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "got"),
    [
        ('ERROR saml: audience mismatch: expected "urn:a", got "urn:b"', "urn:a", "urn:b"),
        ("WARN saml audience mismatch want=urn:a got=urn:b", "urn:a", "urn:b"),
        ("ERROR saml: Invalid issuer. Expected: urn:a. Received: urn:b.", "urn:a", "urn:b"),
        ("ERROR saml wrong_audience expected_audience='urn:a' actual_audience='urn:b'", "urn:a", "urn:b"),
        ("ERROR saml unexpected audience: expected [urn:a] but was [urn:b]", "urn:a", "urn:b"),
        ("DEBUG saml audience mismatch expected=urn:a got=urn:b", "urn:a", "urn:b"),
    ],
)
def test_both_values_are_found_in_usual_spellings(text: str, expected: str, got: str) -> None:
    cited = one(text).evidence[0]

    assert (cited.expected, cited.observed) == (expected, got)


@pytest.mark.parametrize(
    ("text", "says", "side"),
    [
        ("ERROR saml issuer mismatch", "the issuer", Side.CUSTOMER_IDP),
        ("ERROR saml: signature of the assertion is invalid", "the signature", Side.CUSTOMER_IDP),
        ("ERROR SAML signature verification failed", "the signature", Side.CUSTOMER_IDP),
        ("ERROR saml response is not yet valid, check the clock", "outside its time", Side.UNKNOWN),
        ("ERROR saml clock skew too large: 340 s", "outside its time", Side.UNKNOWN),
        ("ERROR saml expired assertion", "outside its time", Side.UNKNOWN),
        ("WARN acs recipient mismatch", "another URL", Side.CUSTOMER_IDP),
        ("ERROR saml destination mismatch expected=https://a.test got=http://a.test", "another", Side.OUR_INFRA),
        ("ERROR acs RelayState mismatch", "RelayState", Side.UNKNOWN),
        ("ERROR oidc token endpoint: invalid_grant", "invalid_grant", Side.OUR_APP),
        ("ERROR oidc invalid redirect_uri", "redirect_uri", Side.OUR_APP),
        ("ERROR oidc invalid_client", "invalid_client", Side.OUR_APP),
        ("ERROR oidc nonce mismatch", "the nonce", Side.OUR_APP),
        ("ERROR oauth callback: state mismatch", "state did not come back", Side.OUR_APP),
        ("INFO login failed: invalid audience", "the audience", Side.CUSTOMER_IDP),
        ('ERROR {"msg": "SAMLInvalidAudience: invalid audience"}', "the audience", Side.CUSTOMER_IDP),
    ],
)  # fmt: skip
def test_every_kind_of_refusal_is_named_with_who_can_change_it(text: str, says: str, side: Side) -> None:
    finding = one(text)

    assert says in finding.title
    assert (finding.side, finding.confidence is Confidence.PROOF) == (side, "got=" in text)


@pytest.mark.parametrize(
    "text",
    [
        f"DEBUG saml audience check passed, no audience mismatch expected={ENTITY} got={ENTITY}",
        f"DEBUG saml audience mismatch check: expected={ENTITY} got={ENTITY}",
        "DEBUG saml looking for an issuer mismatch",
        "INFO saml will reject responses with an invalid audience",
        "INFO saml clock skew of 60 s allowed",
        "ERROR orders state mismatch of job 17",
        "ERROR webhook signature invalid, login of the sender unknown",
        "ERROR mail recipient mismatch",
        "ERROR the saml response might be of an invalid audience, perhaps",
        "INFO saml audience mismatch of yesterday was fixed in release 4",
    ],
)
def test_a_line_that_passed_guesses_or_is_of_another_matter_says_nothing(text: str) -> None:
    assert found("OBS16", *given(text)) == []


def test_a_ticket_in_which_somebody_guesses_or_quotes_a_line_is_no_log() -> None:
    ticket = [
        "Hello, since this morning nobody of Northwind can sign in by SSO.",
        "I guess that it is an invalid audience, or an issuer mismatch.",
        f"The login failed with invalid audience expected={ENTITY} got={ENTITY}-NEW, says a colleague.",
        f"{at(0)} ERROR {SAID}",
        "Could you have a look?",
    ]

    assert states("OBS16", *raw(*ticket, name="ticket.txt")) == {State.NOT_EVALUATED}


def test_without_a_log_it_is_said_how_to_get_one() -> None:
    (finding,) = found("OBS16")

    assert (finding.state, bool(finding.missing and finding.next_step)) == (State.NOT_EVALUATED, True)


def test_two_different_refusals_are_two_findings_the_frequent_one_first() -> None:
    first, second = found(
        "OBS16", *given("WARN saml issuer mismatch", *(f"ERROR {SAID} n={number}" for number in range(3)))
    )

    assert (first.state, "3 times" in first.title) == (State.FAIL, True)
    assert (second.state, "once, at" in second.title) == (State.WARN, True)


def test_a_short_log_and_json_lines_are_read_as_well() -> None:
    lines = [f'{{"time": "{at(n)}", "level": "error", "msg": "invalid audience", "expected": "urn:a", '
             f'"got": "urn:b", "tenant": "northwind"}}' for n in range(2)]  # fmt: skip

    (finding,) = found("OBS16", *raw(*lines))

    assert "expected “urn:a”, got “urn:b”" in finding.title
    assert finding.title.endswith("Tenant: “northwind”.")


def test_a_statement_behind_a_long_beginning_is_cited_where_it_stands() -> None:
    long = f"ERROR saml {'x' * 300} invalid audience expected=urn:a got=urn:b"

    (cited,) = one(long).evidence

    assert cited.locator == f"10:{len(at(0)) + 1 + long.index('invalid') + 1}"
