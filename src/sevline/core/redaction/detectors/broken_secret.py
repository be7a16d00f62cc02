"""Secrets that are broken: joined by a program from pieces, or gone on with on the next line, under a name that says so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import ENDING_NAME, ends_secret, is_ordinary, looks_random
from sevline.core.redaction.told import groups, is_telling, may_be_secret, python_pattern, told_secret

_IS = r"[\"'\\]*[ \t]*(?:=>|:=|[=:])[ \t]*"
_TEXT = r"[bBfFrRuUN@]?(?:\"[^\"\r\n]*\"|'[^'\r\n]*')"
_TEXTS = late(r"\"(?P<one>[^\"\r\n]*)\"|'(?P<two>[^'\r\n]*)'")
_JOINED = r"(?:[ \t]*[+.&][ \t]*(?:\r?\n[ \t]*)?|[ \t]*\r?\n[ \t]*[+.&][ \t]*|[ \t]*\\\r?\n[ \t]*)"
_PIECES = (
    rf"{ENDING_NAME}{_IS}(?:{_TEXT}(?:{_JOINED}{_TEXT})+|\([ \t]*(?:\r?\n[ \t]*)?{_TEXT}(?:\s+{_TEXT})+)[ \t]*[=:]?"
)
_HEAD = late(python_pattern(rf"(?P<name>{ENDING_NAME}){_IS}"))


def pieces(found: str) -> list[tuple[int, int]]:
    """Each piece of a text that a program joins; one before a colon or an equals sign is a name of its own."""
    head = _HEAD.match(found)
    if head is None or not ends_secret(head["name"]):
        return []
    spans = [text.span(text.lastgroup or 0) for text in _TEXTS.finditer(found, head.end())]
    if found[-1:] in "=:":
        spans.pop()
    whole = "".join(found[start:stop] for start, stop in spans)
    if len(spans) < 2 or not may_be_secret(whole) or is_ordinary(head["name"], whole, loose=False):
        return []
    return [(start, stop) for start, stop in spans if start < stop and may_be_secret(found[start:stop], shortest=2)]


told_secret(
    "joined_secret",
    "Secret that a program joins from pieces",
    _PIECES,
    pieces,
    stage=Stage.BLOCK,
    keywords=("\" \\\n", "\" \\\r\n", "' \\\n", "\" +", "' +", "(\"", "('", "(\n", "(\r\n", "\"\n    +", "' .", "\" .", "\" &"),
)  # fmt: skip

_VALUE = r"[^\s\"'\\=-][^\s\"'\\]{3,}"
_FORMS = (
    rf"(?P<name1>{ENDING_NAME}){_IS}[\"']?\\\r?\n[ \t]*[\"']?(?P<value1>{_VALUE})",
    rf"(?P<name2>{ENDING_NAME})[\"']?[ \t]*\\\r?\n[ \t]*(?:[=:][ \t]*)?[\"']?(?P<value2>{_VALUE})",
    rf"(?i-u:bearer|basic|token)[ \t]*\\\r?\n[ \t]*[\"']?(?P<value3>{_VALUE})",
    rf"(?P<name4>{ENDING_NAME})[ \t]*[:=]?[ \t]+=\r?\n(?P<value4>{_VALUE})",
    # A text that begins on the next line, in a shell and in Terraform.
    rf"(?P<name5>{ENDING_NAME}){_IS}[\"']?(?:\$\([ \t]*cat[ \t]*)?<<[-~]?[ \t]*[\"']?[A-Za-z_]+[\"']?[ \t]*\r?\n[ \t]*(?P<value5>{_VALUE})",
)
_CONTINUED = late(python_pattern("|".join(_FORMS)))
_SEARCHED = re.sub(r"\?P<\w+>", "?:", "|".join(_FORMS))


def continued(found: str) -> list[tuple[int, int]]:
    parts = _CONTINUED.match(found)
    at = groups(parts)
    if parts is None or not at:
        return []
    name = parts["name1"] or parts["name2"] or parts["name4"] or parts["name5"] or "token"
    start, stop = at[0]
    stop = start + len(found[start:stop].rstrip(".,;"))
    value = found[start:stop]
    if not ends_secret(name) or not is_telling(value, shortest=4) or is_ordinary(name, value, loose=False):
        return []
    return [(start, stop)]


told_secret(
    "continued_secret",
    "Secret on the next line, behind a mark that the line goes on",
    _SEARCHED,
    continued,
    stage=Stage.BLOCK,
    keywords=("\\\n", "\\\r\n", " =\n", " =\r\n", "<<E", "<<-E", "<<'E", "<<~E", "<< E"),
)

_HALVES = r"(?P<value1>[A-Za-z0-9+/_.-]{6,})=\r?\n(?P<value2>[A-Za-z0-9+/_-]{2,})[.,;]?[ \t]*"
_MAILED = rf"{ENDING_NAME}(?:[ \t][^\r\n]*)?(?:[ \t:]|=3D){_HALVES}"
_MAIL = late(python_pattern(rf"(?P<name>{ENDING_NAME})(?:[ \t][^\r\n]*)?(?:[ \t:]|=3D){_HALVES}\s*$"))


def mailed(found: str) -> list[tuple[int, int]]:
    parts = _MAIL.match(found)
    if parts is None or not ends_secret(parts["name"]):
        return []
    return groups(parts) if looks_random(parts["value1"] + parts["value2"]) else []


told_secret(
    "mailed_secret",
    "Secret that a mail broke into two lines",
    re.sub(r"\?P<\w+>", "?:", _MAILED) + r"(?:\r?\n|$)",
    mailed,
    stage=Stage.BLOCK,
    keywords=("=\n", "=\r\n"),
)
