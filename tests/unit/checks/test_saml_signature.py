import pytest
from tests.evidence import ENTITY, found, metadata, response, saml_xml, settings, signed, states

from sevline.core.finding import State

SIGNED = signed(saml_xml())
FORGED = '<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="_evil"/>'


def test_a_signed_response_passes_every_check_of_its_signature() -> None:
    evidence = (response(SIGNED), metadata("idp"), settings(wants_assertions_signed=True))

    assert [states(f"SAML{number}", *evidence) for number in range(10, 15)] == [{State.PASS}] * 5


def test_nothing_signed_fails() -> None:
    assert states("SAML10", response()) == {State.FAIL}


def test_a_signed_assertion_does_not_satisfy_a_demand_for_signed_messages() -> None:
    (finding,) = found("SAML10", response(SIGNED), settings(wants_messages_signed=True))

    assert finding.state is State.FAIL
    assert "we demand the response" in finding.title


def test_a_rotated_certificate_names_both_fingerprints() -> None:
    (finding,) = found("SAML11", response(SIGNED), metadata("another"))

    assert finding.state is State.FAIL
    assert finding.evidence[0].observed != finding.evidence[0].expected
    assert states("SAML11", response(SIGNED)) == {State.NOT_EVALUATED}


@pytest.mark.parametrize("change", [(b"kim@", b"eve@"), (ENTITY.encode(), b"https://elsewhere.example.org")])
def test_an_altered_assertion_does_not_verify(change: tuple[bytes, bytes]) -> None:
    assert states("SAML12", response(SIGNED.replace(*change)), metadata("idp")) == {State.FAIL}


def test_another_key_does_not_verify_and_no_key_is_not_evaluated() -> None:
    assert states("SAML12", response(SIGNED), metadata("another")) == {State.FAIL}
    assert states("SAML12", response(SIGNED)) == {State.NOT_EVALUATED}


def test_a_valid_sha1_signature_verifies_and_is_reported_as_outdated() -> None:
    old = response(signed(saml_xml(), sha1=True))

    assert states("SAML12", old, metadata("idp")) == {State.PASS}
    assert states("SAML13", old) == {State.WARN}


def test_a_second_assertion_is_called_possible_wrapping() -> None:
    (finding,) = found("SAML14", response(signed(saml_xml(extra=FORGED))))

    assert finding.state is State.FAIL
    assert "Security" in finding.next_step


def test_an_assertion_hidden_in_extensions_is_called_possible_wrapping() -> None:
    hidden = f"<p:Extensions>{FORGED}</p:Extensions>"

    assert states("SAML14", response(signed(saml_xml(extra=hidden)))) == {State.FAIL}


def test_a_signature_that_refers_elsewhere_is_cited_at_its_reference() -> None:
    (finding,) = found("SAML14", response(SIGNED.replace(b'URI="#_a1"', b'URI="#_r1"')))

    assert finding.state is State.FAIL
    assert finding.evidence[0].locator.endswith("Reference/@URI")


def test_an_unsigned_response_hides_what_would_be_asked_of_its_signature() -> None:
    findings = [finding for number in range(11, 15) for finding in found(f"SAML{number}", response())]

    assert [finding.state for finding in findings] == [State.NOT_EVALUATED] * 4
    assert all("nothing in the response is signed (SAML10)" in finding.title for finding in findings)


def test_a_key_that_fits_is_told_from_another_one() -> None:
    (altered,) = found("SAML12", response(SIGNED.replace(b"kim@", b"eve@")), metadata("idp"))
    (other,) = found("SAML12", response(SIGNED), metadata("another"))

    assert "was changed afterwards" in altered.title
    assert "it holds under the message's own" in other.title


def test_a_message_that_was_re_indented_after_signing_is_told_so() -> None:
    indented = SIGNED.replace(b"<ds:SignedInfo>", b"<ds:SignedInfo>\n    ")

    (finding,) = found("SAML12", response(indented), metadata("idp"))

    assert "re-indented after signing" in finding.title


def test_an_expired_certificate_in_the_message_is_a_warning() -> None:
    assert states("SAML11", response(signed(saml_xml(), key="expired"))) == {State.WARN, State.NOT_EVALUATED}
