# ruff: noqa: E501 - rows of tables
"""Logs made up for the benchmark: statements with variables of many kinds, so that the true statement of a line is
known."""

import json
import random
import re
from collections.abc import Callable, Iterator
from importlib.resources import files

_LOGGERS = ("cart", "pool", "auth", "billing.invoice", "sync.worker", "mail.queue", "search.index", "api.gateway")
_STATES = ("open", "closed", "idle", "draining", "ready", "stopped")

_DIGITS = re.compile(r"\d{1,15}")

Draw = Callable[[random.Random], str]


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(3, 5)))


def _letters(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789abcdef") for _ in range(count))


_DRAWS: tuple[Draw, ...] = (
    lambda chance: str(chance.randint(-5, 100000)),
    lambda chance: f"{chance.randint(0, 9999)}.{chance.randint(0, 999):03}",
    lambda chance: f"{chance.randint(1, 900)}ms",
    lambda chance: (
        f"10.{chance.randint(0, 255)}.{chance.randint(0, 255)}.{chance.randint(1, 254)}:{chance.randint(1024, 65000)}"
    ),
    lambda chance: f"0x{_letters(chance, 12)}",
    lambda chance: "-".join(_letters(chance, size) for size in (8, 4, 4, 4, 12)),
    lambda chance: f"/srv/{_word(chance)}/{_word(chance)}.dat",
    lambda chance: f'"{_word(chance)} {_word(chance)}"',
    lambda chance: f"user={_word(chance)}",
    lambda chance: f"[{chance.randint(1, 9)}, {chance.randint(1, 9)}]",
    lambda chance: f"{_word(chance)}-{_word(chance)}",
    lambda chance: f"https://{_word(chance)}.test/{chance.randint(1, 99)}",
    _word,
    lambda chance: f"({chance.choice(_STATES)}, {chance.randint(1, 9)})",
)


class Made:
    """`statements` statements; a line of one is made by drawing its variables. `seed` decides everything."""

    def __init__(self, statements: int, seed: int = 7, skew: float = 1.0) -> None:
        self.chance = random.Random(seed)
        words = files("sevline.core.mining").joinpath("words.txt").read_text(encoding="utf-8").split()
        self.parts = [self._statement(words) for _ in range(statements)]
        self.loggers = [self.chance.choice(_LOGGERS) for _ in self.parts]
        self.levels = [self.chance.choice(("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR")) for _ in self.parts]
        self.weights = [1 / (rank + 1) ** skew for rank in range(statements)]

    def _statement(self, words: list[str]) -> list[str | Draw]:
        parts: list[str | Draw] = [self.chance.choice(words) for _ in range(self.chance.randint(3, 8))]
        for _ in range(self.chance.choice((0, 1, 1, 2, 2, 3))):
            parts.insert(self.chance.randint(1, len(parts)), self.chance.choice(_DRAWS))
        return parts

    def messages(self, count: int) -> Iterator[tuple[int, str]]:
        """Number of the statement, and a message of it."""
        for number in self.chance.choices(range(len(self.parts)), self.weights, k=count):
            yield number, " ".join(part if isinstance(part, str) else part(self.chance) for part in self.parts[number])

    def lines(self, count: int, form: str) -> Iterator[tuple[int, str, str]]:
        """Number of the statement, its message, and the line that a program writes in this form: iso, java or json."""
        clock = 0.0
        for number, message in self.messages(count):
            clock += self.chance.random() * 0.08
            at = f"2026-03-{1 + int(clock // 86400) % 28:02}T{int(clock // 3600) % 24:02}:{int(clock // 60) % 60:02}:{clock % 60:06.3f}Z"
            yield number, message, self._line(form, at, number, message)

    def _line(self, form: str, at: str, number: int, message: str) -> str:
        level, logger = self.levels[number], self.loggers[number]
        if form == "json":
            return json.dumps({"time": at, "level": level.lower(), "logger": logger, "msg": message, "pid": 4711})
        if form == "java":
            return f"{at} [main] {level} {logger} - {message}"
        return f"{at} {level} {message}"


class Recorded(Made):
    """The same from records of real programs, digits drawn anew: `records` are texts by the statement that wrote them."""

    def __init__(self, records: list[list[str]], seed: int = 7, skew: float = 1.0) -> None:
        super().__init__(len(records), seed, skew)
        self.records = list(records)
        self.chance.shuffle(self.records)

    def messages(self, count: int) -> Iterator[tuple[int, str]]:
        for number in self.chance.choices(range(len(self.records)), self.weights, k=count):
            text = self.chance.choice(self.records[number])
            yield number, _DIGITS.sub(lambda found: str(self.chance.random())[2 : 2 + len(found[0])], text)
