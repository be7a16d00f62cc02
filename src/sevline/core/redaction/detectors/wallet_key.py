"""Private key of a wallet in the form in which programs import it (WIF)."""

from sevline.core.redaction.detector import token_format


def is_mixed(found: str) -> bool:
    return found.lower() != found != found.upper() and any(map(str.isdigit, found))


token_format(
    "wallet_key",
    "Private key of a wallet",
    r"5[HJK][A-Za-z0-9]{49}|[KL][A-Za-z0-9]{51}",
    keywords=("wif", "WIF", "wallet", "private", "bitcoin", "privkey", "priv_key", "Private", "PRIVATE"),
    gate=r"(?-u:\b)(?:5[HJK][A-Za-z0-9]{49}|[KL][A-Za-z0-9]{51})(?-u:\b)",
    validate=is_mixed,
)
