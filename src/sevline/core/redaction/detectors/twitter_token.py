"""Bearer token of an application of X, which was Twitter: zeros first, and an equals sign in percent-encoding."""

from sevline.core.redaction.detector import token_format

token_format(
    "twitter_token",
    "X (Twitter) bearer token",
    r"A{18,24}[A-Za-z0-9%]{20,80}%3D[A-Za-z0-9]{30,80}",
    keywords=("AAAAAAAAAAAAAAAAAA",),
    gate=r"%3D[A-Za-z0-9]{30}",
)
