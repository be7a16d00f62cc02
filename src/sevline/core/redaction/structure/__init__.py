"""Redaction by structure: in place, so that paths, order and every byte outside the masked values stay."""

from sevline.core.redaction.engine import Engine, Tally
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.structure.errors import StructureError

__all__ = ["StructureError", "structural"]


def structural(mode: Mode, text: str, data: bytes, engine: Engine) -> tuple[str, Tally]:
    """The masked text of a document; raises StructureError with a sentence where it is not what its mode says."""
    raise StructureError(f"A reader for “{mode}” is not there.")
