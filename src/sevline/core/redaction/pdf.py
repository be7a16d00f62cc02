"""PDF: its text is redacted and set anew on plain pages. Layout, pictures, forms and metadata are dropped.

Letters of a PDF may be stored in any order, in encodings of its own and twice; to mask them in place is never sure.
"""

import io
import logging
from collections.abc import Iterator
from textwrap import wrap

from sevline.core.redaction.engine import Engine
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.tally import Tally

MOST_PAGES = 2_000
CONFIRM = (
    "Only the text of the PDF was kept, redacted and set anew; pictures and layout were dropped. "
    "A person must confirm it."
)
_LINES, _COLUMNS = 66, 95
#: What reading a broken file raises beside the errors of its own.
_BROKEN = (
    *(ValueError, TypeError, ArithmeticError, LookupError, AttributeError, AssertionError),
    *(RecursionError, MemoryError, NotImplementedError, OSError),
)


def redacted_pdf(data: bytes, engine: Engine) -> tuple[bytes, Tally]:
    """A new document of the redacted text. Raises StructureError where the text cannot be read."""
    pages, of = page_texts(data, most=MOST_PAGES)
    if of > MOST_PAGES:
        raise StructureError(f"The PDF has more than {MOST_PAGES:,} pages.")
    masked, tally = engine.mask_text("\f\n".join(pages))
    return _document([line for page in masked.split("\f\n") for line in page_lines(page)]), tally


def page_lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from wrap(line, _COLUMNS, break_on_hyphens=False) or [""]


def page_texts(data: bytes, *, most: int) -> tuple[list[str], int]:
    """The text layer of the first `most` pages, and how many pages there are. Raises StructureError with a sentence."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a damaged file is said in one sentence here
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise StructureError("The PDF is protected with a password.")
        return [page.extract_text() for page in reader.pages[:most]], len(reader.pages)
    except (PyPdfError, *_BROKEN) as error:
        raise StructureError("The PDF is damaged, or its text cannot be read.") from error


def _document(lines: list[str]) -> bytes:
    """Plain pages in Courier, written as the format asks for it: objects, their places, the trailer."""
    sheets = [lines[start : start + _LINES] for start in range(0, max(len(lines), 1), _LINES)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        content = _content(sheet)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    return _numbered(objects)


def _content(lines: list[str]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = "\n".join(f"({line}) Tj T*" for line in escaped)
    return f"BT /F1 9 Tf 12 TL 40 800 Td\n{shown}\nET".encode("cp1252", "replace")


def _numbered(objects: list[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(written)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(written)
