"""Grafana token."""

from sevline.core.redaction.detector import token_format

token_format(
    "grafana_token",
    "Grafana token",
    r"glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}|eyJrIjoi[A-Za-z0-9+/]{60,400}={0,2}",
    keywords=("glsa_", "glc_", "eyJrIjoi"),
)
