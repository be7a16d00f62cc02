"""Extended private key of a wallet (BIP 32)."""

from sevline.core.redaction.detector import token_format

token_format(
    "extended_private_key",
    "Extended private key of a wallet (BIP 32)",
    r"[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}",
    keywords=(
        "xprv",
        "yprv",
        "zprv",
        "tprv",
    ),
)
