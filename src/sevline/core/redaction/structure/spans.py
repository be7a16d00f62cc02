"""A value in a document: where it stands, what it is when decoded, how to write another in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


class Treatment(Enum):
    TEXT = auto()  # what the detectors find in it
    SECRET = auto()  # the whole value
    COOKIES = auto()  # `name=value; …`
    COOKIE = auto()  # the value of one cookie
    CREDENTIALS = auto()  # an Authorization header: the scheme stays
    PERSON = auto()  # a name or attribute in an assertion: an address keeps its form, all else goes
    BINARY = auto()  # base64 of what cannot be read
    ENCODED = auto()  # base64 of text
    EMPTY = auto()  # the rest of a value whose first part carries the pseudonym


LONGEST_FIELD = 60


@dataclass(slots=True)
class Span:
    """Characters `start` to `end` of the document hold `value`; `whole` is the value that decides the pseudonym.

    `field` is the name under which it stands: many a number is one of a person only beside its name.
    """

    start: int
    end: int
    value: str
    write: Callable[[str], str]
    treatment: Treatment = Treatment.TEXT
    whole: str = ""
    field: str = ""

    def framed(self) -> tuple[str, str, str]:
        """What a detector is shown before, as and after the value: the pair as a log would write it."""
        if not self.field or len(self.field) > LONGEST_FIELD or not self.value.strip():
            return "", self.value, ""
        return f'"{self.field}": "', self.value, '"'
