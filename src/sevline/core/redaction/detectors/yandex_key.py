"""Yandex Cloud key."""

from sevline.core.redaction.detector import token_format

token_format(
    "yandex_key",
    "Yandex Cloud key",
    (
        r"AQVN[A-Za-z0-9_-]{35,38}|t1\.[A-Z0-9a-z_-]+={0,2}\.[A-Z0-9a-z_-]{86}={0,2}|t1\.9eu[A-Za-z0-9_-]{40,}|YCAJ[A-Za-z0-9_-]{21}|"
        r"YCM[A-Za-z0-9_-]{37}|y0_[A-Za-z0-9_-]{54,58}"
    ),
    keywords=(
        "AQVN",
        "t1.",
        "YCAJ",
        "YCM",
        "y0_",
    ),
)
