"""What a pasted ticket says about itself, as suggestions for a form; a person confirms each of them.

A suggestion is made only where the text names one thing of a kind. Two customers in one text are a question for a
person, not a choice for a program.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sevline.core.extraction import zones
from sevline.core.extraction.extract import extract_facts
from sevline.core.extraction.facts import Fact, FactKind
from sevline.core.extraction.spoken import topics_of, word_of
from sevline.core.extraction.zones import doubt

TITLE_MAX = 90
QUOTE_MAX = 80


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for a field, and the words of the text that it rests on."""

    value: str
    quote: str


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


_SUBJECT = re.compile(
    r"^[ \t]*(?:subject|title|summary|betreff)[ \t]*:[ \t]*(?P<text>\S.*)$", re.IGNORECASE | re.MULTILINE
)
#: What mail programs put before the subject of an answer or a forwarded mail.
_FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)[ ]?(?:\[\d{1,3}\])?:[ \t]*){1,9}(?=\S)", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hi|hello|dear|good (?:morning|afternoon|evening)|hey|from|to|date|cc|sent)\b[^.]{0,60}", re.IGNORECASE
)
#: A greeting before the sentence that matters: “Hi team, since …”.
_OPENING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))\b[ ]?(?:[\w’'-]+[ ]?){0,4}[,!:.][ ]*", re.IGNORECASE
)
#: When it began stands before what fails; the title says what fails.
_SINCE_FIRST = re.compile(
    r"(?:since|from|starting|as of)\b[^,.]{0,40}?\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[ap]\.?m\b\.?)?"
    rf"(?:[ ](?:{zones.WRITTEN}))?(?:[ ](?:today|yesterday|this morning|on \w+))?[,:]?[ ]+",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"\b(?:fail\w*|can ?not|can[’']?t|unable|(?:do|does|did|is|are|was|were)(?:n[’']t| not)|no longer|nobody|errors?"
    r"|broken|down|denied|reject\w*|refus\w*|invalid|time[sd]? ?outs?|slow\w*|missing|late|delayed|stop\w*|stuck"
    r"|wrong|lost|lose\w*|crash\w*|hangs?|unavailable|outage|locked|[45]\d\d)\b",
    re.IGNORECASE,
)
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
    ("api_429", r"rate limit(?:s|ed|ing)?|(?:HTTP |status |error )429"),
    ("api_5xx", r"(?:HTTP |status |error )(?:500|502|503|504)|gateway timeouts?"),
    ("api_4xx", r"(?:HTTP |status |error )(?:400|401|403)"),
    ("billing", r"invoices?|billing"),
    ("data_sync", r"(?:data )?sync(?:hronisation|hronization)?|ETL"),
)
#: What speaks of a sign-in without its protocol; asked only where no protocol is named.
_SIGN_IN = (
    ("saml", r"SSO|single[- ]sign[- ]?on|Okta|ADFS|OneLogin|IdP|(?:invalid|wrong|unexpected) audience|assertions?"),
    ("oidc", r"JWTs?|JWKS|redirect[_ ]uri|(?:access|refresh|id)[_ ]tokens?"),
)
_ANSWER_KINDS = frozenset({"api_4xx", "api_5xx"})
_SINCE = re.compile(r"\b(?:since|started|starting|began|from|first seen)\b[^\n.]{0,20}$", re.IGNORECASE)
_USERS = re.compile(
    r"\b(?:all(?: of)?(?: our)? [\d,.]{0,9}[ ]?|\d[\d,.]{0,9} )(?:users|people|employees|agents|seats)\b", re.IGNORECASE
)


def suggest(text: str, known: Known, at: datetime | None = None) -> dict[str, Suggestion]:
    """Suggestions by field: title, account, environment, product_area, issue_type, customer_severity, impact_…

    A time without its day is taken as the last such moment before `at` (aware), which is when the ticket was read.
    """
    facts = extract_facts(text)
    place = _place(text, known)
    found = {
        "title": _title(text),
        "account": _account(text, known, place),
        "environment": Suggestion(place[0].id, place[1]) if place else None,
        "product_area": _area(text, known.areas),
        "issue_type": _kind(text),
        "customer_severity": _level(text),
        "impact_started": _started(text, facts, at),
        "impact_users": _users(text),
    }
    return {name: said for name, said in found.items() if said is not None}


def _only(found: Iterable[Suggestion]) -> Suggestion | None:
    """The one suggestion, where all are for the same value."""
    by_value = {one.value: one for one in reversed(list(found))}
    return next(iter(by_value.values())) if len(by_value) == 1 else None


def _named(text: str, names: Mapping[str, str]) -> Iterator[Suggestion]:
    for key, name in names.items():
        if name and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)):
            yield Suggestion(key, match.group())


def _title(text: str) -> Suggestion | None:
    """The subject of the mail, else the first sentence that says what fails, else the first that is no greeting."""
    if (match := _SUBJECT.search(text)) is not None:
        return _cut(_FORWARDED.sub("", match["text"]))
    said = list(_sentences(text))
    chosen = next((one for one in said if _FAILS.search(one)), said[0] if said else "")
    return _cut(chosen) if chosen else None


def _sentences(text: str) -> Iterator[str]:
    """The sentences without greetings, and without since when where more follows."""
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if _GREETING.fullmatch(line.rstrip(",.!:")) and not _FAILS.search(line):
            continue
        for sentence in re.split(r"(?<=[.!?])\s", _OPENING.sub("", line, count=1) if _OPENING.match(line) else line):
            rest = sentence[match.end() :] if (match := _SINCE_FIRST.match(sentence)) else sentence
            if len(rest) >= 12:
                yield rest[0].upper() + rest[1:]


def _cut(text: str) -> Suggestion:
    """At most a title's length, ending with a whole word."""
    whole = " ".join(text.split()).rstrip(" .")
    short = whole if len(whole) <= TITLE_MAX else whole[:TITLE_MAX].rsplit(" ", 1)[0]
    return Suggestion(short, _quote(whole))


def _quote(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE_MAX else f"{flat[:QUOTE_MAX].rsplit(' ', 1)[0]} …"


def _place(text: str, known: Known) -> tuple[KnownPlace, str] | None:
    """The environment whose tenant is named, else the one of the named customer that the text describes."""
    by_tenant = [(place, one.quote) for place in known.places for one in _named(text, {place.id: place.tenant})]
    if by_tenant:
        return by_tenant[0] if len(by_tenant) == 1 else None
    account = _only(_named(text, known.accounts))
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
    return _only(named)


def _kinds(text: str, kinds: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    for key, words in kinds:
        if match := re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE):
            yield Suggestion(key, match.group())


def _kind(text: str) -> Suggestion | None:
    """The one type that is named. “SSO” and “Okta” tell more of it than the status of an answer does."""
    named, sign_in = list(_kinds(text, _KINDS)), list(_kinds(text, _SIGN_IN))
    if sign_in and all(one.value in _ANSWER_KINDS for one in named):
        return _only(sign_in)
    return _only(named)


def _area(text: str, areas: Mapping[str, str]) -> Suggestion | None:
    """The one product area that is named, else the one whose name speaks of what the text speaks of."""
    if named := list(_named(text, areas)):
        return _only(named)
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
    return _only(found)


def _started(text: str, facts: Iterable[Fact], at: datetime | None) -> Suggestion | None:
    """Since when, as the text says it: a time without a zone stays one."""
    for fact in facts:
        before = text[max(0, fact.source_offset - 40) : fact.source_offset]
        if fact.kind is FactKind.TIMESTAMP and (since := _SINCE.search(before)):
            quote = f"{since.group().strip()} {fact.value}"
            if fact.zone_known and fact.instant is not None:
                return Suggestion(f"{fact.instant:%Y-%m-%d %H:%M} UTC", quote)
            if fact.zone_known:
                around = text[fact.source_offset - len(since.group()) : fact.source_offset + len(fact.value) + 20]
                day_before = re.search(r"\byesterday\b", around, re.IGNORECASE) is not None
                return _day_taken(fact.value, quote, at, day_before=day_before)
            several = doubt(fact.value)
            return Suggestion(f"{fact.value} (zone unknown{f': {several}?' if several else ''})", quote)
    return None


_HOUR = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?:[ ]?(?P<half>[AaPp])\.?[Mm]\.?)?")


def _day_taken(value: str, quote: str, at: datetime | None, *, day_before: bool) -> Suggestion:
    """A time with its zone and without its day: of today in that zone where that is past, else of yesterday."""
    zone, clock = zones.zone(zones.split(value)[1].strip("()")), _HOUR.match(value)
    if at is None or zone is None or clock is None:
        return Suggestion(f"{value} (day not said)", quote)
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
    began = at.astimezone(zone).replace(hour=hour, minute=int(clock["minute"]), second=0, microsecond=0)
    is_today = began <= at and not day_before
    began = began if is_today else began - timedelta(days=1)
    taken = (
        "yesterday as it says"
        if day_before
        else f"the day is not said, taken as {'today' if is_today else 'yesterday'}"
    )
    return Suggestion(f"{began.astimezone(UTC):%Y-%m-%d %H:%M} UTC", f"{quote} ({taken})")


def _users(text: str) -> Suggestion | None:
    return _only(Suggestion(" ".join(match.group().split()), match.group()) for match in _USERS.finditer(text))
