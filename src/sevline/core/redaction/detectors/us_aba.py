"""US bank routing number."""

from sevline.core.redaction.checksums import weighted_sum
from sevline.core.redaction.detector import identity_number


def is_valid(found: str) -> bool:
    """Weights 3, 7, 1 and a sum divisible by ten."""
    return weighted_sum(found, (3, 7, 1) * 3) % 10 == 0


identity_number(
    "us_aba",
    "US bank routing number",
    r"[0-3][0-9]{8}",
    validate=is_valid,
    keywords=("routing n", "routing_n", "aba rout", "aba_rout", "abarout", "aba:", "aba=", 'aba"', " aba "),
)
