"""What a pasted ticket says about itself, as suggestions for a form; a person confirms each of them.

A suggestion is made only where the text names one thing of a kind. Two customers in one text are a question for a
person, not a choice for a program.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sevline.core.extraction import impact, onset, trouble
from sevline.core.extraction.extract import extract_facts
from sevline.core.extraction.facts import FactKind
from sevline.core.extraction.spoken import topics_of, word_of
from sevline.core.extraction.suggestion import Suggestion, only
from sevline.core.extraction.titling import title


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """An environment as the desk knows it."""

    id: str
    account: str
    name: str
    kind: str
    tenant: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows by name: accounts and product areas by id, and the environments of the accounts."""

    accounts: Mapping[str, str]
    areas: Mapping[str, str]
    places: tuple[KnownPlace, ...] = ()


_WORDS = {
    "critical": 1, "urgent": 1, "blocker": 1, "highest": 1, "high": 2, "major": 2, "medium": 3, "normal": 3, "low": 4,
    "minor": 4,
}  # fmt: skip
_LEVEL = re.compile(
    r"\b(?:sev(?:erity)?|prio(?:rity)?)[ \t]*[:=\-]?[ \t]*(?P<number>[1-4])\b|\b[SP](?P<short>[1-4])\b"
    rf"|\b(?:severity|priority|urgency)[ \t]*[:=][ \t]*(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_KINDS = (
    ("saml", r"SAML"),
    ("oidc", r"OIDC|OpenID Connect|OAuth"),
    ("scim", r"SCIM"),
    ("webhook", r"webhooks?"),
    ("api_429", r"rate limit(?:s|ed|ing)?|too many requests|(?:HTTP |status |error )429"),
    ("api_5xx", r"(?:HTTP |status |error )(?:500|502|503|504)|gateway timeouts?"),
    ("api_4xx", r"(?:HTTP |status |error )(?:400|401|403)"),
    ("billing", r"invoices?|billing|Rechnung(?:en|slauf|sstellung)?|Abrechnung(?:en)?"),
    ("data_sync", r"(?:data )?sync(?:hronisation|hronization)?|ETL"),
)
#: What speaks of a sign-in without its protocol; asked only where no protocol is named.
_SIGN_IN = (
    ("saml", r"SSO|single[- ]sign[- ]?on|Okta|ADFS|OneLogin|IdP|(?:invalid|wrong|unexpected) audience|assertions?"),
    ("oidc", r"JWTs?|JWKS|redirect[_ ]uri|(?:access|refresh|id)[_ ]tokens?"),
)
#: What is asked only where no type is named.
_BESIDE = (
    ("performance", r"slow(?:ness|ly)?|latency|langsam\w*"),
    ("data_sync", r"[\w-]+ sync|Synchronisation|Datenabgleich"),
    ("network", r"DNS|TLS|firewall|Zertifikat\w*|certificates?"),
    ("permissions", r"permissions?|Berechtigung(?:en)?|Rollen"),
)
_ANSWER_KINDS = frozenset({"api_4xx", "api_5xx"})


def suggest(text: str, known: Known, at: datetime | None = None) -> dict[str, Suggestion]:
    """Suggestions by field: title, account, environment, product_area, issue_type, customer_severity, impact_…

    A time without its day is taken as the last such moment before `at` (aware), which is when the ticket was read.
    """
    place, facts = _place(text, known), extract_facts(text)
    found = {
        "title": title(text),
        "account": _account(text, known, place),
        "environment": Suggestion(place[0].id, place[1]) if place else None,
        "product_area": _area(text, known.areas),
        "issue_type": _kind(text),
        "customer_severity": _level(text),
        "impact_users": impact.users(text),
        "impact_tenants": impact.tenants(text),
        "impact_regions": trouble.regions(text),
        "impact_feature": trouble.feature(text),
        "impact_started": onset.started(text, facts, at),
        "impact_still_happening": impact.still_happening(text),
        "impact_business_effect": trouble.business_effect(text),
        "impact_deadline": impact.deadline(text),
    }
    return {name: said for name, said in found.items() if said is not None}


def strange_tenants(text: str, known: Known) -> tuple[str, ...]:
    """The tenants that the text names and that belong to no customer of the desk, as they are written."""
    ours = {place.tenant.casefold() for place in known.places}
    named = (fact.value for fact in extract_facts(text) if fact.kind is FactKind.TENANT)
    return tuple(dict.fromkeys(value for value in named if value.casefold() not in ours))


def _named(text: str, names: Mapping[str, str]) -> Iterator[Suggestion]:
    for key, name in names.items():
        if name and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)):
            yield Suggestion(key, match.group())


def _place(text: str, known: Known) -> tuple[KnownPlace, str] | None:
    """The environment whose tenant is named, else the one of the named customer that the text describes."""
    by_tenant = [(place, one.quote) for place in known.places for one in _named(text, {place.id: place.tenant})]
    if by_tenant:
        return by_tenant[0] if len(by_tenant) == 1 else None
    account = only(_named(text, known.accounts))
    own = [place for place in known.places if account is not None and place.account == account.value]
    words = ((place, (place.name, place.kind, place.version)) for place in own)
    told = [(place, quote) for place, names in words if (quote := _first_word(text, names))]
    return told[0] if len(told) == 1 else None


def _first_word(text: str, names: Iterable[str]) -> str:
    for name in filter(None, names):
        if match := re.search(rf"(?<![\w-])(?<!not )(?<!non ){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            return match.group()
    return ""


def _account(text: str, known: Known, place: tuple[KnownPlace, str] | None) -> Suggestion | None:
    named = list(_named(text, known.accounts))
    if place is not None and all(one.value == place[0].account for one in named):
        return named[0] if named else Suggestion(place[0].account, place[1])
    return only(named)


def _kinds(text: str, kinds: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    for key, words in kinds:
        if match := re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE):
            yield Suggestion(key, match.group())


def _kind(text: str) -> Suggestion | None:
    """The type of what fails: what the answers of failing calls tell, else the one type that is named. “SSO” and “Okta”
    tell more of it than a status beside them, and slowness only where nothing else is named."""
    if called := trouble.kind_of_calls(text):
        return called
    named, sign_in = list(_kinds(text, _KINDS)), list(_kinds(text, _SIGN_IN))
    if sign_in and all(one.value in _ANSWER_KINDS for one in named):
        return only(sign_in)
    return only(named or _kinds(text, _BESIDE))


def _area(text: str, areas: Mapping[str, str]) -> Suggestion | None:
    """The one product area that is named, else the one whose name speaks of what the text speaks of."""
    if named := list(_named(text, areas)):
        return only(named)
    topics = topics_of(text)
    near = {key: shared for key, name in areas.items() if (shared := topics & topics_of(name))}
    if len(near) != 1:
        return None
    key, shared = next(iter(near.items()))
    return Suggestion(key, word_of(shared, text))


def _level(text: str) -> Suggestion | None:
    found = []
    for match in _LEVEL.finditer(text):
        number = match["number"] or match["short"] or str(_WORDS[(match["word"] or "").lower()])
        found.append(Suggestion(number, match.group().strip()))
    return only(found)
