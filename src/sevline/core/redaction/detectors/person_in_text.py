"""Names of people in running text: a common given name beside a family name, or behind a word that calls somebody."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from collections.abc import Iterator

from sevline.core.letters import CLOSINGS, GREETINGS
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY, GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.names import A_CAPITAL_FOLLOWS, PARTICLES, is_family_name
from sevline.core.redaction.pseudonym import Pseudonyms

_WORD = r"[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’-]*[a-zß-žƀ-ɏ]"
_MORE = (
    rf"(?:[ ](?:{_WORD}|[A-Z]\.|van|von|der|den|del|dos|de|da|di|du|la|le|bin|al|el|ten|ter|zu|und|and|y|et|e|or|oder))"
)
#: What stands before one who is called, asked or told.
_CALLS = (
    r"(?:[Aa]sk(?:ed|ing)?(?:[ ]for)?|[Cc]all(?:ed)?|[Pp]ing|[Cc]ontact(?:ed)?|[Tt]ell|[Ff]orward(?:ed)?(?:[ ]it)?[ ]to|[Tt]hanks(?:[ ]to)?|[Ww]ith|[Ff]rom|[Ff]or|[Tt]o|[Bb]y|[Vv]ia|[Cc]c|FYI|I'm|I’m|I[ ]am"
    r"|[Mm]it|[Bb]ei|[Vv]on|[Aa]n|[Ff](?:ü|ue)r|[Dd]urch|[Oo]der|[Ff]ragt?|[Ii]ch[ ]bin|[Hh]ier[ ]ist|[Aa]vec|[Pp]ar|[Cc]hez|[Pp]our|[Dd]e|[Cc]on|[Pp]or|[Pp]ara|[Ss]oy|[Ss]ono|[Dd]a|[Pp]er|[Dd]oor|[Mm]et|[Bb]en|@)"
)
_SPLIT = late(rf"(?P<head>(?:{_CALLS}[ ]|@|[ \t>]*)?)(?P<words>[^\W\d_].*?)(?P<rest>[ ]?:?|[.,!]?\r?)$", re.DOTALL)
_COMMA = late(rf"(?P<family>{_WORD}(?:[ ]{_WORD})?),[ ](?P<given>{_WORD})(?P<rest>(?:[ ](?:{_WORD}|[A-Z]\.))?)")
_INITIAL = late(r"[A-Z]\.")
_OF_PLACES = frozenset(
    ("San", "Santa", "Santo", "Sao", "São", "Los", "Las", "Saint", "Sankt", "St", "Port", "Fort", "Mount", "Lake")
)
_JOINS = frozenset(("and", "und", "y", "et", "e", "or", "oder"))
#: Family names that are read together, as in Spanish.
MOST_FAMILY_NAMES = 2


def _is_given(word: str) -> bool:
    """A given name, also one of two with a hyphen."""
    return word in GIVEN_NAMES or ("-" in word and word.partition("-")[0] in GIVEN_NAMES)


def _may_be_called(words: list[str], at: int) -> bool:
    """Whether it is somebody's given name alone, at the beginning or after one of another."""
    return words[at] in CALLED_BY and (not at or words[at - 1] in _JOINS)


def _persons(words: list[str], *, called: bool) -> Iterator[tuple[int, int]]:
    """Start and end of each person among these words; the first may be called by a given name alone."""
    at = 0
    while at < len(words):
        if at and words[at - 1] in _OF_PLACES:  # San Fernando
            at += 1
        elif _is_given(words[at]):
            end = _end(words, at)
            if end - at > 1 or (called and _may_be_called(words, at)):
                yield at, end
            at = end
        elif words[at + 1 :] and _is_given(words[at + 1]) and _family_first(words, at):
            yield at, at + 2
            at += 2
        else:
            at += 1


def _end(words: list[str], start: int) -> int:
    """Where the person ends who begins here: further given names, initials and particles, then the family's names."""
    end, families = start + 1, 0
    for place in range(start + 1, len(words)):
        word = words[place]
        if families and (word in PARTICLES or _is_given(word)):
            break
        if word in PARTICLES or _INITIAL.fullmatch(word):
            continue
        if not is_family_name(word):
            break
        end, families = place + 1, families + (not _is_given(word) or place + 1 == len(words))
        if families == MOST_FAMILY_NAMES:
            break
    return end


def _family_first(words: list[str], at: int) -> bool:
    """As in Hungary, Japan and lists of staff: only where both words are all there is."""
    return len(words) == 2 and at == 0 and is_family_name(words[0]) and words[0] not in _OF_PLACES


def _parts(found: str) -> tuple[str, list[str], str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["words"].split(" "), parts["rest"]) if parts else (found, [], "")


def _told(found: str) -> list[tuple[int, int]]:
    head, words, rest = _parts(found)
    told = list(_persons(words, called=bool(head.strip()) or rest.endswith(":")))
    if len(words) == 1 and not told and words[0] in CALLED_BY and not head.strip():  # on a line of its own
        return [(0, 1)]
    if rest.endswith(":") and not told and words and words[-1] in CALLED_BY:  # “Agent Maria:”
        return [(len(words) - 1, len(words))]
    return told


_CLOSES = late(rf".*?(?:{CLOSINGS}|{GREETINGS})", re.IGNORECASE)


def _of_comma(found: str) -> re.Match[str] | None:
    match = _COMMA.fullmatch(found)
    if match and _CLOSES.fullmatch(match["family"]):
        return match if match["given"] in CALLED_BY else None
    if match and _is_given(match["given"]) and all(map(is_family_name, match["family"].split(" "))):
        return match
    return None


def is_person(found: str) -> bool:
    return _of_comma(found) is not None if "," in found.rstrip(", \r") else bool(_told(found))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    if (match := _of_comma(found)) and _CLOSES.fullmatch(match["family"]):  # “Viele Grüße, Jörg vom Support”
        token = pseudonyms.token("PERSON", match["given"].lower(), kind="term person")
        return f"{match['family']}, {token}{match['rest']}"
    if match:
        whole = f"{match['given']}{match['rest']} {match['family']}"
        return pseudonyms.token("PERSON", whole.lower(), kind="term person")
    head, words, rest = _parts(found)
    pieces: list[str] = []
    place = 0
    for start, end in _told(found):
        pieces += words[place:start]
        pieces.append(pseudonyms.token("PERSON", " ".join(words[start:end]).lower(), kind="term person"))
        place = end
    return head + " ".join((*pieces, *words[place:])) + rest


detector(
    Detector(
        kind="person_in_text",
        title="Given name and family name in running text",
        pattern=(
            rf"{BEGIN}{_WORD}(?:[ ]{_WORD})?,[ ]{_WORD}(?:[ ](?:{_WORD}|[A-Z]\.))?"
            rf"|{BEGIN}{_CALLS}[ ]{_WORD}{_MORE}{{0,5}}|@{_WORD}|{BEGIN}{_WORD}{_MORE}{{1,6}}(?:[ ]?:)?|^[ \t>]*{_WORD}(?:[ ]?:|[.,!]?\r?$)"
        ),
        stage=Stage.PERSONAL,
        gate=A_CAPITAL_FOLLOWS + r"|@[A-ZÀ-ɏ][a-zß-ɏ]|^[ \t>]*[A-ZÀ-ɏ][a-zß-ɏ]+(?:[ ]?:|[.,!]?\r?$)",
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
