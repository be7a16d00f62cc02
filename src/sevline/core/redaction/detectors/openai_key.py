"""OpenAI API key."""

from sevline.core.redaction.detector import token_format

token_format(
    "openai_key",
    "OpenAI API key",
    r"sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,80}T3BlbkFJ[A-Za-z0-9_-]{20,80}"
    r"|sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,200}",
    keywords=("T3BlbkFJ", "sk-proj-", "sk-svcacct-", "sk-admin-"),
)
