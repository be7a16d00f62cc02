"""Amazon Web Services access key id."""

from sevline.core.redaction.detector import token_format

token_format(
    "aws_access_key",
    "Amazon Web Services access key id",
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
    keywords=("AKIA", "ASIA", "ABIA", "ACCA"),
)
