"""Pictures and PDF: what is hidden in them is left behind. A picture is drawn anew, a PDF gives its text alone."""

import io
import warnings

from sevline.core.redaction.pdf import page_texts
from sevline.core.redaction.pictures import BROKEN, MOST_PIXELS
from sevline.core.redaction.structure.errors import StructureError

LONGEST_SIDE = 4096
MOST_PAGES = 500
PICTURE_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8")
PDF_MARK = b"%PDF-"


class NotShownError(Exception):
    """The picture or document cannot be shown; the message is a sentence."""


def is_picture(data: bytes) -> bool:
    return data.startswith(PICTURE_MARKS)


def drawn_anew(data: bytes) -> bytes:
    """The first frame as a PNG of its pixels alone: without EXIF, colour profile, comments, text or whatever follows.

    Raises NotShownError for what is damaged or has more pixels than a screenshot has.
    """
    from PIL import Image, ImageOps

    target = io.BytesIO()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as source:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _check_size(source.width * source.height)
            upright = ImageOps.exif_transpose(source)
            plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            Image.frombytes(plain.mode, plain.size, plain.tobytes()).save(target, "PNG")
    except NotShownError:
        raise
    except (*BROKEN, Warning, Image.DecompressionBombError) as problem:
        raise NotShownError("The picture is damaged, so nothing of it is shown.") from problem
    return target.getvalue()


def _check_size(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise NotShownError("The picture has more than 60 million pixels. Send a smaller one.")


def text_of_pdf(data: bytes) -> bytes:
    """The text layer, a line before each page. Raises NotShownError where there is none or it cannot be read."""
    try:
        pages, of = page_texts(data, most=MOST_PAGES)
    except StructureError as problem:
        raise NotShownError(f"{str(problem).removesuffix('.')}, so nothing of it is shown.") from problem
    if not any(page.strip() for page in pages):
        raise NotShownError("The PDF has no text layer: it is a picture. Send the text itself, or a screenshot.")
    shown = [f"--- page {number} ---\n{text}" for number, text in enumerate(pages, start=1)]
    if of > len(pages):
        shown.append(f"--- {of - len(pages)} more pages were not read ---")
    return "\n".join(shown).encode("utf-8", "replace")
