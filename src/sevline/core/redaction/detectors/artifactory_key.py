"""JFrog Artifactory key or reference token."""

from sevline.core.redaction.detector import token_format

token_format(
    "artifactory_key",
    "JFrog Artifactory key or reference token",
    r"AKCp[A-Za-z0-9]{60,75}|cmVmdGtu[A-Za-z0-9+/]{50,70}",
    keywords=(
        "AKCp",
        "cmVmdGtu",
    ),
)
