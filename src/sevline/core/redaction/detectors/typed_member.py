"""A value that stands under the name of its type, and that under the name of its field: `"vorname": {"string": "Anna"}`."""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Record, masked_records, people_in, says_something

#: As Avro, DynamoDB, protobuf, BigQuery and tracing name it.
_TYPE = r"(?:string|S|N|stringValue|string_value|integerValue|value|long|v)"
_SPLIT = late(rf"\\*\"(?P<field>[^\"\\]+)\\*\":\s*\{{\s*\\*\"{_TYPE}\\*\":\s*\\*\"(?P<value>[^\"\\]+)$")


def _records(found: str) -> Iterator[Record]:
    if (parts := _SPLIT.match(found)) and says_something(parts["field"], ""):
        yield "", [(*parts.span("value"), parts["field"])]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


detector(
    Detector(
        kind="typed_member",
        title="Value under the name of its type, in a field that says whose it is",
        pattern=rf"\\*\"[A-Za-z\x{{80}}-\x{{10ffff}}][^\"\\\r\n]{{0,40}}\\*\":[ ]?\{{[ ]?\\*\"{_TYPE}\\*\":[ ]?\\*\"[^\"\\\r\n]{{2,80}}",
        stage=Stage.PERSONAL,
        rare=True,
        keywords=tuple(
            f'"{name}{end}'
            for name in ("string", "S", "N", "stringValue", "string_value", "value", "v", "integerValue", "long")
            for end in ('":', '\\":')
        ),
        gate=rf":[ ]?\{{[ ]?\\*\"{_TYPE}\\*\":",
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
    )
)
