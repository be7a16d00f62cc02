"""What a ticket says does not work, where, and what that does to the business. English and German.

Each is suggested only where the text says one thing; what nobody wrote stays unknown.
"""

import re
from collections.abc import Iterator

from sevline.core.extraction.suggestion import Suggestion, only, quoted

MOST_EFFECT = 140
_CALL = re.compile(
    r"\b(?P<method>GET|POST|PUT|PATCH|DELETE)[ ](?:https?://[^\s/]{1,120})?(?P<path>/[\w./{}:~-]{1,160}[\w}])(?:\?\S*)?"
    r"(?=(?P<said>[^\n]{0,60}))"
)
_NEXT_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) (?=/|http)")
_STATUS = re.compile(r"(?<![\d.])(?P<status>[45]\d\d)(?!\d|\.\d)")
_REFUSED = re.compile(r"\b(?:fail\w*|error\w*|time[sd]?[ -]?outs?|Fehler|bricht ab)\b", re.IGNORECASE)
_OF_SIGN_IN = re.compile(r"/(?:sso|saml\d?|acs|login|signin|oauth\d?|oidc|token|authorize)(?:/|$)", re.IGNORECASE)
_FAULTY = (
    r"(?:(?:is|are|was|has been|have been|keeps?|has|have)[ ](?:been[ ])?)?(?:now[ ]|still[ ]|completely[ ]|not[ ])?"
    r"(?:failing|fails?|failed|broken|down|dead|working|work|stopped(?:[ ]working)?|hangs?|hanging|timing out|times out"
    r"|unavailable|slow|unusable)\b"
)
_THING = r"(?P<thing>[\w+-]{2,24}(?:[ ][\w+-]{2,24}){0,2}?)"
_SUBJECT = re.compile(rf"\b(?:our|the)[ ]{_THING}[ ]{_FAULTY}", re.IGNORECASE)
_SUBJEKT = re.compile(
    r"\b(?:funktioniert|geht|schlägt|bricht|hängt|streikt)[ ](?:der|die|das|unsere?)[ ]"
    r"(?P<thing>[A-ZÄÖÜ][\w-]{2,30}(?:[ ](?:per|über|mit|von|der|des)[ ](?:der[ ])?[A-ZÄÖÜ][\w-]{1,30})?)"
    r"(?=[^.!?\n]{0,40}\b(?:nicht|fehl|ab)\b|[ .,!])"
)
_UNSER = re.compile(
    r"\b(?:[Uu]nsere?|[Dd]er|[Dd]ie|[Dd]as)[ ](?P<thing>[A-ZÄÖÜ][\w-]{2,30})[ ]"
    r"(?:(?:funktioniert|geht|läuft)\b[^.!?\n]{0,60}\bnicht\b|bricht\b[^.!?\n]{0,60}\bab\b|schlägt\b[^.!?\n]{0,60}\bfehl\b"
    r"|hängt\b|streikt\b|steht still\b)"
)
_NO_THING = re.compile(
    r"\b(?:it|this|that|everything|nothing|problem|issue|error|same|first|one|was|is)\b", re.IGNORECASE
)
_WELL = re.compile(r"\b(?:fine|ok|OK|again|wieder)\b")

_NAMED = r"(?:EU|US|USA|UK|DE|CH|AT|FR|APAC|EMEA|AMER|LATAM|ANZ|NA|JP|IN|AU|CA|BR)"
_CLOUD = r"(?:eu|us|ap|sa|ca|me|af)-(?:west|east|central|north|south|northeast|southeast)-?\d"
_REGION = re.compile(
    rf"\b(?i:regions?|zone)[ ]?(?:[:=]|is|ist)?[ ]?(?P<after>{_NAMED}|{_CLOUD})\b"
    rf"|\b(?i:production|prod|produktion|cluster|instance|data ?cent(?:er|re))[ ,(]{{1,2}}(?P<placed>{_NAMED})\b"
    rf"|\b(?P<before>{_NAMED})[ -](?i:region|production|prod|produktion|cluster|instance|data ?cent(?:er|re)"
    rf"|rechenzentrum|site)\b(?P<well>[ ](?:is|are|ist)[ ](?:fine|ok|OK|not affected))?"
    rf"|\b(?P<alone>{_CLOUD})\b"
)

_WHO = r"(?:the|our|we|all|nobody|no one|patients|customers|people|\d[\d,.]*[ ]\w+)"
_EFFECT = (
    #: What follows if it is not mended.
    re.compile(
        rf"\bif[ ][^.!?\n]{{3,70}}?(?:by then|in time|,)[ ,]*(?:then[ ])?"
        rf"(?P<effect>{_WHO}\b[^.!?\n]{{5,{MOST_EFFECT}}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:otherwise|or else|sonst|andernfalls)[ ,]+"
        rf"(?P<effect>[^.!?\n]{{6,{MOST_EFFECT}}})",
        re.IGNORECASE,
    ),
    #: What happens already.
    re.compile(
        r"(?:^|[.!?\n])[ ]*(?P<effect>[^.!?\n]{0,60}\b(?:we (?:are losing|lose)|lost sales|costs? us|penalt(?:y|ies)"
        r"|stand(?:s|ing)? still|queue?ing|queues? of|leave empty|double bookings?|can(?:not| ?not|[’']t) (?:ship|sell"
        r"|invoice|bill|pay|deliver|open|close|discharge|admit|trade|produce)|stehen still|steht still|Umsatz"
        r"|Vertragsstrafe|können nicht (?:ausliefern|verkaufen|abrechnen|liefern|produzieren|öffnen|schließen))\b"
        rf"[^.!?\n]{{0,{MOST_EFFECT}}})",
        re.IGNORECASE,
    ),
)


def failing_calls(text: str) -> Iterator[tuple[str, str, int]]:
    """Method, path and status of each call that the text says fails; 0 where it names no status."""
    for match in _CALL.finditer(text):
        said = _NEXT_CALL.split(match["said"], maxsplit=1)[0]
        status = _STATUS.search(said)
        if status or _REFUSED.search(said):
            yield match["method"], match["path"], int(status["status"]) if status else 0


def kind_of_calls(text: str) -> Suggestion | None:
    """The type that the answers of the failing calls tell; a call of a sign-in tells none."""
    kinds = {429: "api_429"}
    found = []
    for method, path, status in failing_calls(text):
        if status and not _OF_SIGN_IN.search(path):
            kind = kinds.get(status, "api_5xx" if status >= 500 else "api_4xx")
            found.append(Suggestion(kind, f"{method} {path} {status}"))
    return only(found)


def feature(text: str) -> Suggestion | None:
    """What does not work: the call that fails, else the thing of which the text says so."""
    called = only(Suggestion(f"{method} {path}", f"{method} {path}") for method, path, _ in failing_calls(text))
    return called or only(_things(text))


def _things(text: str) -> Iterator[Suggestion]:
    for pattern in (_SUBJECT, _SUBJEKT, _UNSER):
        for match in pattern.finditer(text):
            works = re.search(r"\b(?:working|work)$", match.group(), re.IGNORECASE)
            if works and not re.search(r"\bnot[ ]|\bstopped[ ]", match.group(), re.IGNORECASE):
                continue
            if not _NO_THING.search(match["thing"]) and not _WELL.search(match.group()):
                yield Suggestion(match["thing"], quoted(match.group()))


def regions(text: str) -> Suggestion | None:
    """The one region that is named as the place of the trouble."""
    found = []
    for match in _REGION.finditer(text):
        name = match["after"] or match["placed"] or match["before"] or match["alone"]
        found.append(Suggestion(name, quoted(match.group())))
    return only(found)


def business_effect(text: str) -> Suggestion | None:
    """What follows for the business, in the customer's words; the first of what is said of it."""
    for pattern in _EFFECT:
        if match := pattern.search(text):
            said = " ".join(match["effect"].split()).strip(" ,;-–")
            return Suggestion(said[:1].upper() + said[1:], quoted(said))
    return None
