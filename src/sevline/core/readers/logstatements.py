"""Lines in which a log itself says why a sign-in was refused: “invalid audience expected=… got=…” and its kind."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sevline.core.finding import Evidence, Given


class Mismatch(StrEnum):
    """What the line says does not fit."""

    AUDIENCE = "audience"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    TIME = "time"
    EXPIRED = "expired token"
    EARLY = "token before its time"
    ADDRESS = "address"
    RELAY_STATE = "RelayState"
    GRANT = "invalid_grant"
    REDIRECT = "redirect_uri"
    CLIENT = "invalid_client"
    NONCE = "nonce"
    STATE = "state"


#: What a log says about the times of a JSON Web Token.
OF_TOKENS = frozenset({Mismatch.EXPIRED, Mismatch.EARLY})


@dataclass(frozen=True, slots=True)
class Statement:
    """Records that say the same with the same two values, "" where they name none. `places` are `line:column` of the
    first and the last by time; `tenants` are those that the records name; `loud` when one is at ERROR or above."""

    mismatch: Mismatch
    words: str
    expected: str
    got: str
    count: int
    first: datetime | None
    last: datetime | None
    places: tuple[str, ...]
    tenants: tuple[str, ...]
    loud: bool


@dataclass(frozen=True, slots=True)
class LogStatements(Given):
    """One log, the most frequent statement first."""

    what = "a log of the application that takes the sign-in"
    how = "Attach the log of the service that answers the sign-in, from ten minutes before to ten minutes after."

    artifact: str
    statements: tuple[Statement, ...]

    def cite(self, place: str, observed: str, expected: str) -> Evidence:
        return Evidence(self.artifact, place, observed, expected)


@dataclass(frozen=True, slots=True)
class Told:
    """What one text states; `start` is where the statement begins."""

    mismatch: Mismatch
    words: str
    expected: str
    got: str
    start: int
    end: int


_BAD = r"(?:invalid|wrong|unexpected|incorrect|bad|unknown|mismatch(?:ed|ing)?)"
_FAILS = (
    r"(?:mismatch\w*|(?:is |was |are )?(?:invalid|wrong|incorrect)|(?:does|do|did)(?: not|n't) (?:match|verify)|"
    r"not (?:valid|match\w*|allowed|trusted|verified)|verification (?:failed|error)|(?:validation|check) failed)"
)
_DATED = r"(?:assertion|response|id[_ ]token)"
_TIME = "|".join(
    (
        r"clock[ _-]?skew (?:too|exceed|detected|of|error|out)",
        r"not[ _-]yet[ _-]valid",
        rf"\bexpired (?:saml |oidc )?{_DATED}",
        rf"(?:{_DATED}|conditions?)\b.{{0,60}}?\b(?:has |have |is |was )?(?:expired|too old|in the future)",
        r"assertion ?expired",
        r"notonorafter\b.{0,60}?\b(?:passed|expired)",
    )
)


_ANY = r"(?:\bjwts?|(?<![a-z])(?:access|bearer|id|auth|oauth|api)?[ _-]?tokens?|\bjsonwebtoken)"
_EXPIRED = "|".join(
    (
        rf"{_ANY}[ _'\"=:-]{{0,3}}(?:\S{{1,60}} )?(?:is |is_|has |was |already |has been )?expired\b(?! ?[:=] ?f)",
        rf"\bexpired[ _]{_ANY}",
        r"\bsignature has expired|\btoken_?expired|expired(?:signature|jwt|token)",
        r"\bidx10(?:223|225|230)\b|lifetime validation failed",
        r"\bexp[\"']? claim\b.{0,40}?\b(?:check failed|expired|past|timestamp)",
    )
)
_EARLY = "|".join(
    (
        rf"{_ANY}[ _](?:is[ _])?(?:not[ _]valid[ _](?:yet|before|until)|not[ _](?:yet|active)|used[ _]before)",
        r"(?:immaturesignature|prematurejwt)|\bidx10222\b",
        r"\b(?:nbf|iat)[\"']? claim\b.{0,40}?\b(?:check failed|future|not (?:yet )?valid|timestamp)",
        r"\b(?:issued|used) (?:in the future|before (?:it was )?issued)",
    )
)
#: Tokens of another kind, whose end is no fault of a clock.
_OTHER_TOKEN = re.compile(
    r"\b(?:csrf|xsrf|reset|refresh|session|invit\w{0,6}|verification|confirmation|device|push|registration|page|"
    r"cursor|continuation|sas|upload|download)[ _-]tokens?\b"
)


def _either(noun: str) -> str:
    """“invalid audience”, “audience mismatch”, “audience x is invalid” and “signature of the response is invalid”."""
    between = r"(?:\s+of\s+(?:the\s+)?\S{1,40}+|\s+\S{1,80}+)?[ _'\"=:-]{1,3}"
    return rf"{_BAD}[ _-]?(?:{noun})\b|(?<![a-z])(?:{noun}){between}{_FAILS}|(?:{noun})mismatch"


@dataclass(frozen=True, slots=True)
class _Kind:
    """`holds`: one of these stands in every such line. `needs`: the line must speak of a sign-in as well."""

    mismatch: Mismatch
    holds: tuple[str, ...]
    pattern: re.Pattern[str]
    needs: bool


#: In this order: the first that fits is what the line states. All is read in small letters.
_KINDS = tuple(
    _Kind(mismatch, tuple(holds.split(",")), re.compile(pattern), needs)
    for mismatch, holds, pattern, needs in (
        (Mismatch.AUDIENCE, "audience,aud claim", _either(r"audiences?|aud claim|audience restriction"), False),
        (Mismatch.RELAY_STATE, "relay", _either(r"relay[ _-]?state"), False),
        (Mismatch.REDIRECT, "redirect", _either(r"redirect[ _-]?ur[il]s?"), False),
        (Mismatch.GRANT, "invalid_grant", r"\binvalid_grant\b", False),
        (Mismatch.CLIENT, "invalid_client", r"\binvalid_client\b", False),
        (Mismatch.NONCE, "nonce", _either(r"nonce"), True),
        (Mismatch.EARLY, "yet,before,not active,not_active,idx10,claim,future,mature", _EARLY, False),
        (Mismatch.EXPIRED, "expired,idx10,lifetime,exp", _EXPIRED, False),
        (
            Mismatch.ADDRESS,
            "recipient,destination,acs,consumer",
            _either(r"recipient|destination|acs(?: url)?|assertion consumer(?: service)? url"),
            True,
        ),
        (Mismatch.ISSUER, "issuer,iss claim,entity", _either(r"issuer|iss claim|idp entity ?id"), True),
        (Mismatch.SIGNATURE, "signature,digest", _either(r"signature(?: value)?|digest(?: value)?"), True),
        (Mismatch.TIME, "skew,yet,expired,too old,in the future,notonorafter", _TIME, True),
        (Mismatch.STATE, "state", _either(r"(?:oauth |oidc |csrf )?state(?: parameter)?"), True),
    )
)
#: One of the words that a line needs to name what does not fit, and one that says that it does not.
NOUNS = tuple(sorted({word for kind in _KINDS for word in kind.holds}))
WRONG = (
    *("invalid", "mismatch", "wrong", "unexpected", "incorrect", "bad", "unknown", "not ", "n't ", "not_", "not-"),
    *("fail", "error", "expired", "skew", "too old", "future", "passed", "idx10", "before"),
)
_SIGN_IN = re.compile(
    r"saml|\bsso\b|oidc|oauth|openid|assertion|\bacs\b|\bidp\b|id[_ -]?token|\bjwt\b|sign-?in\b|\blog-?in\b|callback"
)
#: A line that guesses or announces, that says it went well, or that is about messages of another kind.
_UNSAID = re.compile(
    r"\b(?:no|without|never) (?:\w+ ){0,2}(?:mismatch|invalid)|\b(?:check|validation|verification)s? passed\b|"
    r"\bsucceeded\b|\bsuccessful|\bis valid\b|\bnot an? |\b(?:fixed|resolved)\b|\bwill\b|\bwebhook|\bhmac\b|"
    r"\b(?:maybe|perhaps|probably|guess|suspect|i think|we think|might be|could be|wonder)\b"
)
_VALUE = (
    r"(?:\\?\"([^\"\\]{1,300})\\?\"|'([^']{1,300})'|“([^”]{1,300})”|\[([^\]]{1,300})\]|(<[^>\s]{1,80}>)|"
    r"([^\s,;\"'\])}]{1,300}))"
)
_LINK = r"[\"']?(?:\s*[=:]\s*|\s+)(?:to be\s+|is\s+|was\s+)?"
_NOUN = r"(?:[ _-]?(?:audience|issuer|recipient|destination|value|url|uri|redirect_uri|nonce|state|entity_?id))?"
_EXPECTED = re.compile(
    rf"\b(?:expected|expecting|expects|wanted|want|should be|configured|required){_NOUN}{_LINK}{_VALUE}"
)
_GOT = re.compile(rf"\b(?:but got|but was|got|actual|received|found|given|observed|instead of){_NOUN}{_LINK}{_VALUE}")


def stated(text: str) -> Told | None:
    """What the text says does not fit, with both values where it names them; None where it states nothing."""
    low = text.lower()
    if not any(word in low for word in WRONG):
        return None
    if len(low) != len(text):  # a letter whose small form is longer: places would not agree
        text = low
    for kind in _KINDS:
        if not any(word in low for word in kind.holds) or (found := kind.pattern.search(low)) is None:
            continue
        if not _is_of(kind, low):
            continue
        return None if _UNSAID.search(low) else _told(kind.mismatch, found, text, low)
    return None


def _is_of(kind: _Kind, low: str) -> bool:
    """Whether the line speaks of a sign-in where it must, and of tokens of the kind that is meant."""
    return not (kind.needs and not _SIGN_IN.search(low)) and not (
        kind.mismatch in OF_TOKENS and _OTHER_TOKEN.search(low)
    )


def _told(mismatch: Mismatch, found: re.Match[str], text: str, low: str) -> Told | None:
    words = text[found.start() : found.end()]
    wanted, had = _EXPECTED.search(low), _GOT.search(low)
    expected, got = _value(wanted, text), _value(had, text)
    if wanted is None or had is None or not (expected and got):
        return Told(mismatch, words, "", "", found.start(), found.end())
    if expected == got:
        return None
    return Told(mismatch, words, expected, got, found.start(), max(found.end(), wanted.end(), had.end()))


def _value(found: re.Match[str] | None, text: str) -> str:
    if found is None or found.lastindex is None:
        return ""
    value = text[slice(*found.span(found.lastindex))]
    return value if value.startswith("<") else value.rstrip(".:")
