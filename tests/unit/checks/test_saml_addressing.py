import pytest
from tests.evidence import ACS, ENTITY, found, metadata, request, response, settings, states

from sevline.core.finding import Side, State
from sevline.core.readers.addresses import difference


@pytest.mark.parametrize(
    ("observed", "words"),
    [
        ("http://desk.example.com/saml/acs", "the scheme differs (http and https)"),
        ("https://other.example.com/saml/acs", "the host differs (other.example.com and desk.example.com)"),
        ("http://other.example.com/acs", "the host differs (other.example.com and desk.example.com)"),
        ("http://desk.example.com/acs", "the scheme differs (http and https), and the path differs"),
        ("http://desk.example.com:80/saml/acs", "the scheme differs (http and https)"),
        ("https://DESK.example.com/saml/acs", "only upper and lower case of the host differ"),
        ("https://desk.example.com:8443/saml/acs", "the port differs"),
        ("https://desk.example.com/saml/acs/", "only the slash at the end differs"),
        ("https://desk.example.com/saml/ACS", "only upper and lower case of the path differ"),
        ("https://desk.example.com/saml/consume", "the path differs"),
        ("https://desk.example.com/saml/acs?idp=1", "the query differs"),
    ],
)
def test_the_part_in_which_two_urls_differ_is_named(observed: str, words: str) -> None:
    assert difference(observed, ACS) == words


def test_another_host_is_the_identity_providers_fault_whatever_its_scheme() -> None:
    (other,) = found("SAML04", response(destination=' Destination="http://old.example.net/acs"'), settings())
    (proxy,) = found("SAML04", response(destination=f' Destination="{ACS.replace("https:", "http:")}"'), settings())

    assert (other.side, proxy.side) == (Side.CUSTOMER_IDP, Side.OUR_INFRA)
    assert "they part at" not in other.title
    assert "X-Forwarded-Proto" not in other.next_step


def test_everything_addressed_to_us_passes() -> None:
    evidence = (response(), settings(), metadata("idp"), request())

    assert [states(f"SAML0{number}", *evidence) for number in range(4, 9)] == [{State.PASS}] * 5


def test_a_destination_with_http_points_at_our_proxy() -> None:
    (finding,) = found("SAML04", response(destination=' Destination="http://desk.example.com/saml/acs"'), settings())

    assert finding.state is State.FAIL
    assert finding.side is Side.OUR_INFRA
    assert finding.evidence[0].locator == "/p:Response/@Destination"


def test_an_unsigned_response_may_lack_the_destination() -> None:
    assert states("SAML04", response(destination=""), settings()) == set()


def test_the_consumer_url_is_taken_from_the_recording_when_there_are_no_settings() -> None:
    assert states("SAML04", response(sent_to=ACS)) == {State.PASS}
    assert states("SAML04", response()) == {State.NOT_EVALUATED}


def test_a_wrong_recipient_fails() -> None:
    assert states("SAML05", response(recipient=' Recipient="https://old.example.com/acs"'), settings()) == {State.FAIL}
    assert states("SAML05", response(recipient=""), settings()) == {State.FAIL}


def test_a_wrong_audience_lists_what_was_sent() -> None:
    audience = f"<a:AudienceRestriction><a:Audience>{ENTITY}/</a:Audience></a:AudienceRestriction>"

    (finding,) = found("SAML06", response(audience=audience), settings())

    assert finding.state is State.FAIL
    assert "only the slash at the end differs" in finding.title


def test_each_audience_restriction_has_to_match() -> None:
    good = f"<a:AudienceRestriction><a:Audience>{ENTITY}</a:Audience></a:AudienceRestriction>"
    bad = "<a:AudienceRestriction><a:Audience>urn:other</a:Audience></a:AudienceRestriction>"

    assert states("SAML06", response(audience=good + bad), settings()) == {State.FAIL}
    assert states("SAML06", response(audience=good)) == {State.NOT_EVALUATED}


def test_another_identity_provider_is_named_with_both_values() -> None:
    of_response, of_assertion = found("SAML07", response(), metadata("idp", entity="https://other.example.net"))

    assert (of_response.state, of_assertion.state) == (State.FAIL, State.FAIL)
    assert "https://other.example.net" in of_response.title
    assert states("SAML07", response()) == {State.NOT_EVALUATED}


def test_a_response_to_another_request_fails_and_one_to_none_is_noted() -> None:
    assert states("SAML08", response(), request("_q2")) == {State.FAIL}
    assert states("SAML08", response(in_response_to="")) == {State.INFO}
    assert states("SAML08", response()) == {State.NOT_EVALUATED}
