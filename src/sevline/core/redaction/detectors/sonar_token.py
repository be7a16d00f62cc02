"""SonarQube token."""

from sevline.core.redaction.detector import token_format

token_format(
    "sonar_token",
    "SonarQube token",
    r"sq[pua]_[a-f0-9]{40}",
    keywords=(
        "sqp_",
        "squ_",
        "sqa_",
    ),
)
