"""OpenAI session key."""

from sevline.core.redaction.detector import token_format

token_format(
    "openai_session",
    "OpenAI session key",
    r"sess-[A-Za-z0-9]{40}",
    keywords=("sess-",),
)
