"""PlanetScale token or password."""

from sevline.core.redaction.detector import token_format

token_format(
    "planetscale_token",
    "PlanetScale token or password",
    r"pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}",
    keywords=("pscale_",),
)
