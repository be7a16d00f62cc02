"""Brazilian CPF beside its name."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """As for the number in groups."""
    first = weighted_sum(found, range(10, 1, -1)) * 10 % 11 % 10
    second = weighted_sum(found, range(11, 1, -1)) * 10 % 11 % 10
    return found[9:] == f"{first}{second}" and len(set(found)) > 1


identity_number(
    "br_cpf_named",
    "Brazilian CPF beside its name",
    r"[0-9]{11}",
    validate=is_valid,
    keywords=("cpf",),
)
