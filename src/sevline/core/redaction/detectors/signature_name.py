"""The name under a letter, on the line below the closing words, also in a string whose lines are written `\\n`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.letters import CLOSINGS
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = late(r"(?P<head>.*\n[ \t>]*)(?P<name>[^\n]+?)(?P<rest>[ \t\r.,]*\"?)$", re.DOTALL)
_IN_STRING = late(
    r"(?P<head>.*\\n[ \t>]*)(?P<name>(?:[^\\\"]|\\u[0-9a-fA-F]{4})+?)(?P<rest>[ \t.,]*\\[rn\"]+|[ \t.,]*\")$", re.DOTALL
)
_ESCAPE = late(r"\\u([0-9a-fA-F]{4})")


def _escaped(pattern: str) -> str:
    """The pattern, also for text whose letters beyond ASCII are escapes."""
    return "".join(one if one.isascii() else rf"(?:{one}|\\u{ord(one):04x})" for one in pattern)


def _parts(found: str) -> tuple[str, str, str]:
    if "\n" not in found and (inside := _IN_STRING.match(found)):
        return inside["head"], inside["name"], inside["rest"]
    parts = _SPLIT.match(found)
    return (parts["head"], parts["name"], parts["rest"]) if parts else (found, "", "")


def _name(found: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), _parts(found)[1])


def name(found: str) -> str:
    return _name(found).lower()


def is_person(found: str) -> bool:
    return is_full_name(_name(found), fewest=1)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, _, rest = _parts(found)
    return head + pseudonyms.token("PERSON", name(found), kind="term person") + rest


_LETTER = r"(?:[A-Za-zÀ-žƀ-ɏ]|\\u0[01][0-9a-fA-F]{2})"
detector(
    Detector(
        kind="signature_name",
        title="Name of a person under a letter",
        pattern=(
            rf"(?m:(?:^[ \t>]*|\")(?i:{CLOSINGS}|--)[,!.]?[ \t]*\r?\n(?:[ \t>]*\r?\n)?[ \t>]*[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*(?:[ ][A-Za-zÀ-žƀ-ɏ'’.-]+){{0,4}}[ \t.,]*\"?\r?$)"
            rf"|(?:\\n|\")[ \t>]*(?i:{_escaped(CLOSINGS)}|--)[,!.]?[ \t]*(?:\\r)?\\n(?:(?:\\r)?\\n)?[ \t>]*{_LETTER}(?:{_LETTER}|['’.-])*(?:[ ](?:{_LETTER}|['’.-])+){{0,4}}[ \t.,]*(?:\\[rn]|\\?\")"
        ),
        stage=Stage.BLOCK,
        keywords=("egards", "heers", "hank", "incerely", "ours", "Best", "best,", "ll the best", "MfG", "LG\n", "rü", "r\\u00fc", "rue", "\\nIhr", "LG\\n", "\\n--", "Gru", "Danke", "\nIhr", "ordia", "Bien à", "alut", "Merci", "aludo", "tentamente", "racias", "razie", "tenciosa", "umpriment", "brigad", "groet", "Groet", "Mv", "älsning", "hilsen", "aniem", "ozdr", "üdvöz", "Üdvöz", "aygı", "ekk", "Cu ", "erveisin", "Vänligen", "tovanjem", "Pagarb", "cie", "Lugupid", "soovidega", "unnioit", "isztelet", "Üdv", "Sevgiler", "Selamlar", "\n--",),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=lambda found: (_name(found),),
    )
)  # fmt: skip
