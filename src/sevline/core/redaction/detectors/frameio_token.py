"""Frame.io token."""

from sevline.core.redaction.detector import token_format

token_format(
    "frameio_token",
    "Frame.io token",
    r"fio-u-[A-Za-z0-9_=-]{64}",
    keywords=("fio-u-",),
)
