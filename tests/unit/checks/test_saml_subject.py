import pytest
from tests.evidence import ENTITY, found, request, response, settings, states

from sevline.core.finding import State

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
ENCRYPTED = (
    '<a:EncryptedAssertion><x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#" '
    'xmlns:d="http://www.w3.org/2000/09/xmldsig#">{method}<d:KeyInfo>{key}</d:KeyInfo><x:CipherData>'
    "<x:CipherValue>AAAA</x:CipherValue></x:CipherData></x:EncryptedData></a:EncryptedAssertion>"
)
KEY = "<x:EncryptedKey/>"
METHOD = '<x:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>'


def test_an_encrypted_part_cannot_be_judged_and_one_without_method_or_key_fails() -> None:
    assert states("SAML15", response(extra=ENCRYPTED.format(method=METHOD, key=KEY))) == {State.NOT_EVALUATED}
    assert states("SAML15", response(extra=ENCRYPTED.format(method="", key=KEY))) == {State.FAIL}
    assert states("SAML15", response(extra=ENCRYPTED.format(method=METHOD, key=""))) == {State.FAIL}
    assert states("SAML15", response()) == set()


@pytest.mark.parametrize(
    ("name_id", "words"),
    [
        ("", "no NameID"),
        ("<a:NameID/>", "empty"),
        ("<a:NameID>admin@example.com<!-- -->.evil.example</a:NameID>", "comment"),
        ('<a:NameID SPNameQualifier="urn:other">kim</a:NameID>', "SPNameQualifier"),
        ('<a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">k</a:NameID>', "format is transient"),
    ],
)
def test_each_fault_of_the_name_id_is_named(name_id: str, words: str) -> None:
    (finding,) = found("SAML16", response(name_id=name_id), settings(name_id_format=PERSISTENT))

    assert finding.state is State.FAIL
    assert words in finding.title


def test_a_name_id_in_the_agreed_format_passes() -> None:
    agreed = f'<a:NameID Format="{PERSISTENT}" SPNameQualifier="{ENTITY}">k7</a:NameID>'

    assert states("SAML16", response(name_id=agreed), settings(name_id_format=PERSISTENT)) == {State.PASS}


def test_a_missing_attribute_is_named_beside_those_that_were_sent() -> None:
    (finding,) = found("SAML17", response(), settings(required_attributes=("email", "groups")))

    assert finding.state is State.FAIL
    assert "missing: groups; sent were: email" in finding.title


def test_all_required_attributes_pass_and_unknown_requirements_are_asked_for() -> None:
    assert states("SAML17", response(), settings(required_attributes=("email",))) == {State.PASS}
    assert states("SAML17", response(), settings()) == {State.NOT_EVALUATED}


def test_a_link_in_place_of_groups_is_a_warning() -> None:
    link = '<a:AttributeStatement><a:Attribute Name="http://schemas.example.com/claims/groups.link"/></a:AttributeStatement>'

    assert State.WARN in states("SAML17", response(attributes=link), settings())


def test_another_context_than_requested_fails() -> None:
    wanted = "urn:oasis:names:tc:SAML:2.0:ac:classes:X509"

    assert states("SAML18", response(), request(context=wanted)) == {State.FAIL}
    assert states("SAML18", response(), request()) == {State.INFO}
    assert states("SAML18", response(statement="")) == {State.FAIL}


def test_an_address_that_is_none_is_warned_about() -> None:
    odd = '<a:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">7f3a</a:NameID>'

    assert states("SAML16", response(name_id=odd)) == {State.WARN}
