"""SAML responses: is this one meant for us, from the identity provider we expect, and for the request we sent."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sevline.core.finding import Evidence, Finding, Side, check, failed, not_told, noted, passed
from sevline.core.readers.saml import A, D, IdpMetadata, SamlRequest, SamlResponse, SpSettings
from sevline.core.readers.xml import text_of

CONFIRMATION = f"{A}Subject/{A}SubjectConfirmation/{A}SubjectConfirmationData"


def consumer_urls(response: SamlResponse, services: Sequence[SpSettings]) -> tuple[str, ...]:
    """The URLs at which we take responses: from the settings, else where the recording shows it was posted."""
    known = tuple(url for service in services for url in service.acs_urls if url)
    return known or ((response.sent_to,) if response.sent_to else ())


def difference(observed: str, expected: str) -> str:
    """Which part of two URLs differs, in words."""
    try:
        one, two = urlsplit(observed), urlsplit(expected)
        ports = (one.port, two.port)
    except ValueError:
        return "it is not a URL"
    tried = (
        (one.scheme != two.scheme, f"the scheme differs ({one.scheme} and {two.scheme})"),
        (one.hostname != two.hostname, "the host differs"),
        (ports[0] != ports[1], "the port differs"),
        (one.netloc != two.netloc, "only upper and lower case of the host differ"),
        (one.path == two.path, "the query differs"),
        (one.path.rstrip("/") == two.path.rstrip("/"), "only the slash at the end differs"),
        (one.path.casefold() == two.path.casefold(), "only upper and lower case of the path differ"),
    )
    return next((words for differs, words in tried if differs), "the path differs")


@check("SAML04", supports=("acs-mismatch",), refutes=("acs-mismatch",))
def destination(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Destination is our assertion consumer URL"""
    expected = consumer_urls(response, services)
    sent = response.root.get("Destination")
    if sent is None:
        if response.root.find(f"{D}Signature") is not None:
            yield failed(
                "The signed response has no Destination, which the POST binding requires.",
                response.cite(response.root, observed="no Destination", expected="our consumer URL"),
                side=Side.CUSTOMER_IDP,
                next_step="Set the assertion consumer URL at the identity provider.",
            )
        return
    yield from _address([response.cite(response.root, "Destination")], expected, "Destination")


@check("SAML05", supports=("acs-mismatch",), refutes=("acs-mismatch",))
def recipient(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Recipient is our assertion consumer URL"""
    data = [one for one in response.each(CONFIRMATION) if one.get("Recipient") is not None]
    lacking = [one for one in response.each(CONFIRMATION) if one.get("Recipient") is None]
    if lacking and not data:
        yield failed(
            "The subject confirmation names no Recipient, which the bearer profile requires.",
            *(response.cite(one, observed="no Recipient", expected="our consumer URL") for one in lacking[:3]),
            side=Side.CUSTOMER_IDP,
            next_step="Set the assertion consumer URL at the identity provider.",
        )
        return
    if data:
        expected = consumer_urls(response, services)
        yield from _address([response.cite(one, "Recipient") for one in data], expected, "Recipient")


def _address(cited: list[Evidence], expected: tuple[str, ...], what: str) -> Iterator[Finding]:
    if not expected:
        yield not_told(f"{what}: our consumer URL is not known.", SpSettings.what, next_step=SpSettings.how)
        return
    wrong = [one for one in cited if one.observed not in expected]
    if not wrong or len(wrong) < len(cited):
        yield passed(f"{what} is our consumer URL.", *(one for one in cited if one not in wrong))
        return
    why = difference(wrong[0].observed, expected[0])
    told = tuple(Evidence(one.artifact, one.locator, one.observed, " or ".join(expected)) for one in wrong)
    yield failed(
        f"{what} is “{wrong[0].observed}”, our consumer URL is “{expected[0]}”: {why}.",
        *told,
        side=Side.OUR_INFRA if why.startswith("the scheme") else Side.CUSTOMER_IDP,
        next_step="Correct the consumer URL at the identity provider; where only the scheme "
        "differs, check X-Forwarded-Proto at our proxy.",
    )


@check("SAML06", supports=("audience-mismatch",), refutes=("audience-mismatch",))
def audience(response: SamlResponse, services: tuple[SpSettings, ...]) -> Iterator[Finding]:
    """Every AudienceRestriction names our entity ID"""
    ours = [service.entity_id for service in services if service.entity_id]
    restrictions = list(response.each(f"{A}Conditions/{A}AudienceRestriction"))
    if not restrictions:
        return
    if not ours:
        yield not_told("Audience: our entity ID is not known.", SpSettings.what, next_step=SpSettings.how)
        return
    for restriction in restrictions:
        audiences = restriction.findall(f"{A}Audience")
        named = [text_of(one) for one in audiences]
        if not set(named) & set(ours):
            cited = [response.cite(one, expected=ours[0]) for one in audiences] or [
                response.cite(restriction, observed="no Audience", expected=ours[0])
            ]
            yield failed(
                f"The audience is {_listed(named)}, our entity ID is “{ours[0]}”{_hint(named, ours[0])}.",
                *cited,
                side=Side.CUSTOMER_IDP,
                next_step="Set exactly our entity ID as audience at the identity provider.",
            )
            return
    yield passed("Every audience restriction names our entity ID.", response.cite(restrictions[0], expected=ours[0]))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names[:4]) or "empty"


def _hint(named: Sequence[str], ours: str) -> str:
    for name in named:
        if name.rstrip("/") == ours.rstrip("/"):
            return "; only the slash at the end differs"
        if name.casefold() == ours.casefold():
            return "; only upper and lower case differ"
        if name.removeprefix("spn:") == ours:
            return "; the prefix “spn:” is too much"
    return ""


def _providers_named(providers: Sequence[IdpMetadata], services: Sequence[SpSettings]) -> list[str]:
    configured = (service.idp_entity_id for service in services)
    return [*(provider.entity_id for provider in providers), *filter(None, configured)]


@check("SAML07", supports=("wrong-idp",), refutes=("wrong-idp",))
def issuer(
    response: SamlResponse, providers: tuple[IdpMetadata, ...], services: tuple[SpSettings, ...]
) -> Iterator[Finding]:
    """The issuer is the identity provider that we expect"""
    issuers = [one for element in (response.root, *response.assertions) for one in element.findall(f"{A}Issuer")]
    named = _providers_named(providers, services)
    if any(not text_of(assertion.find(f"{A}Issuer")) for assertion in response.assertions):
        yield failed(
            "An assertion names no issuer.",
            response.cite(response.assertions[0], observed="no Issuer", expected="the identity provider's entity ID"),
            side=Side.CUSTOMER_IDP,
            next_step="Have the identity provider's owner check its product: an assertion without Issuer is not valid.",
        )
        return
    if not named:
        yield not_told("Issuer: the identity provider is not known.", IdpMetadata.what, next_step=IdpMetadata.how)
        return
    wrong = [one for one in issuers if text_of(one) not in named]
    if wrong:
        yield failed(
            f"The issuer is “{text_of(wrong[0])}”, expected is “{named[0]}”.",
            *(response.cite(one, expected=" or ".join(named[:3])) for one in wrong),
            side=Side.CUSTOMER_IDP,
            next_step="Check whether another tenant's or an older metadata file is configured on our side.",
        )
    elif issuers:
        yield passed("The issuer is the expected one.", *(response.cite(one, expected=named[0]) for one in issuers))


@check("SAML08", supports=("unsolicited",), refutes=("unsolicited",))
def in_response_to(response: SamlResponse, requests: tuple[SamlRequest, ...]) -> Iterator[Finding]:
    """InResponseTo is the ID of a request that we sent"""
    answered = response.root.get("InResponseTo")
    if answered is None:
        yield noted(
            "The response answers no request: the sign-in was started at the identity provider.",
            response.cite(response.root, observed="no InResponseTo"),
            next_step="Allow sign-ins started by the identity provider, or start from our sign-in page.",
        )
        return
    if not requests:
        yield not_told("InResponseTo: the request is not there.", SamlRequest.what, next_step=SamlRequest.how)
        return
    sent = [request.root.get("ID", "") for request in requests]
    cited = response.cite(response.root, "InResponseTo", expected=" or ".join(sent[-3:]))
    if answered in sent:
        yield passed("The response answers a request that was recorded.", cited)
        return
    yield failed(
        "The response answers a request that was not sent in this recording.",
        cited,
        side=Side.CUSTOMER_CLIENT,
        next_step="Look for a bookmarked or replayed sign-in page, or a session that was lost "
        "between request and answer.",
    )
