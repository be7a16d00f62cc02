"""Log readers, one file a format, and the detector that chooses between them."""

from sevline.core.readers.logs import formats
from sevline.core.readers.logs.record import FORMATS

__all__ = ["FORMATS"]

FORMATS.discover(formats)
