"""incident.io key."""

from sevline.core.redaction.detector import token_format

token_format(
    "incident_io_key",
    "incident.io key",
    r"inc_[a-f0-9]{64}",
    keywords=("inc_",),
)
