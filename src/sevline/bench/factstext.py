"""The text of an artefact in which facts are looked for."""

import re

from sevline.core.readers.sniff import Kind

#: How Chromium and its drivers name the pages of a recording.
PAGE_ID = re.compile(r"page@[0-9a-f]{16,64}")


def facts_text(kind: Kind, text: str) -> str:
    """The text that facts are looked for in, of the same length: what a browser numbers its pages by is no trace id,
    and a quote that JSON escapes is a quote."""
    if kind not in {Kind.HAR, Kind.JSON}:
        return text
    return PAGE_ID.sub(lambda found: " " * len(found[0]), text).replace('\\"', ' "')
