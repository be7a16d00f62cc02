"""What a text must not say before it goes to a customer: the outbound lint."""

from sevline.core.comms.lint import (
    OUTBOUND,
    RULES,
    Clearance,
    Draft,
    Level,
    Masked,
    Outbound,
    Outstanding,
    Remark,
    Situation,
    clear,
    every_rule,
    lint,
)
from sevline.core.comms.marking import Piece, pieces
from sevline.core.comms.masking import masked_in

__all__ = [
    "OUTBOUND",
    "RULES",
    "Clearance",
    "Draft",
    "Level",
    "Masked",
    "Outbound",
    "Outstanding",
    "Piece",
    "Remark",
    "Situation",
    "clear",
    "every_rule",
    "lint",
    "masked_in",
    "pieces",
]
