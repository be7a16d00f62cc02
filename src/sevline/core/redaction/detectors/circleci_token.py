"""CircleCI token."""

from sevline.core.redaction.detector import token_format

token_format(
    "circleci_token",
    "CircleCI token",
    r"CCI(?:PAT|PRJ)_[A-Za-z0-9]{22}_[A-Fa-f0-9]{40}",
    keywords=(
        "CCIPAT_",
        "CCIPRJ_",
    ),
)
