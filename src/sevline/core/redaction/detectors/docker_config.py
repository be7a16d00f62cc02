"""Docker's sign-ins in base64."""

from sevline.core.redaction.detector import token_format

token_format(
    "docker_config", "Docker's sign-ins in base64", r"eyJhdXRocyI6[A-Za-z0-9+/]{20,}={0,2}", keywords=("eyJhdXRocyI6",)
)
