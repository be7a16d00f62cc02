"""A record's lifecycle is a table of moves; guards answer with the sentence that a person reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Facts = TypeVar("Facts")


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """What was asked is not possible; `reasons` are sentences for the person who asked."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Incomplete(Refused):
    """Something was left out of a form; `by_field` says what, by the name of the field that takes it."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(*by_field.values())
        self.by_field = dict(by_field)


@dataclass(frozen=True, slots=True)
class Move(Generic[Facts]):
    """From any of `sources` the verb leads to `target`, if no guard objects."""

    verb: str
    sources: frozenset[str]
    target: str
    guards: tuple[Callable[[Facts], str | None], ...] = ()


class Lifecycle(Generic[Facts]):
    def __init__(self, moves: tuple[Move[Facts], ...]) -> None:
        self.moves = moves

    def from_status(self, status: str) -> tuple[Move[Facts], ...]:
        return tuple(move for move in self.moves if status in move.sources)

    def apply(self, verb: str, status: str, facts: Facts) -> str:
        """The status after the verb; raises Refused with every reason, not only the first."""
        move = next((move for move in self.from_status(status) if move.verb == verb), None)
        if move is None:
            raise Refused(f"“{verb}” is not possible while the status is “{status}”.")
        if reasons := [reason for guard in move.guards if (reason := guard(facts))]:
            raise Refused(*reasons)
        return move.target
