"""Names of people in the forms of airlines, hospitals, insurers and passports: `MORENO/LUIS MR`, `PID|…|DOE^JANE`, `P<UTOERIKSSON<<ANNA`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.given_names import CALLED_BY
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_TITLES = r"(?:MR|MRS|MS|MISS|MSTR|MX|DR|PROF|CHD|INF)"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'-]{1,24}"
_SLASHED = rf"{_CAPITALS}(?:[ ]{_CAPITALS})?/{_CAPITALS}(?:[ ][A-ZÀ-Þ'-]{{1,20}}){{0,3}}"
_TRAVELS = r"(?i:passengers?|pax|travell?ers?|guests?|passagier|reisende[rn]?|pasajero|passager|passeggero|ospite|g(?:ä|a)ste?|surname/given|name/given)"
#: Segments of HL7 and which of their fields hold a name, a day of birth, an address, a telephone number, another number.
_FIELDS: dict[str, dict[int, str]] = {
    "PID": {
        2: "IDENTITY",
        3: "IDENTITY",
        4: "IDENTITY",
        5: "PERSON",
        6: "PERSON",
        7: "BIRTH-DATE",
        9: "PERSON",
        11: "ADDRESS",
        13: "PHONE",
        14: "PHONE",
        18: "IDENTITY",
        19: "SSN",
        20: "IDENTITY",
        21: "IDENTITY",
        23: "ADDRESS",
    },
    "NK1": {
        2: "PERSON",
        4: "ADDRESS",
        5: "PHONE",
        6: "PHONE",
        12: "IDENTITY",
        16: "BIRTH-DATE",
        30: "PERSON",
        31: "PHONE",
        32: "ADDRESS",
    },
    "GT1": {2: "IDENTITY", 3: "PERSON", 5: "ADDRESS", 6: "PHONE", 7: "PHONE", 8: "BIRTH-DATE", 12: "SSN"},
    "IN1": {16: "PERSON", 18: "BIRTH-DATE", 19: "ADDRESS", 36: "IDENTITY", 49: "IDENTITY"},
}
#: The first field of a segment counts; the head of a table of processes has words there.
_SEGMENT = rf"(?:{'|'.join(_FIELDS)})\|[0-9]{{0,4}}\|[^\r\n\"\\]{{6,}}"
_OF_SEGMENT = late(rf"(?:{'|'.join(_FIELDS)})\|")
#: A number, the family name, the given name: who is responsible in another segment.
_DOCTOR = r"[|~][A-Z0-9]{0,15}[0-9]\^[A-Z][A-Za-z'-]{1,30}\^[A-Z][A-Za-z'-]{1,30}\^[^|\r\n]*"
#: What stands third in a coded value, which has the same form.
_CODING_SYSTEMS = frozenset(("LN", "SCT", "ICD", "CPT", "LOINC", "SNOMED", "UCUM", "HL", "CVX", "NDC", "LOCAL"))
_INSURED = r"NM1\*[A-Z0-9]{2,3}\*1\*[A-Za-z '-]{2,40}\*[A-Za-z '-]{2,30}"
#: The lines of a document that a machine reads: the first of a passport, the second, those of a card.
_READ_BY_MACHINE = (
    r"[PVACI][A-Z<][A-Z<]{3}[A-Z]+(?:<[A-Z]+)*<<[A-Z<]{4,}|[A-Z]{2,}(?:<[A-Z]+)*<<[A-Z]+(?:<[A-Z]+)*<{3,}"
    r"|[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{14}[0-9<][0-9]|[AIC][A-Z<][A-Z<]{3}[A-Z0-9<]{9}[0-9][A-Z0-9<]{14,15}"
    r"|[0-9]{7}[MFX<][0-9]{7}[A-Z<]{3}[A-Z0-9<]{11}[0-9]"
)
#: What computers have in pairs, and milliseconds or a host's memory beside it.
_OF_THINGS = late(
    r"(?<![^\W_])(?:TCP|UDP|IP|READ|WRITE|CPU|RAM|MEM(?:ORY)?|DISK|IO|INPUT|OUTPUT|RX|TX|IN|OUT|LATENCY|JITTER|CLIENT|SERVER|GET|POST|PUT|ON|OFF|START|STOP|ADD|REMOVE|OS|SSL|TLS|HTTPS?"
    r"|JSON|XML|USER|GROUP|HOST|GUEST|NAME|VALUE|KEY|MIN|MAX|AVG|SEC|MSEC|REQ|RES|RATE|LIMIT|COUNT|TOTAL|TIME|OPEN|CLOSE|LOCK|UNLOCK|PASS|FAIL|OK|YES|NO|NA|TRUE|FALSE|LOSS|DELAY|LOAD"
    r"|USED|FREE|SEND|RECV|RECEIVE|QUERY|REPLY|ACK|NACK|SYN|FIN|RTT|TTL|MTU|NIC|USB|PCI|GPU|VM|API|DB|SQL|DNS|DHCP|VPN|LAN|WAN|UTC|GMT|CET|EST|PST)(?![^\W_])"
)
#: Letters of a given name that is known without anything around it; shorter ones stand in base64 by chance.
SHORTEST = 4
_SPLIT = late(rf"(?P<head>.*?)(?P<name>{_SLASHED})$", re.DOTALL)
_TITLED = late(rf"(?P<name>.*?)(?:[ ]?{_TITLES})?$", re.DOTALL)
_MACHINE = late(_READ_BY_MACHINE)
_OF_DOCTOR = late(r"(?P<head>[|~][A-Z0-9]*\^)(?P<name>[^|^]+\^[^|^]+(?:\^[A-Za-z. ]*)?)(?P<rest>.*)$", re.DOTALL)
_OF_INSURED = late(r"(?P<head>NM1\*[A-Z0-9]+\*1\*)(?P<name>.*)$", re.DOTALL)


def _slashed(found: str) -> tuple[str, str, str] | None:
    """What stands before `FAMILY/GIVEN`, the name, the title."""
    parts = _SPLIT.match(found)
    titled = _TITLED.match(parts["name"]) if parts else None
    return (parts["head"], titled["name"], parts["name"][titled.end("name") :]) if parts and titled else None


def is_person(found: str) -> bool:
    if found.startswith("NM1*") or _OF_SEGMENT.match(found):
        return True
    if (doctor := _OF_DOCTOR.match(found)) is not None:
        return doctor["name"].split("^")[1] not in _CODING_SYSTEMS
    if _MACHINE.fullmatch(found):
        return "<" in found
    if (parts := _slashed(found)) is None:
        return False
    head, name, title = parts
    given = name.partition("/")[2].partition(" ")[0]
    known = len(given) >= SHORTEST and given.title() in CALLED_BY
    if not known and _OF_THINGS.search(name):
        return False
    return known or (len(given) > 1 and bool(head.strip(" .0123456789") or title))


def _segment(found: str, pseudonyms: Pseudonyms) -> str:
    """Each field of a person goes as a whole; the parts of a name are read in the usual order."""
    fields = found.split("|")
    for number, label in _FIELDS[fields[0]].items():
        if number < len(fields) and fields[number].strip('^~ "') and not is_token(fields[number]):
            value = fields[number]
            fields[number] = _person(value, "^", pseudonyms) if label == "PERSON" else pseudonyms.token(label, value)
    return "|".join(fields)


def _person(name: str, mark: str, pseudonyms: Pseudonyms) -> str:
    family, _, given = name.partition(mark)
    whole = " ".join(f"{given.replace(mark, ' ')} {family}".split())
    return pseudonyms.token("PERSON", whole.lower(), kind="term person")


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    if _OF_SEGMENT.match(found):
        return _segment(found, pseudonyms)
    if (doctor := _OF_DOCTOR.match(found)) is not None:
        return doctor["head"] + _person(doctor["name"], "^", pseudonyms) + doctor["rest"]
    if (insured := _OF_INSURED.match(found)) is not None:
        return insured["head"] + _person(insured["name"], "*", pseudonyms)
    if _MACHINE.fullmatch(found):
        return pseudonyms.token("IDENTITY", found)
    head, name, title = _slashed(found) or (found, "", "")
    return head + _person(name, "/", pseudonyms) + title


detector(
    Detector(
        kind="coded_name",
        title="Name of a person in a form of airlines, hospitals or passports",
        pattern=(
            rf"{BEGIN}(?:{_SEGMENT}|{_INSURED}|{_READ_BY_MACHINE}|{_TRAVELS}[\"']?[ \t]{{0,3}}[:=#]?[ \t]{{0,3}}[\"']?(?:[0-9]{{1,2}}\.[0-9]{{0,2}}[ ]?)?{_SLASHED}"
            rf"|(?:[0-9]{{1,2}}\.?[0-9]{{0,2}}[ ]?)?{_SLASHED}(?-u:\b))|{_DOCTOR}"
        ),
        stage=Stage.PERSONAL,
        rare=True,
        gate=(
            rf"(?:^|[ :=\"'.0-9])[A-ZÀ-Þ][A-ZÀ-Þ'-]+/[A-ZÀ-Þ][A-ZÀ-Þ'-]|<<[A-Z<]|(?:{'|'.join(_FIELDS)})\||NM1\*[A-Z0-9]|[0-9]\^[A-Z][A-Za-z'-]+\^[A-Z]"
            r"|[0-9]{7}[MFX<][0-9]{7}[A-Z<]"
        ),
        validate=is_person,
        render=pseudonym,
        in_clear=True,
    )
)
