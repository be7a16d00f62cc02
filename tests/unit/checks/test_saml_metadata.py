from dataclasses import replace
from datetime import timedelta

import pytest
from tests.evidence import START, found, metadata, response, settings, stamp, states

from sevline.core.finding import State
from sevline.core.readers.network import Around
from sevline.core.readers.saml import IdpMetadata


def test_current_metadata_passes() -> None:
    assert states("SAML19", metadata("idp")) == {State.PASS}


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (metadata("idp", until=stamp(-86_400 * 3)), "passed 3 days before"),
        (metadata(), "no signing certificate"),
        (metadata("idp", binding="SOAP"), "no sign-on service"),
        (metadata("expired"), "expired 100 days before"),
    ],
)
def test_each_fault_of_the_metadata_is_named(provider: IdpMetadata, words: str) -> None:
    findings = found("SAML19", provider)

    assert {finding.state for finding in findings} == {State.FAIL}
    assert words in findings[0].title


def test_a_certificate_that_expires_within_30_days_is_a_warning() -> None:
    assert states("SAML19", metadata("soon")) == {State.WARN}


def test_an_expired_certificate_beside_a_current_one_is_a_warning() -> None:
    assert states("SAML19", metadata("expired", "idp")) == {State.WARN, State.INFO}


def test_of_a_federation_only_the_provider_that_a_response_names_is_judged() -> None:
    many = [metadata("expired", entity=f"https://idp{n}.example.net") for n in range(5)]

    assert states("SAML19", *many, metadata("idp"), response()) == {State.PASS}
    assert states("SAML19", *many) == {State.INFO}


def test_metadata_of_another_provider_than_our_settings_name_fails() -> None:
    findings = found("SAML19", metadata("idp"), settings(idp_entity_id="https://other.example.net"))

    assert any("our settings name “https://other.example.net”" in finding.title for finding in findings)


def test_metadata_without_a_time_of_its_own_is_judged_by_when_a_sign_in_used_it() -> None:
    expired, soon = replace(metadata("expired"), at=None), replace(metadata("soon"), at=None)
    recorded = Around(START - timedelta(days=1), START)

    assert State.FAIL in states("SAML19", expired, response())
    assert states("SAML19", soon, recorded) == {State.WARN}
    assert states("SAML19", soon, replace(recorded, today=True)) == {State.NOT_EVALUATED}


def test_without_metadata_it_is_asked_for() -> None:
    assert states("SAML19") == {State.NOT_EVALUATED}
