"""Extended private key of a wallet (BIP 32)."""

from sevline.core.redaction.detector import token_format

token_format(
    "extended_key",
    "Extended private key of a wallet",
    r"[xyztuvYZUV]prv[A-Za-z0-9]{95,110}",
    keywords=("prv",),
    gate=r"[xyztuvYZUV]prv[A-Za-z0-9]{95}",
)
