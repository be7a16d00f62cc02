"""Whether a document or a table is an export of a log, so that it is worth mining."""

from itertools import islice

from sevline.core.readers.logs.detect import SAMPLE_LINES, detect
from sevline.core.readers.logs.lines import LineFacts
from sevline.core.readers.logs.unfold import unfolded

_HEAD = 1024 * 1024
_NOT_LOGS = frozenset({"plain", "json_lines"})


def is_export(data: bytes) -> bool:
    """A tool's wrapping of events, or a table with a time and a message; JSON of any other kind is none."""
    facts = LineFacts()
    sample = [line.text for line in islice(unfolded([data[:_HEAD]], facts), SAMPLE_LINES)]
    return bool(facts.folded) and bool(sample) and detect(sample).format not in _NOT_LOGS
