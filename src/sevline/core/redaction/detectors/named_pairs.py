"""A field's name in one member and its value in the next: `{"Name": "given_name", "Value": "Anna"}`, `<f name="tel" value="…">`."""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Record, masked_records, people_in, says_something

_IS = r"\\{0,2}[\"']?[ \t]{0,2}(?:=>|[:=])[ \t]{0,2}\\{0,2}[\"']?"
_SPLIT = late(
    rf".*?{_IS}(?P<field>[^\"'\\,;\s=:][^\"'\\,;=:\r\n]*?)\\{{0,2}}[\"']?[,;]?\s+.*?{_IS}(?P<value>[^\"'\\<>\r\n]+)$",
    re.DOTALL,
)


def _records(found: str) -> Iterator[Record]:
    if (parts := _SPLIT.match(found)) and says_something(parts["field"], ""):
        start = parts.start("value")
        yield "", [(start, start + len(parts["value"].rstrip(" ,;})]")), parts["field"])]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


detector(
    Detector(
        kind="named_pairs",
        title="Value beside the name of its field",
        pattern=(
            r"(?i-u:\b(?:name|key|field|attribute|attr|label|id|property|param|question|title)\\{0,2}[\"']?[ \t]{0,2}(?:=>|[:=])[ \t]{0,2}\\{0,2}[\"']?[A-Za-z_][A-Za-z0-9_ .-]{1,40}\\{0,2}[\"']?[,;]?\s{1,40}\\{0,2}[\"']?"
            r"(?:value|val|content|answer|text|default|wert|valeur|valor)\\{0,2}[\"']?[ \t]{0,2}(?:=>|[:=])[ \t]{0,2}\\{0,2}[\"']?)[^\"'\\<>\r\n=\[{]{2,80}"
        ),
        stage=Stage.BLOCK,
        keywords=(
            '"Value":',
            '"value":',
            '"Value" :',
            ' value="',
            " value='",
            " value:",
            " Value=",
            " value=",
            " Value:",
            '"val":',
            ' content="',
            '"answer":',
            " answer:",
            '"default":',
            ' default="',
            "<value>",
        ),
        gate=r"(?i-u:(?:name|key|field|attr|attribute|label|property|param|question|title)\\{0,2}[\"']?[ \t]{0,2}[:=])",
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)
