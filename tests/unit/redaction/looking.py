"""How detectors are tried: on values built from pieces, in many surroundings, through the whole redactor."""

import re

from sevline.core.redaction import Redactor

KEY = bytes(range(32))
REDACTOR = Redactor(KEY)
MASKS = re.compile(r"<([A-Z-]+?)-[0-9a-f]{16}>|(ip)-[0-9a-f]{16}-[0-9a-f]{16}")


def left_of(text: str) -> str:
    """The text with `<KIND>` in place of each pseudonym; a second run has changed nothing."""
    redacted = REDACTOR.text(text).text
    assert REDACTOR.text(redacted).text == redacted
    return MASKS.sub(lambda found: f"<{found[1] or found[2]}>", redacted)


def masked(kind: str, value: str, *surroundings: str) -> None:
    """The value is gone from each surrounding, counted under its kind, and a second run changes nothing."""
    for surrounding in surroundings or ("{}", "x {} y", "\t{},", '"{}"'):
        before, _, after = surrounding.partition("{}")
        redacted = REDACTOR.text(before + value + after)
        assert value not in redacted.text, redacted.text
        assert redacted.text.startswith(before), redacted.text
        assert redacted.text.endswith(after), redacted.text
        assert redacted.counts == {kind: 1}, redacted
        assert REDACTOR.text(redacted.text).text == redacted.text


def kept(kind: str, *texts: str) -> None:
    """The text comes out as it went in, as far as this kind goes."""
    for text in texts:
        redacted = REDACTOR.text(f"a {text} b")
        assert kind not in redacted.counts, redacted
        assert redacted.text == f"a {text} b"
