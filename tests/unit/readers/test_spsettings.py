"""Settings of common toolkits are recognised by their keys; what is unsure is asked, and other JSON is left alone."""

from typing import Any

import pytest

from sevline.core.finding import State
from sevline.core.readers.saml import SpSettings
from sevline.core.readers.spsettings import settings_from_json
from tests.evidence import found

ENTITY, ACS, IDP = (
    "https://desk.example.com/saml",
    "https://desk.example.com/saml/acs",
    "https://idp.example.net/metadata",
)
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
CERTIFICATE = "MIIBexample"
TOOLKITS: dict[str, dict[str, Any]] = {
    "python3-saml": {
        "sp": {"entityId": ENTITY, "assertionConsumerService": {"url": ACS, "binding": "x"}, "NameIDFormat": EMAIL},
        "idp": {
            "entityId": IDP,
            "x509cert": CERTIFICATE,
            "singleSignOnService": {"url": "https://idp.example.net/sso"},
        },
        "security": {"wantAssertionsSigned": True},
    },
    "ruby-saml": {
        "sp_entity_id": ENTITY,
        "assertion_consumer_service_url": ACS,
        "idp_entity_id": IDP,
        "idp_cert": CERTIFICATE,
        "name_identifier_format": EMAIL,
        "security": {"want_assertions_signed": True},
    },
    "passport-saml": {
        "issuer": ENTITY,
        "callbackUrl": ACS,
        "entryPoint": "https://idp.example.net/sso",
        "idpIssuer": IDP,
        "idpCert": CERTIFICATE,
        "identifierFormat": EMAIL,
        "wantAssertionsSigned": True,
    },
    "spring": {
        "spring.security.saml2.relyingparty.registration.desk.entity-id": ENTITY,
        "spring.security.saml2.relyingparty.registration.desk.acs.location": ACS,
        "spring.security.saml2.relyingparty.registration.desk.assertingparty.entity-id": IDP,
        "spring.security.saml2.relyingparty.registration.desk.assertingparty.certificate": CERTIFICATE,
        "nameIdFormat": EMAIL,
        "wantAssertionsSigned": "true",
    },
    "keycloak broker": {
        "alias": "desk",
        "providerId": "saml",
        "config": {
            "entityId": ENTITY,
            "assertionConsumerServiceUrl": ACS,
            "idpEntityId": IDP,
            "signingCertificate": CERTIFICATE,
            "nameIDPolicyFormat": EMAIL,
            "wantAssertionsSigned": "true",
        },
    },
}


@pytest.mark.parametrize("name", TOOLKITS)
def test_the_settings_of_a_toolkit_are_understood(name: str) -> None:
    held = settings_from_json(TOOLKITS[name], "a1")

    assert held is not None
    assert (held.entity_id, held.acs_urls, held.idp_entity_id) == (ENTITY, (ACS,), IDP)
    assert held.certificates == (CERTIFICATE,)
    assert (held.name_id_format, held.wants_assertions_signed) == (EMAIL, True)
    assert held.unsure == ()


def test_what_was_taken_for_what_is_said_at_its_place() -> None:
    held = settings_from_json(TOOLKITS["python3-saml"], "a1")
    assert held is not None

    (finding,) = found("SAML21", held)

    assert finding.state is State.INFO
    assert "“entityId” as our entity ID" in finding.title
    assert ("/sp/entityId", "entityId") in [(one.locator, one.observed) for one in finding.evidence]


def test_two_values_for_one_meaning_are_asked_about_and_none_is_taken() -> None:
    held = settings_from_json({"spEntityId": ENTITY, "issuer": "urn:other", "acsUrl": ACS}, "a1")
    assert held is not None

    question = [one for one in found("SAML21", held) if one.state is State.NOT_EVALUATED]

    assert held.entity_id == ""
    assert [one.title for one in question] == ["Which of “/spEntityId”, “/issuer” is our entity ID?"]


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://idp.example.net", "jwks_uri": "https://idp.example.net/keys"},
        {"entityId": 7},
        {"sp": "x"},
        {"client_id": "desk", "audience": "api"},
        [],
        None,
        "text",
    ],
)
def test_other_json_is_no_settings(document: object) -> None:
    assert settings_from_json(document, "a1") is None


def test_a_file_that_a_person_named_is_read_with_fewer_marks() -> None:
    held = settings_from_json({"issuer": ENTITY}, "a1", named=True)

    assert held is not None
    assert held.entity_id == ENTITY


def test_settings_without_our_name_ask_for_it() -> None:
    assert {one.state for one in found("SAML21", SpSettings("a1"))} == {State.NOT_EVALUATED}
    assert {one.state for one in found("SAML21")} == {State.NOT_EVALUATED}


def test_a_callback_beside_a_certificate_is_saml_and_beside_a_secret_is_not() -> None:
    callback = {"issuer": "0f1e2d3c-aaaa", "callbackUrl": "https://app.example.com/acs"}

    settings = settings_from_json({**callback, "cert": "MII" + "A" * 400}, "a1")

    assert settings is not None
    assert (settings.entity_id, settings.acs_urls) == ("0f1e2d3c-aaaa", ("https://app.example.com/acs",))
    assert settings_from_json({**callback, "clientSecret": "MII"}, "a1") is None


def test_settings_in_which_nothing_had_to_be_guessed_are_passed_over_in_silence() -> None:
    assert found("SAML21", SpSettings("a1", entity_id="https://desk.example.com/saml")) == []
