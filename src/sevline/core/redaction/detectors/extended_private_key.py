"""Extended private key of a wallet (BIP 32)."""

from sevline.core.redaction.detector import token_format

token_format(
    "extended_private_key",
    "Extended private key of a wallet (BIP 32)",
    r"[xyztuv]prv[A-Za-z0-9]{95,112}",
    keywords=(
        "xprv",
        "yprv",
        "zprv",
        "tprv",
        "uprv",
        "vprv",
    ),
)
