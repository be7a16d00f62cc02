"""PyPI upload token."""

from sevline.core.redaction.detector import token_format

token_format(
    "pypi_token",
    "PyPI upload token",
    r"pypi-AgE[A-Za-z0-9_-]{50,1000}",
    keywords=("pypi-AgE",),
)
