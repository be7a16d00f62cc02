"""GitHub fine-grained personal access token."""

from sevline.core.redaction.detector import token_format

token_format(
    "github_fine_token",
    "GitHub fine-grained personal access token",
    r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    keywords=("github_pat_",),
)
