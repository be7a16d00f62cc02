"""Members of a mapping that holds nothing but secrets, in YAML and in settings with sections: `credentials:`, `[admins]`."""

# ruff: noqa: E501 - patterns and forms are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.holders import HOLDS, is_held, says_of_pair
from sevline.core.redaction.late import late
from sevline.core.redaction.told import told_secret

_NAME = rf"[\"']?(?:[A-Za-z0-9]+[_.-])*{HOLDS}[\"']?"
_LINES = r"(?:[ \t]+[^\r\n]*\S[^\r\n]*(?:\r?\n|$))+"
_SECTION = rf"\[(?:[A-Za-z0-9]+[_. -])*(?:{HOLDS}|admins)\][ \t]*\r?\n(?:[^\r\n\[][^\r\n]*(?:\r?\n|$))+"
#: Characters of a line from which no setting is so long; blanks in one take the square of the time.
LONGEST = 4_000
_HEAD = late(r"(?P<indent>[ \t]*)(?:-[ ]+)?[\"'\[]?(?P<name>[\w.ö -]*?)[\"'\]]?[ \t]*(?:[:=]?[ \t]*\{?)[ \t]*\r?\n")
_MEMBER = late(
    r"(?P<indent>[ \t]*)[\"']?(?P<name>[\w.@ -]{1,60}?)[\"']?[ \t]*(?:=>|[:=])[ \t]*(?:\"(?P<value1>[^\"\r\n]+)\"|'(?P<value2>[^'\r\n]+)'|(?P<value3>[^\s\"'{}\[\]&*|>!][^\r\n#]*?))[ \t]*(?:[,;][ \t]*)?(?:[ ]#[^\r\n]*)?\r?\n?$"
)


def _members(found: str, start: int, outer: int) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of the values that stand one level below the head."""
    place, depth = start, None
    for line in found[start:].splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" \t"))
        if indent <= outer:
            return
        depth = indent if depth is None else depth
        member = _MEMBER.match(line) if indent == depth and len(line) < LONGEST else None
        if member is not None:
            group = next(name for name in ("value1", "value2", "value3") if member[name] is not None)
            yield member["name"], place + member.start(group), place + member.end(group)
        place += len(line)


def places(found: str) -> list[tuple[int, int]]:
    head = _HEAD.match(found)
    if head is None:
        return []
    outer = -1 if found.startswith("[") else len(head["indent"])
    holder = "passwords" if head["name"].lower() == "admins" else head["name"]
    return [
        (start, stop)
        for name, start, stop in _members(found, head.end(), outer)
        if is_held(holder, name, found[start:stop])
    ]


told_secret(
    "secret_map",
    "Member of a mapping that holds secrets",
    rf"(?i:(?m:^)(?:[ \t]*(?:-[ ]+)?{_NAME}[ \t]*(?::|[:=]?[ \t]*\{{)[ \t]*\r?\n{_LINES}|{_SECTION}))",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=(
        "secrets:\n", "secret:\n", "words:\n", "words]\n", "credentials:\n", "credentials]\n", "credentials {\n", "secrets {\n", "secrets]\n", "creds:\n", "creds]\n", "tokens:\n", "tokens]\n", "keys:\n", "keys]\n", "admins]\n",
        "logins:\n", "logins]\n", "passwds:\n", "daten:\n", "secrets:\r\n", "credentials:\r\n", "credentials]\r\n", "words:\r\n", "secrets]\r\n",
    ),
)  # fmt: skip


_REVERSED = late(
    r"-[ ]+(?:value|val):[ \t]*[\"']?(?P<value>[^\s\"'][^\r\n]*?)[\"']?[ \t]*\r?\n[ \t]+(?:name|key|id):[ \t]*[\"']?(?P<name>[\w./-]+)",
)


def reversed_pair(found: str) -> list[tuple[int, int]]:

    pair = _REVERSED.match(found)
    return [pair.span("value")] if pair and says_of_pair(pair["name"], pair["value"]) else []


told_secret(
    "value_above",
    "Value of a setting on the line above its name",
    r"-[ ]+(?:value|val):[ \t]*[^\s{][^\r\n]*\r?\n[ \t]+(?:name|key|id):[ \t]*[\"']?[A-Za-z0-9_./-]+",
    reversed_pair,
    stage=Stage.BLOCK,
    keywords=("- value:", "- val:"),
)
