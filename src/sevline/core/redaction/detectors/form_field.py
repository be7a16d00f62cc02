"""Fields of a form: parts of one that is sent in parts (multipart/form-data), and the inputs of a page.

The name of the field says what its value is; a part has its value some lines below its name.
"""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Iterator

from sevline.core.redaction.columns import column_token
from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import is_ordinary, looks_random, says_by_guess, says_secret

_NAME = r"[^\"'\\\s;<>][^\"'\\\r\n;<>]{0,59}"


def _part(line: str) -> str:
    """What stands before the value of a part, whose lines end so."""
    return rf"form-data;[ \t]*name=\\?\"?{_NAME}\\?\"?(?:;[^\r\n\\]*)?[ \t]*{line}(?:[A-Za-z-]+:[^\r\n\\]*{line})*[ \t]*{line}"


#: Lines as they are, and as a string in JSON writes them: there the value ends before the next one.
_LINES = _part(r"\r?\n")
_ESCAPED = _part(r"(?:\\r)?\\n")
_INPUT = r"<(?i:input)[^<>]{0,200}[ ]name=[\"'][^\"'<>]{1,60}[\"'][^<>]{0,200}?[ ]value=[\"']"
_SPLIT = late(
    rf"(?P<head>{_LINES}|{_ESCAPED}|{_INPUT.replace('(?i:input)', 'input')})(?P<value>.*[^ \t]|)[ \t]*$",
    re.IGNORECASE | re.DOTALL,
)
_TOKENED = late(EVERY_PSEUDONYM)
_FIELD = late(r"[ \t;]name=[\\\"']*([^\\\"';\r\n]*)", re.IGNORECASE)


def _parts(found: str) -> tuple[str, str, str, str]:
    """The name of the field, what stands before its value, the value, what stands after it."""
    parts, field = _SPLIT.match(found), _FIELD.search(found)
    if parts is None or field is None or parts["value"].startswith("--") or _TOKENED.search(parts["value"]):
        return "", found, "", ""
    return field[1], parts["head"], parts["value"], found[parts.end("value") :]


def _is_secret(field: str, value: str) -> bool:
    if says_by_guess(field):
        return looks_random(value)
    return says_secret(field) and not is_ordinary(field, value, loose=False)


def secrets(found: str) -> Iterator[str]:
    field, _, value, _ = _parts(found)
    if _is_secret(field, value):
        yield value


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    field, head, value, rest = _parts(found)
    secret = value and _is_secret(field, value)
    token = pseudonyms.secret("SECRET", value) if secret else column_token(field, value, pseudonyms)
    return found if token is None else head + token + rest


detector(
    Detector(
        kind="form_field",
        title="Value of a form's field whose name says so",
        pattern=rf"{_LINES}[^\r\n]+|{_ESCAPED}(?:[^\r\n\\]|\\[^rn\r\n])+|{_INPUT}[^\"'<>\r\n]{{2,200}}",
        stage=Stage.BLOCK,
        keywords=("form-data;", "<input", "<INPUT"),
        render=pseudonym,
        secrets=secrets,
    )
)
