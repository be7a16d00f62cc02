"""Values of settings in columns: a name, blanks or a bar, and the value; or a heading and the cells below it."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import (
    GUESSED,
    HINT,
    STRONG,
    WEAK,
    is_ordinary,
    looks_random,
    says_by_guess,
)
from sevline.core.redaction.told import groups, is_joined, is_telling, may_be_secret, told_secret

_NAME = rf"(?:[A-Za-z0-9_.-]{{0,40}}(?:{STRONG}|{GUESSED})|(?:[A-Za-z0-9_.-]{{0,40}}[_.-])?(?:{WEAK}))"
_GAP = r"(?:[ \t]*\t[ \t]*|[ \t]{2,60})"
_CELL = r"[^\s|](?:[^\r\n|\t ]|[ ][^\r\n|\t ])*"
#: `| admin passwd | value |`, `smtp.password   value   source`, `AWS_SECRET_ACCESS_KEY value` with a machine's name.
_ROWS = (
    rf"(?:\||^)[ \t]*(?:[A-Za-z0-9_.-]{{1,20}}[ ]){{0,3}}{_NAME}[ \t]*\|[ \t]*(?P<value1>{_CELL})[ \t]*(?:\||$)",
    rf"^[ \t]*\[{_NAME}\][ \t]+(?P<value8>[^\s\[\]]{{4,200}})",
    rf"(?:^|[\r\n])[ \t]*(?:[A-Za-z0-9_.-]{{1,20}}[ ]){{0,2}}{_NAME}{_GAP}(?P<value2>{_CELL})",
    rf"(?:^|[\r\n \t])(?:[A-Za-z0-9]{{1,20}}[_.]){{1,4}}(?:{STRONG})[ \t](?P<value3>[^\s=:]{{6,200}})",
    # A name, one blank, and what chance made.
    rf"(?:{STRONG}|{GUESSED})[ \t](?P<value4>[A-Za-z0-9+/_-]{{20,200}})={{0,2}}(?:[\s\"',;)]|$)",
    # A row of a table whose first cell is the name of a setting.
    rf"(?:^|[\r\n])[ \t\"]*{_NAME}\"?[,;]\"?(?P<value7>[^\s,;\"]{{4,200}})",
    rf"(?:{STRONG}|pass|pwd)\.{{3,}}[\"']?(?P<value6>[^\s\"'.<{{][^\s\"']{{3,200}})",
    r"(?:[ \t]|\(|\")key[ \t](?P<value5>[A-Za-z0-9]{24,200})(?:[\s\"',;)]|$)",
)
_SPLIT = late("|".join(_ROWS), re.IGNORECASE)
_LAST_NAME = late(rf"{STRONG}|{WEAK}|{GUESSED}", re.IGNORECASE)
_OF_PASSWORDS = late(r"[0-9!@#$%^&*+~?]")
_MARKUP = late(r"[-=:+ ]+|[|>#]+.*")


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.search(found)
    at = groups(parts)
    if parts is None or not at:
        return []
    value = found[at[0][0] : at[0][1]]
    if parts["value4"] or parts["value5"]:
        mixed = parts["value4"] or value.lower() != value != value.upper()
        return at if mixed and looks_random(value) else []
    if parts["value6"]:
        return at if may_be_secret(value) else []
    name = _LAST_NAME.findall(found[: at[0][0]])[-1]
    return at if _is_value(name, value, in_words=parts["value3"] is None) else []


def _is_value(name: str, value: str, *, in_words: bool) -> bool:
    """Whether a cell can be a secret: one telling word, or in a column two or three words that say nothing of a state."""
    if not may_be_secret(value) or _MARKUP.fullmatch(value) or is_ordinary(name, value, loose=True):
        return False
    if says_by_guess(name):
        return looks_random(value)
    if " " in value:
        return (
            in_words
            and re.search("pass|pw|secret", name, re.IGNORECASE) is not None
            and len(value.split()) <= 3
            and value.islower()
        )
    return is_telling(value) and value[-1:] != ":" and (_OF_PASSWORDS.search(value) is not None or is_joined(value))


told_secret(
    "setting_column",
    "Value of a setting in a column beside its name",
    f"(?i:{'|'.join(_ROWS)})".replace("(?P<value1>", "(?:")
    .replace("(?P<value2>", "(?:")
    .replace("(?P<value3>", "(?:")
    .replace("(?P<value4>", "(?:")
    .replace("(?P<value5>", "(?:")
    .replace("(?P<value6>", "(?:")
    .replace("(?P<value7>", "(?:")
    .replace("(?P<value8>", "(?:"),
    places,
    hint=HINT,
    gate=rf"(?i:(?:{STRONG}|{WEAK}|{GUESSED})(?:[ \t]*\||\][ \t]+[^\s\[]|\"?[,;]\"?[^\s,;]|[ \t]{{2}}|\t|[ \t][^\s=:]{{6}})|(?:{STRONG}|pass|pwd)\.\.\.|key[ \t][A-Za-z0-9]{{24}})",
)

_HEADING = (
    rf"(?:[^\r\n|]*(?:[ ]{{2}}|\t))?(?:[A-Za-z_]{{1,20}}[ _])?(?:{STRONG}|pwd|pass|pw)(?:(?:[ ]{{2}}|\t)[^\r\n|]*)?"
)
_HEADING_WORDS = late(r"[^\W\d][\w ./()-]*(?<!\d)")
_COLUMN = late(r"\S+(?:[ ]\S+)*")
_OF_COLUMN = late(rf"(?:[\w.-]+[ _])*(?:{STRONG}|pwd|pass|pw)", re.IGNORECASE)


def below(found: str) -> list[tuple[int, int]]:
    """The cells under headings that say secret: those that begin where the heading does, or as many tabs away."""
    lines = found.splitlines(keepends=True)
    heads = [
        (cell.start(), number)
        for number, cell in enumerate(_COLUMN.finditer(lines[0]))
        if _OF_COLUMN.fullmatch(cell.group())
    ]
    cells = _COLUMN.findall(lines[0])
    if len(cells) < 2 or not all(map(_HEADING_WORDS.fullmatch, cells)):
        return []
    spans: list[tuple[int, int]] = []
    place = len(lines[0])
    tabs = "\t" in lines[0]
    for line in lines[1:]:
        cells = list(re.finditer(r"[^\t\r\n]+", line) if tabs else _COLUMN.finditer(line))
        for start, number in heads:
            cell = next((one for at, one in enumerate(cells) if (at == number if tabs else one.start() == start)), None)
            if cell is not None and is_telling(cell.group(), shortest=4):
                spans.append((place + cell.start(), place + cell.end()))
        place += len(line)
    return spans


told_secret(
    "secret_column",
    "Cell under a heading that says secret",
    rf"(?i:(?m:^){_HEADING}\r?\n(?:[^\r\n|]*\S(?:[ ]{{2}}|\t)[^\r\n|]*(?:\r?\n|$)){{1,500}})",
    below,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("  password", "\tpassword", "password  ", "password\t", "  secret", "\tsecret", "token  ", "  token", "\ttoken", "\tpass\t", "\tpass\n", "\tpw\t", "\tpwd\t", "\tkennwort", "\tpin\t", "  pass\n", "  pw\n", "_key\t", "passwort", "kennwort", "\tkey"),
)  # fmt: skip
