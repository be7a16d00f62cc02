"""Amazon Bedrock API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "aws_bedrock_key",
    "Amazon Bedrock API key",
    r"ABSK[A-Za-z0-9+/]{109,269}={0,2}",
    keywords=("ABSK",),
)
