"""Which items of the evidence checklist findings fill by what they cite: nobody asks for what lies in a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

FEWEST_MOMENTS = 2  # a window has a beginning and an end


@dataclass(frozen=True, slots=True)
class Spoken:
    """A finding that was evaluated: its check, and what it observed at each place that it cites."""

    check_id: str
    observed: tuple[str, ...]


def _limits(said: Spoken, _: int) -> bool:
    return said.check_id == "API09" and any("ratelimit" in one.lower().replace("-", "") for one in said.observed)


def _retries(said: Spoken, _: int) -> bool:
    seen = any("after the 429" in one for one in said.observed)
    return said.check_id == "API15" or (said.check_id == "API09" and seen)


def _window(said: Spoken, moments: int) -> bool:
    return said.check_id == "API09" and moments >= FEWEST_MOMENTS


FILLING = ("API09", "API15")  # the checks that are asked about below
FILLS: Mapping[str, Callable[[Spoken, int], bool]] = {
    "api_429.limits": _limits,
    "api_429.retries": _retries,
    "api_429.window": _window,
}


def filled(findings: Iterable[Spoken], moments: int) -> frozenset[str]:
    """The items that the findings fill; `moments` is how many instants with a known zone the case holds."""
    said = list(findings)
    return frozenset(item for item, fills in FILLS.items() if any(fills(one, moments) for one in said))
