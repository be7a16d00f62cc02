"""RunPod key."""

from sevline.core.redaction.detector import token_format

token_format(
    "runpod_key",
    "RunPod key",
    r"rpa_[A-Za-z0-9]{42}",
    keywords=("rpa_",),
)
