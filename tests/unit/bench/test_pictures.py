"""A picture comes out as its pixels, a PDF as its text; what was hidden in them stays behind."""

import io

import pytest
from PIL import Image
from tests.unit.bench.examining import examined

from sevline.bench.examination import ArtifactState
from sevline.core.redaction import Mode, Redactor

SECRET = "helena.marsh-4417@brightwater.example"


def photo(form: str = "JPEG") -> bytes:
    """Four pixels, a maker's note and a place in its EXIF."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 30.0, 26.0)
    exif[0x8825] = place
    target = io.BytesIO()
    Image.new("RGB", (2, 2), (200, 30, 30)).save(target, form, exif=exif)
    return target.getvalue() + SECRET.encode()


def pdf(text: str) -> bytes:
    """A page with one line of text, written by hand."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources << /Font << /F1 %s >> >> >>"
        % b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_keeps_its_pixels_and_loses_everything_else(form: str) -> None:
    sent = photo(form)
    examination, stored = examined((f"screen.{form.lower()}", sent))

    (artifact,) = examination.artifacts
    shown = Image.open(io.BytesIO(stored[artifact.id]))
    assert SECRET.encode() in sent
    assert (artifact.kind, shown.format, shown.size) == ("image", "PNG", (2, 2))
    assert dict(shown.getexif()) == {}
    assert SECRET.encode() not in stored[artifact.id]
    assert "a person has to look at it" in examination.redactions.not_looked_at[0]


def test_a_picture_whose_frame_is_beyond_its_format_is_refused_in_a_sentence() -> None:
    """Found by fuzzing: a frame that begins beyond the canvas makes a picture wider than a GIF can say."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), (1, 2, 3)).save(target, "GIF")
    wide = bytearray(target.getvalue())
    wide[wide.index(b"\x2c") + 1 : wide.index(b"\x2c") + 3] = b"\xfc\xff"

    made = Redactor(bytes(32)).document(Mode.PICTURE, bytes(wide))

    assert made.data == b""
    assert "The picture is damaged" in made.notes[0]


def test_a_damaged_picture_is_refused_in_a_sentence() -> None:
    examination, stored = examined(("screen.png", photo("PNG")[:60]))

    assert examination.artifacts[0].state is ArtifactState.REFUSED
    assert "The picture is damaged" in examination.artifacts[0].reason
    assert stored == {}


def test_of_a_pdf_the_text_is_read_and_redacted() -> None:
    examination, stored = examined(("report.pdf", pdf(f"Login of {SECRET} failed")))

    (artifact,) = examination.artifacts
    text = stored[artifact.id].decode()
    assert artifact.state is ArtifactState.PARTIAL
    assert "text of a PDF" in artifact.reason
    assert ("Login of" in text, SECRET in text, "redacted.example" in text) == (True, False, True)


@pytest.mark.parametrize(
    ("data", "words"), [(b"%PDF-1.7\nnothing more", "damaged"), (pdf(""), "has no text layer")], ids=["cut", "empty"]
)
def test_a_pdf_without_readable_text_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    examination, stored = examined(("report.pdf", data))

    assert words in examination.artifacts[0].reason
    assert stored == {}
