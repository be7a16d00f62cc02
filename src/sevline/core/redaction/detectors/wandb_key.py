"""Weights & Biases key."""

from sevline.core.redaction.detector import token_format

token_format(
    "wandb_key",
    "Weights & Biases key",
    r"wandb_v[0-9]_[A-Za-z0-9_-]{30,90}",
    keywords=("wandb_v",),
)
