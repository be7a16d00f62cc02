"""Pictures: written anew without their metadata. What they show is not looked at; a person must confirm it."""

import io
import struct

from sevline.core.redaction.structure.errors import StructureError

MOST_PIXELS = 60_000_000
CONFIRM = "A person must look at the picture before it is passed on: its metadata is gone, what it shows was not read."
#: What the decoders and encoders of pictures raise about bytes that make no sense.
BROKEN = (
    OSError, EOFError, ValueError, SyntaxError, OverflowError, struct.error, KeyError, IndexError, TypeError,
    AttributeError,
)  # fmt: skip
_KEPT = {"PNG": "PNG", "JPEG": "JPEG", "GIF": "GIF", "WEBP": "WEBP", "BMP": "BMP", "TIFF": "TIFF"}


def without_metadata(data: bytes) -> bytes:
    """The same pixels in the same format: no EXIF, no comments, no profile, no thumbnail, no bytes behind the end.

    Of a moving picture the first frame stays. Raises StructureError where it cannot be read.
    """
    from PIL import Image, UnidentifiedImageError

    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_KEPT)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise StructureError("The picture has more than 60 million pixels.")
            form = _KEPT[picture.format or "PNG"]
            bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
            if picture.mode == "P" and (palette := picture.getpalette()):
                bare.putpalette(palette)
        bare.save(written, form, **({"quality": 95} if form in ("JPEG", "WEBP") else {}))
    except (UnidentifiedImageError, Image.DecompressionBombError, *BROKEN) as error:
        raise StructureError("The picture is damaged or of a kind that is not known.") from error
    return written.getvalue()
