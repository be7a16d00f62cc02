"""A stack trace that its first line gives away, while it is read."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

MAX_FRAMES = 300
Row = tuple[str, str, int]
"""A frame: its function, its file with line, the line of the text on which it stands."""


@dataclass(slots=True)
class Block(ABC):
    """A trace that is being read. `causes` are (type, message, line), the innermost last. `is_error` is False while its
    first line may as well be one that a program writes in the same form."""

    language: ClassVar[str] = ""

    line: int
    type: str
    message: str
    frames: list[Row] = field(default_factory=list)
    causes: list[tuple[str, str, int]] = field(default_factory=list)
    is_error: bool = True

    @abstractmethod
    def takes(self, number: int, line: str) -> bool:
        """Whether the line belongs to the trace; if so it was read."""

    def add(self, symbol: str, place: str, number: int) -> None:
        if len(self.frames) < MAX_FRAMES:
            self.frames.append((symbol, place, number))
