"""The gates that no score can buy off, H1 to H7."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sevline.core.packet.facts import PacketFacts
from sevline.core.packet.speculation import Guess, guesses


@dataclass(frozen=True, slots=True)
class Gate:
    """One hard gate; `sentence` says what to do while it is shut and is empty when it is open."""

    id: str
    title: str
    sentence: str
    field: str = ""  # the packet's field that shuts it, where one field does

    @property
    def passed(self) -> bool:
        return not self.sentence


def names_tenant_and_environment(facts: PacketFacts) -> str:
    return "" if facts.tenant_id.strip() and facts.environment.strip() else "Name the tenant and the environment."


def names_the_severity_rule(facts: PacketFacts) -> str:
    return "" if facts.severity_rule.strip() else "Rate the severity, so that its rule is named."


def has_a_time_and_the_error(facts: PacketFacts) -> str:
    missing = []
    if not any(at.tzinfo is not None for at in facts.occurred_at):
        missing.append("one occurrence with its time and zone")
    if not facts.error_text.strip():
        missing.append("the exact error text")
    return f"Give {' and '.join(missing)}." if missing else ""


def is_redacted(facts: PacketFacts) -> str:
    if facts.redaction_clean and all(item.redacted for item in facts.evidence):
        return ""
    return "Redact every excerpt; the last redaction run did not finish clean."


def has_owner_and_next_update(facts: PacketFacts) -> str:
    return "" if facts.owner.strip() and facts.next_update else "Name the owner and the time of the next update."


def searched_known_errors(facts: PacketFacts) -> str:
    return "" if facts.search_terms else "Search the known errors and keep the terms."


def _stated(facts: PacketFacts) -> Iterator[tuple[str, str]]:
    """What people wrote as facts where the gate looks: the ask and the suspected component."""
    for text in (facts.ask_text, facts.needed_because):
        yield "P2", text
    for text in (facts.suspected_component, facts.suspected_because):
        yield "P11", text


def stated_guess(facts: PacketFacts) -> tuple[str, Guess] | None:
    """The first field that states a guess as fact, with the guess."""
    for field, text in _stated(facts):
        for guess in guesses(text, cause_confirmed=facts.cause_confirmed):
            return field, guess
    return None


def states_no_guess_as_fact(facts: PacketFacts) -> str:
    found = stated_guess(facts)
    if found is None:
        return ""
    field, guess = found
    return f"Take “{guess.phrase}” out of {field} ({guess.code}): say what was observed, not what it may mean."


GATES: tuple[tuple[str, str, Callable[[PacketFacts], str]], ...] = (
    ("H1", "Tenant and environment", names_tenant_and_environment),
    ("H2", "Severity rule", names_the_severity_rule),
    ("H3", "Time with zone and error text", has_a_time_and_the_error),
    ("H4", "Redaction clean", is_redacted),
    ("H5", "Owner and next update", has_owner_and_next_update),
    ("H6", "Known errors searched", searched_known_errors),
    ("H7", "No guess stated as fact", states_no_guess_as_fact),
)


def gates(facts: PacketFacts) -> tuple[Gate, ...]:
    guess = stated_guess(facts)
    fields = {"H7": guess[0]} if guess else {}
    return tuple(Gate(key, title, check(facts), fields.get(key, "")) for key, title, check in GATES)
