"""Bitbucket app password or token."""

from sevline.core.redaction.detector import token_format

token_format(
    "bitbucket_token",
    "Bitbucket app password or token",
    r"ATBB[A-Za-z0-9_=.-]{28,60}|ATCTT3[A-Za-z0-9_=-]{60,250}",
    keywords=(
        "ATBB",
        "ATCTT3",
    ),
)
