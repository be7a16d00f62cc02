"""Amazon Web Services session token."""

from sevline.core.redaction.detector import token_format

token_format(
    "aws_session_token",
    "Amazon Web Services session token",
    r"(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/%=_-]{50,3000}",
    keywords=("IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"),
)
