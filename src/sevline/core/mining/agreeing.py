"""Whether a layout's kernels read a log as its reader does."""

from datetime import datetime

import numpy as np

from sevline.core.mining import frames as of
from sevline.core.mining.fieldoutcomes import NONE, outcome_in
from sevline.core.mining.layouts import WRAPPED, Layout, framed, rewritten
from sevline.core.mining.wide import faced
from sevline.core.readers.logs.levels import LEVELS
from sevline.core.readers.logs.record import FORMATS, Header


def agrees(layout: Layout, sample: list[bytes], reference: datetime | None) -> bool:
    """Whether the layout reads every line of a sample as the reader does, or leaves it to the reader.

    So a reader that has learnt more than its layout costs speed, never a difference.
    """
    block = b"".join(line + b"\n" for line in sample)
    if b"\0" in block or not sample:
        return False
    faces = faced(rewritten(block, layout))
    ends = np.flatnonzero(faces.text == 10)
    moment, year = (reference.timestamp(), reference.year) if reference else (0.0, 0)
    frames, times = framed(faces, ends, layout, moment, year)
    parse = FORMATS[layout.name.lower()].reader(reference)
    own = layout is Layout.PLAIN
    return all(
        not frame[of.FLAGS] & of.READ
        or _told(faces.bytes, frame, at) == _header(Header(line) if own else parse(line), layout)
        for line, frame, at in zip(sample, frames.tolist(), times.tolist(), strict=True)
    )


Told = tuple[bytes, float | None, str | None, str | None, int]


def _told(block: bytes, frame: list[int], at: float) -> Told:
    message = block[frame[of.MESSAGE] : frame[of.MESSAGE_END]]
    if frame[of.FLAGS] & of.ESCAPED:
        message = message.replace(b"\\\\", b"\0").replace(b"\\", b"").replace(b"\0", b"\\")
    return (
        message,
        at if frame[of.FLAGS] & of.TIMED else None,
        LEVELS[frame[of.LEVEL]] if frame[of.LEVEL] >= 0 else None,
        block[frame[of.SERVICE] : frame[of.SERVICE_END]].decode("utf-8", "replace") or None,
        (frame[of.FLAGS] & of.OUTCOMES) >> of.OUTCOME_SHIFT,
    )


def _header(header: Header | None, layout: Layout) -> Told | None:
    if header is None or header.partial or (header.bare and layout not in WRAPPED):
        return None
    outcome = outcome_in(header.fields) if header.fields else NONE
    return header.message, header.stamp.at if header.stamp else None, header.level, header.service, outcome
