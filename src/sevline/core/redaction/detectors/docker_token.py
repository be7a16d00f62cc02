"""Docker Hub access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "docker_token",
    "Docker Hub access token",
    r"dckr_[po]at_[A-Za-z0-9_-]{27,32}",
    keywords=(
        "dckr_pat_",
        "dckr_oat_",
    ),
)
