"""The impact card: who is affected and how badly. “Unknown” is an answer; saying nothing is none."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sevline.core.lifecycle import Refused

UNKNOWN = "unknown"

ASKS: Mapping[str, str] = {
    "users": "How many users are affected",
    "accounts": "Which or how many accounts are affected",
    "regions": "Which regions are affected",
    "feature": "What they cannot do",
    "since": "Since when",
    "still_happening": "Whether it is still happening",
    "business_effect": "What it costs the customer",
    "deadline": "Which deadline it threatens",
    "workaround": "Whether there is a workaround",
}


@dataclass(frozen=True, slots=True)
class Impact:
    """Each part holds what was said, `UNKNOWN`, or nothing while nobody was asked."""

    users: str = ""
    accounts: str = ""
    regions: str = ""
    feature: str = ""
    since: str = ""
    still_happening: str = ""
    business_effect: str = ""
    deadline: str = ""
    workaround: str = ""

    def parts(self) -> dict[str, str]:
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(key for key, value in self.parts().items() if value == UNKNOWN)

    @property
    def unsaid(self) -> tuple[str, ...]:
        return tuple(key for key, value in self.parts().items() if not value)


def read_impact(said: Mapping[str, str]) -> Impact:
    """The card from what a form or a file holds, with blanks removed and any spelling of unknown made one.

    Raises Refused naming a part that does not exist.
    """
    if strange := set(said) - set(ASKS):
        raise Refused(f"The impact card has no part “{min(strange)}”.")
    clean = {key: " ".join(value.split()) for key, value in said.items()}
    return Impact(**{key: UNKNOWN if value.casefold() == UNKNOWN else value for key, value in clean.items()})


def missing_answers(impact: Impact) -> tuple[str, ...]:
    """A sentence for each part that nobody answered, not even with unknown."""
    return tuple(f"{ASKS[key]}? Say it, or say that it is unknown." for key in impact.unsaid)


def for_packet(impact: Impact) -> dict[str, str]:
    """The parts that the escalation packet shows; an unknown stays an unknown and is never left out."""
    return {key: value for key, value in impact.parts().items() if value and key not in {"deadline", "workaround"}}
