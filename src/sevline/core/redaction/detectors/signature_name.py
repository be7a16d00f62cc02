"""The name under a letter, on the line below the closing words."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.letters import CLOSINGS
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms

_SPLIT = re.compile(r"(?P<head>.*\n[ \t>]*)(?P<name>[^\n]+?)(?P<rest>[ \t\r.,]*)$", re.DOTALL)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["name"], parts["rest"]) if parts else (found, "", "")


def name(found: str) -> str:
    return _parts(found)[1].lower()


def is_person(found: str) -> bool:
    return is_full_name(_parts(found)[1], fewest=1)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _parts(found)
    return head + pseudonyms.token("PERSON", text.lower(), kind="term person") + rest


detector(
    Detector(
        kind="signature_name",
        title="Name of a person under a letter",
        pattern=(
            rf"(?m:^[ \t>]*(?i:{CLOSINGS}|--)[,!.]?[ \t]*\r?\n(?:[ \t>]*\r?\n)?[ \t>]*[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*(?:[ ][A-Za-zÀ-žƀ-ɏ'’.-]+){{0,4}}[ \t.,]*\r?$)"
        ),
        stage=Stage.BLOCK,
        keywords=("egards", "heers", "hank", "incerely", "ours", "Best", "best,", "ll the best", "MfG", "LG\n", "rü", "rue", "Gru", "Danke", "\nIhr", "ordia", "Bien à", "alut", "Merci", "aludo", "tentamente", "racias", "razie", "tenciosa", "umpriment", "brigad", "groet", "Groet", "Mv", "älsning", "hilsen", "aniem", "ozdr", "üdvöz", "Üdvöz", "aygı", "ekk", "Cu ", "erveisin", "\n--",),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=lambda found: (_parts(found)[1],),
    )
)  # fmt: skip
