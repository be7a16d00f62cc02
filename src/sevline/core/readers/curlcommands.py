"""Commands of curl in a text, with what they ask for that makes their answer another than that of other clients."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sevline.core.finding import Evidence
from sevline.core.lifecycle import Refused
from sevline.core.readers.readas import ReadAs
from sevline.core.reproduction.command import command_from

MOST_COMMANDS, MOST_LINES = 20, 40
_BEGINS = re.compile(r"[ \t]{0,8}(?:\S{0,60}[$>#%] ?)?curl(?:\.exe)?\s")


@dataclass(frozen=True, slots=True)
class CurlCommand(ReadAs):
    """`options` by their names alone, such as `-k` or `--resolve`."""

    what = "a curl command in a text"
    how = "Paste the command as it was run, with its output."

    artifact: str
    locator: str
    url: str
    options: tuple[str, ...]

    def cite(self) -> Evidence:
        return Evidence(self.artifact, self.locator, ", ".join(self.options))


def commands_in(lines: Sequence[str], artifact: str) -> Iterator[CurlCommand]:
    """Those that have such options, the first of a text."""
    found = (number for number, line in enumerate(lines) if "curl" in line and _BEGINS.match(line))
    for _, number in zip(range(MOST_COMMANDS), found, strict=False):
        try:
            command = command_from(_whole(lines, number))
        except Refused:
            continue
        if options := tuple(dict.fromkeys(one for one in command.left_out if one.startswith("-"))):
            yield CurlCommand(artifact, f"{number + 1}:1", command.urls[0], options)


def _whole(lines: Sequence[str], number: int) -> str:
    """The command that begins on a line, with the lines on which it goes on, without its prompt."""
    parts = [lines[number][lines[number].index("curl") :]]
    for line in lines[number + 1 : number + MOST_LINES]:
        if not parts[-1].rstrip().endswith(("\\", "^", "`")):
            break
        parts.append(line)
    return "\n".join(parts)
