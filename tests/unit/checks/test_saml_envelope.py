import pytest
from tests.evidence import START, found, request, response, saml_xml, states

from sevline.core.finding import Given, State
from sevline.core.readers.saml import BrokenSaml, SamlRequest, read_saml

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


NOBODY = (
    '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><p:StatusCode '
    'Value="urn:oasis:names:tc:SAML:2.0:status:NoPassive"/></p:StatusCode></p:Status>'
)


def passive(name: str = "_q1", flag: str = "true") -> SamlRequest:
    xml = request(name).data.replace(b" Version=", f' IsPassive="{flag}" Version='.encode())
    (read,) = read_saml(xml, "a4", at=START)
    assert isinstance(read, SamlRequest)
    return read


@pytest.mark.parametrize("followed", [[response(at=9)], [response(at=9), passive("_q0")], [request("_q2")]])
def test_a_passive_question_that_a_sign_in_followed_is_no_fault(followed: list[Given]) -> None:
    nobody = response(status=NOBODY, at=-1)

    (told, *_) = found("SAML03", nobody, passive(), *followed)

    assert told.state is State.INFO
    assert "passive request found no session" in told.title


@pytest.mark.parametrize(
    "beside", [[], [passive()], [response(at=-9)], [response(at=None)], [request("_q1"), response(at=9)]]
)
def test_a_passive_question_alone_or_one_that_was_not_passive_stays_a_fault(beside: list[Given]) -> None:
    (told, *_) = found("SAML03", response(status=NOBODY), *beside)

    assert told.state is State.FAIL
    assert "NoPassive" in told.title


def test_a_lacking_status_fails() -> None:
    assert states("SAML03", response(status="")) == {State.FAIL}


def test_an_assertion_of_an_old_version_is_named() -> None:
    head, mark, assertion = saml_xml().partition(b"<a:Assertion")
    aged = head + mark + assertion.replace(b'Version="2.0"', b'Version="1.1"', 1)

    (finding,) = found("SAML02", response(aged))

    assert "Version 1.1 of the assertion" in finding.title
