"""An examination as text for a terminal, as Markdown, as one HTML page, and as JSON."""

from collections.abc import Callable
from enum import StrEnum

from sevline.bench.examination import Examination
from sevline.bench.report.html import as_html
from sevline.bench.report.markdown import as_markdown
from sevline.bench.report.text import as_text


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


def as_json(examination: Examination) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(examination), indent=2).decode() + "\n"


RENDERERS: dict[Format, Callable[[Examination], str]] = {
    Format.TEXT: as_text,
    Format.JSON: as_json,
    Format.MARKDOWN: as_markdown,
    Format.HTML: as_html,
}
