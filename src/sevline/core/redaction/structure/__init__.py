"""Redaction by structure: in place, so that paths, order and every byte outside the masked values stay."""

from sevline.core.redaction.structure.document import structural, what_is_left
from sevline.core.redaction.structure.errors import StructureError

__all__ = ["StructureError", "structural", "what_is_left"]
