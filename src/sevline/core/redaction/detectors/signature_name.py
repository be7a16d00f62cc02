"""The name under a letter, on the line below the closing words."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.names import is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms

_CLOSING = (
    r"(?:(?:[Bb]est|[Kk]ind|[Ww]arm|[Mm]any)(?:[ ][a-z]+){0,2}|[Rr]egards|[Cc]heers|[Tt]hanks(?:[ ][a-z ]{1,30})?|[Tt]hank you|[Ss]incerely(?:[ ]yours)?|[Yy]ours(?:[ ][a-z]+)?|BR|MfG"
    r"|(?:[Mm]it )?(?:[Ff]reundlichen?|[Vv]iele|[Bb]este|[Ll]iebe|[Ss]chöne) Gr(?:ü|ue)(?:ß|ss)en?|[Cc]ordialement|[Bb]ien à vous|[Ss]aludos(?:[ ][a-z]+)?|[Uu]n saludo|[Aa]tentamente"
    r"|[Cc]ordiali saluti|[Dd]istinti saluti|[Aa]tenciosamente|[Mm]et vriendelijke groet|[Vv]änliga hälsningar|[Pp]ozdrawiam|--)"
)
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
            rf"(?m:^[ \t>]*{_CLOSING}[,!.]?[ \t]*\r?\n(?:[ \t>]*\r?\n)?[ \t>]*[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*(?:[ ][A-Za-zÀ-žƀ-ɏ'’.-]+){{0,4}}[ \t.,]*\r?$)"
        ),
        stage=Stage.BLOCK,
        keywords=("egards", "heers", "hanks", "hank you", "incerely", "Yours", "Best,", "best,", "Grü",
            "Grue",
            "groet", "ordia", "aludo", "tentamente", "tenciosamente",
                  "groet", "hälsningar", "ozdrawiam", "Best wishes", "\n--", "BR\n", "MfG"),
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=lambda found: (_parts(found)[1],),
    )
)  # fmt: skip
