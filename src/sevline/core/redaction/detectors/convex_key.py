"""Key for deployments to Convex: where to, the name of the deployment, a bar, the key."""

from sevline.core.redaction.detector import token_format

token_format(
    "convex_key",
    "Convex deploy key",
    r"(?:prod|dev|preview):[a-z]+-[a-z]+-[0-9]{1,4}\|[A-Za-z0-9+/_=-]{24,}",
    keywords=("prod:", "preview:"),
)
