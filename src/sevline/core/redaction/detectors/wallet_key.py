"""Private key of a wallet in the form in which programs import it (WIF): base58 with four bytes of a check sum."""

from hashlib import sha256

from sevline.core.redaction.detector import token_format

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: A first byte, 32 of the key, one more where its public key is compressed, the check sum.
_LENGTHS = {51: 37, 52: 38}


def is_key(found: str) -> bool:
    if not set(found) <= set(_ALPHABET):
        return False
    number = 0
    for character in found:
        number = number * 58 + _ALPHABET.index(character)
    length = _LENGTHS[len(found)]
    if number >= 1 << 8 * length:
        return False
    data = number.to_bytes(length, "big")
    return sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


token_format(
    "wallet_key",
    "Private key of a wallet",
    r"5[HJK][A-Za-z0-9]{49}|[KL][A-Za-z0-9]{51}",
    keywords=("wif", "WIF", "wallet", "private", "bitcoin", "privkey", "priv_key", "Private", "PRIVATE"),
    gate=r"(?-u:\b)(?:5[HJK][A-Za-z0-9]{49}|[KL][A-Za-z0-9]{51})(?-u:\b)",
    validate=is_key,
)
