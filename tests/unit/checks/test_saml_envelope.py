import pytest
from tests.evidence import found, response, saml_xml, states

from sevline.core.finding import State
from sevline.core.readers.saml import BrokenSaml

DENIED = (
    '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><p:StatusCode '
    'Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></p:StatusCode><p:StatusMessage>Locked</p:StatusMessage></p:Status>'
)


def test_a_healthy_response_passes() -> None:
    assert [states(check, response()) for check in ("SAML01", "SAML02", "SAML03")] == [{State.PASS}] * 3


def test_an_unreadable_message_is_reported_at_its_line() -> None:
    (finding,) = found("SAML01", BrokenSaml("a1", "The XML has a DOCTYPE.", 3, 7))

    assert finding.state is State.FAIL
    assert finding.evidence[0].locator == "3:7"


@pytest.mark.parametrize(
    ("changes", "observed"),
    [
        ({"version": ""}, "Version None"),
        ({"version": ' Version="1.1"'}, "Version 1.1"),
        ({"id": ""}, "no ID on the Response"),
    ],
)
def test_a_wrong_version_or_a_lacking_id_is_named(changes: dict[str, str], observed: str) -> None:
    (finding,) = found("SAML02", response(saml_xml(**changes)))

    assert finding.state is State.FAIL
    assert observed in [evidence.observed for evidence in finding.evidence]


def test_an_id_used_twice_is_cited_at_both_places() -> None:
    (finding,) = found("SAML02", response(id=' ID="_a1"'))

    assert [evidence.locator for evidence in finding.evidence] == ["/p:Response/@ID", "/p:Response/a:Assertion/@ID"]


def test_a_refusal_names_both_codes_and_the_message() -> None:
    (finding,) = found("SAML03", response(status=DENIED))

    assert finding.state is State.FAIL
    assert "Responder / AuthnFailed: “Locked”" in finding.title
    assert "sign-in log" in finding.next_step


def test_a_lacking_status_fails() -> None:
    assert states("SAML03", response(status="")) == {State.FAIL}


def test_an_assertion_of_an_old_version_is_named() -> None:
    head, mark, assertion = saml_xml().partition(b"<a:Assertion")
    aged = head + mark + assertion.replace(b'Version="2.0"', b'Version="1.1"', 1)

    (finding,) = found("SAML02", response(aged))

    assert "Version 1.1 of the assertion" in finding.title
