"""What a ticket says of its reach: how many users and tenants, whether it goes on, and what it threatens.

English and German. A question is no answer, and two counts of the same thing are left to a person.
"""

import re
from collections.abc import Iterator

from sevline.core.extraction.suggestion import Suggestion, only, quoted

_SPELLED = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
)
_NUMBER = rf"(?:\d{{1,9}}(?:[.,]\d{{3}}){{0,2}}|{_SPELLED})"
_ABOUT = (
    r"(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|nearly|almost|over|more than|at least|up to"
    r"|etwa|ungefähr|rund|knapp|über|mindestens|bis zu)"
)
_OURS = r"(?:our|the|all|their|your|a total of|in total|unserer?n?|insgesamt|den|der|die|allen|ihrer?n?)"
_OF = rf"(?P<of>[ ](?:out of|of|from|in|von|/)[ ](?:{_OURS}[ ]){{0,2}}|[ ]?/[ ]?)"
_COUNT = rf"(?:{_ABOUT}[ ])?(?P<some>{_NUMBER})(?:{_OF}(?P<all>{_NUMBER}))?"
_SHARE = (
    r"\d{1,3}(?:[.,]\d)?[ ]?(?:%|percent|per cent|Prozent)[ ](?:of|von|der)"
    r"|half(?: of)?|most(?: of)?|all(?: of)?|every|die Hälfte|die meisten|alle[rn]?|jeder"
)
_KIND = r"(?:[\w-]{2,20}[ ])?"
#: People by what they do.
_TRADES = (
    r"planners|dispatchers|drivers|pickers|packers|operators|clerks|cashiers|sellers|brokers|traders|buyers|accountants"
    r"|(?:account )?managers|nurses|doctors|physicians|pharmacists|therapists|carers|teachers|pupils|students|lecturers"
    r"|technicians|engineers|developers|mechanics|fitters|inspectors|analysts|advisers|advisors|consultants|lawyers"
    r"|receptionists|assistants|supervisors|foremen|workers|editors|authors|couriers|pilots|guards|officers|staff|members"
    r"|Disponent(?:en|innen)|Fahrer(?:n|innen)?|Kassierer(?:n|innen)?|Verkäufer(?:n|innen)?|Sachbearbeiter(?:n|innen)?"
    r"|Pfleger(?:n|innen)?|Pflegekräfte[n]?|Ärzte[n]?|Lehrer(?:n|innen)?|Schüler(?:n|innen)?|Techniker(?:n|innen)?"
    r"|Planer(?:n|innen)?|Lageristen|Monteure[n]?|Berater(?:n|innen)?|Studierende[n]?|Fachkräfte[n]?"
)
_USER = (
    r"(?:users?|people|employees?|agents?|seats?|colleagues?|Benutzer(?:n|innen)?|Nutzer(?:n|innen)?|Anwender(?:n|innen)?"
    rf"|Personen|Mitarbeiter(?:n|innen)?|Kolleg(?:en|innen)|Arbeitsplätze[n]?|{_TRADES})"
)
_TENANT = (
    r"(?:tenants|workspaces|organi[sz]ations|orgs|accounts|customers|Mandanten|Instanzen|Kunden"
    r"|Arbeitsbereiche[n]?)"
)


def _amounts(noun: str) -> re.Pattern[str]:
    whole = rf"(?:{_SHARE})[ ](?:{_OURS}[ ]){{0,2}}(?P<whole>{_NUMBER}[ ])?"
    return re.compile(rf"(?<![\w.,])(?:{whole}|{_COUNT}[ ]){_KIND}{noun}\b", re.IGNORECASE)


_USERS, _TENANTS = _amounts(_USER), _amounts(_TENANT)
#: How large a company is says nothing of how many are affected.
_SIZE = re.compile(
    r"(?:\b(?:we have|we are|company (?:of|with)|contract for|plan (?:of|for|with)|licen[cs]es? for|wir haben|wir sind"
    r"|Firma mit|Unternehmen mit|Vertrag über)(?:[ ]\w+)?[ ])$",
    re.IGNORECASE,
)
#: Whom it will hit later is not who is affected now.
_LATER = re.compile(r"\b(?:otherwise|or else|sonst|andernfalls)[ ,]+$", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:our|the|their|your|unserer?n?|der|den|die|ihrer?n?)[ ](?=\w)", re.IGNORECASE)

_GOES_ON = re.compile(
    r"\bstill[ ](?:(?:being|very much)[ ])?(?:going on|happening|ongoing|failing|down|broken|occurr?ing|there|present"
    r"|affected|unavailable|not[ ]\w+|see(?:ing)?|get(?:ting)?|the case)\b"
    r"|\b(?:is|are|problem|issue|outage)[ ](?:currently[ ])?ongoing\b|\bcontinues? to\b"
    r"|\bkeeps? (?:failing|happening)\b"
    r"|\b(?:has|have)(?:n[’']t| not) (?:stopped|recovered|been (?:fixed|resolved))\b|\bas (?:we|I) (?:speak|write)\b"
    r"|\b(?:immer noch|noch immer|nach wie vor|weiterhin)\b|\b(?:hält|dauert)(?:[ ]\w+){0,2}[ ]an\b|\bbesteht noch\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:works?|working|running|runs|fine|stable|available|online|back to normal)[ ](?:again|now)\b|\bis back\b"
    r"|\bback (?:up|online|to normal)\b|\bno longer (?:happen(?:s|ing)|occurs?|fail(?:s|ing))\b"
    r"|\b(?:has|have) (?:stopped (?!work)|recovered|cleared|resolved itself|gone away)"
    r"|\b(?:läuft|läufts|funktioniert|geht|klappt)(?:[ ](?:jetzt|seitdem|seither|nun))?[ ]wieder\b"
    r"|\btritt nicht mehr auf\b|\b(?:ist|hat sich) (?:wieder )?(?:behoben|erledigt)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|n[’']t|nicht|kein\w*|if|once|until|when|wenn|sobald|bis)\b[^,.;]{0,30}$", re.IGNORECASE
)

_DAY = (
    r"(?:(?:next|this|coming|nächste[nr]?|kommende[nr]?|diese[nr]?)[ ])?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag\b|Mittwoch\b|tomorrow\b|tonight\b|today\b|übermorgen\b|morgen\b|heute\b"
    r"|(?:next|this|nächste|kommende|diese)[ ](?:week|month|quarter|Woche)\b|nächsten Monat\b"
    r"|end of (?:the )?(?:day|week|month)\b"
    r"|\d{4}-\d\d-\d\d\b|\d{1,2}\.[ ]?(?:\d{1,2}\.(?:\d{2,4})?|(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*)"
    r"|\d{1,2}(?:st|nd|rd|th)?[ ](?:of[ ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*[ ]\d{1,2}(?:st|nd|rd|th)?\b"
)
_MILESTONE = (
    r"go(?:es|ing)?[- ]?live|deadline|launch|cut[- ]?over|audit|month[- ]end(?: clos(?:e|ing))?|quarter[- ]end|payroll"
    r"|demo|board meeting|roll[- ]?out|opening|black friday|stock ?take|Frist|Stichtag|Abgabe|Abnahme|Monatsabschluss"
    r"|Jahresabschluss|Inbetriebnahme|Umstellung|Betriebsprüfung|Lohnlauf"
)
_CLOCK = r"(?:\d{1,2}:\d\d(?:[ ]?[ap]\.?m\b\.?)?(?:[ ]Uhr)?|\d{1,2}[ ]?(?:[ap]\.?m\b\.?|Uhr\b|o[’']clock\b))"
_THE_DAY = rf"(?:[ ](?:{_DAY}))?"
#: An hour of the day at which something closes, and by which something is needed.
_HOURS = re.compile(
    r"\b(?:[\w-]{3,20}[ ])?(?:cut-?off(?: time)?|deadline|closing time|Annahmeschluss|Redaktionsschluss|Bestellschluss"
    rf"|Frist)[ ](?:(?:is|at|ist|um|of)[ ]){{1,2}}{_CLOCK}{_THE_DAY}"
    rf"|\b[\w-]{{3,20}}[ ]closes[ ]at[ ]{_CLOCK}{_THE_DAY}"
    rf"|\b(?:need|needs|needed|must|has to|have to|brauchen|muss|müssen)\b[^.!?\n]{{0,60}}?"
    rf"\b(?:by|before|until|bis|vor)[ ]{_CLOCK}{_THE_DAY}",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    rf"\b(?:{_MILESTONE})\b[^.!?\n]{{0,60}}?\b(?:{_DAY})"
    rf"|\b(?:on|by|bis|am)[ ](?:{_DAY})[^.!?\n]{{0,30}}?\b(?:{_MILESTONE})\b"
    rf"|\b(?:need|needs|needed|must|has to|have to|brauchen|muss|müssen)\b[^.!?\n]{{0,60}}?"
    rf"\b(?:by|before|until|bis|vor)[ ](?:zum[ ])?(?:{_DAY})",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|last|since|yesterday|after|went|war|waren|letzte[nr]?|seit|gestern|nach)\b", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:our|the|we|der|die|das|unser|unsere|to)[ ]", re.IGNORECASE)
_BEFORE = 20  # characters before a milestone that tell whether it is over


def users(text: str) -> Suggestion | None:
    """How many users, as “40 of 310 users”; only where one count is named."""
    return _reach(_USERS, text)


def tenants(text: str) -> Suggestion | None:
    """How many tenants, workspaces or customers; only where one count is named."""
    counted = _reach(_TENANTS, text)
    # “Our customers” and “your account” are no count; neither is “all accounts” where nobody counted them.
    is_count = counted is not None and re.search(rf"{_NUMBER}|\ball|\balle", counted.value, re.IGNORECASE) is not None
    return counted if is_count else None


def _reach(pattern: re.Pattern[str], text: str) -> Suggestion | None:
    found = [
        match
        for match in pattern.finditer(text)
        if not any(of.search(text, max(0, match.start() - 40), match.start()) for of in (_SIZE, _LATER))
    ]
    parts = [match for match in found if match["of"]]
    if parts:  # “40 of 310 users” tells what “310 users” elsewhere is
        known = {number for match in parts for number in (match["some"], match["all"])}
        found = [
            match for match in found if match["of"] or (match["some"] or (match["whole"] or "").strip()) not in known
        ]
    return only(Suggestion(_plain(match.group()), quoted(match.group())) for match in found)


def _plain(written: str) -> str:
    flat = " ".join(written.split())
    is_count = (
        re.search(rf"\b{_NUMBER}", flat, re.IGNORECASE) is not None
        and re.match("all|every|half|die Hälfte", flat, re.IGNORECASE) is None
    )
    return _OWNER.sub("", flat) if is_count else flat


def still_happening(text: str) -> Suggestion | None:
    """“yes” or “no”, where the text says one of them and does not ask."""
    return only([*_claims(_GOES_ON, "yes", text), *_claims(_STOPPED, "no", text)])


def _claims(pattern: re.Pattern[str], value: str, text: str) -> Iterator[Suggestion]:
    for match in pattern.finditer(text):
        end = re.compile(r"[.!?\n]").search(text, match.end())
        if end is not None and end.group() == "?":
            continue
        if value == "no" and _DENIED.search(text, max(0, match.start() - 40), match.start()):
            continue
        yield Suggestion(value, quoted(_sentence(text, match.start(), match.end())))


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, max(0, start - 40), start) for mark in ".!?\n,;")
    return text[begin + 1 if begin >= 0 else start : end].strip()


def deadline(text: str) -> Suggestion | None:
    """What has to work by which day or hour; what is over, like a release of last Monday, is none."""
    hours = list(_due(_HOURS, text))
    return only(hours) if hours else only(_due(_DEADLINE, text))


def _due(pattern: re.Pattern[str], text: str) -> Iterator[Suggestion]:
    for match in pattern.finditer(text):
        if not _PAST.search(text, max(0, match.start() - _BEFORE), match.end()):
            said = _ARTICLE.sub("", " ".join(match.group().split()))
            yield Suggestion(said[0].upper() + said[1:], quoted(said))
