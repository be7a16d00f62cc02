"""What is known of a customer's surroundings, as evidence that checks can compare with what a file shows."""

from dataclasses import dataclass
from datetime import datetime

from sevline.core.finding import Evidence, Given

PROFILE_KEY = "sevline_customer_profile"


@dataclass(frozen=True, slots=True)
class KnownOf:
    """`kind` is one of idp, firewall, proxy, vpn, egress, webhook, sdk, window, contact."""

    locator: str
    kind: str
    value: str
    verified: datetime | None = None


@dataclass(frozen=True, slots=True)
class CustomerProfile(Given):
    what = "the customer's environment profile"
    how = "Add the customer's profile to the case's evidence: Diagnosis, Repeat and probe, Add the profile."

    artifact: str
    facts: tuple[KnownOf, ...]
    at: datetime | None = None

    def of(self, kind: str) -> list[KnownOf]:
        return [fact for fact in self.facts if fact.kind == kind]

    def cite(self, fact: KnownOf, expected: object = "") -> Evidence:
        return Evidence(self.artifact, f"{fact.locator}/value", fact.value, str(expected))
