"""Find again what a finding cites: the text that stands at a locator in a redacted artefact."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sevline.core.readers.jsontext import BadJsonError, decode
from sevline.core.readers.xml import BadXmlError, find, parse, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

EXCERPT = 240
#: Bytes from which a recording is not held decoded: a finding cites few of its entries.
LARGE = 4_000_000
ABSENT = object()


@dataclass
class Places:
    """One artefact, parsed once. `form` is "json", "xml" or "lines"."""

    form: str
    document: Any = None
    root: "_Element | None" = None
    lines: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, form: str, data: bytes) -> "Places":
        """What cannot be parsed as its form says is taken as lines, so that its text can still be cited."""
        try:
            if form == "json":
                lazy = recording(data) if len(data) >= LARGE else None
                return cls(form, document=decode(data) if lazy is None else lazy)
            if form == "xml":
                return cls(form, root=parse(data))
        except (BadJsonError, BadXmlError):
            pass
        return cls("lines", lines=data.decode("utf-8", "replace").split("\n"))

    def shows(self, value: str) -> bool:
        """Whether the artefact shows this value somewhere; of a large recording that is not looked for."""
        return value in self._whole_text

    @cached_property
    def _whole_text(self) -> str:
        if self.form == "lines":
            return "\n".join(self.lines)
        if self.form == "xml":
            from lxml import etree

            return etree.tostring(self.root, encoding="unicode") if self.root is not None else ""
        log = self.document.get("log") if isinstance(self.document, dict) else None
        is_lazy = isinstance(log, dict) and any(map(_is_undecoded, log.get("entries") or ()))
        return "" if is_lazy else json.dumps(self.document, ensure_ascii=False)

    def nearest(self, locator: str) -> str:
        """The locator itself, or the nearest one above it that exists: redaction may have replaced what lay below."""
        while self.excerpt(locator) is None and "/" in locator:
            locator = locator.rpartition("/")[0]
        if self.excerpt(locator):
            return locator
        if self.form == "lines" and self._in_lines(begin := f"{locator.partition(':')[0]}:1"):
            return begin  # what stood at the column is shorter now
        if self.excerpt(locator) is not None:
            return locator
        return "" if self.form == "json" else "1:1" if self.form == "lines" else "/*"

    def excerpt(self, locator: str) -> str | None:
        """At most EXCERPT characters of what stands there; None where nothing does."""
        if self.form == "json":
            value = _whole(pointed(self.document, locator))
            return None if value is ABSENT else _short(value if isinstance(value, str) else _compact(value))
        if self.form == "xml":
            return self._in_xml(locator)
        return self._in_lines(locator)

    def _in_xml(self, locator: str) -> str | None:
        from lxml import etree

        found = find(self.root, locator) if self.root is not None and locator else None
        if found is None:
            return None
        element, attribute = found
        if attribute:
            value = element.get(attribute)
            return None if value is None else _short(value)
        if len(element) or not text_of(element):
            return _short(etree.tostring(element, encoding="unicode", with_tail=False).partition(">")[0] + ">")
        return _short(text_of(element))

    def _in_lines(self, locator: str) -> str | None:
        line, _, column = locator.partition(":")
        if not (line.isdecimal() and column.isdecimal() and 1 <= int(line) <= len(self.lines)):
            return None
        return _short(self.lines[int(line) - 1].rstrip("\r")[max(int(column) - 1, 0) :])


def pointed(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901), or ABSENT."""
    if pointer and not pointer.startswith("/"):
        return ABSENT
    value = document
    for token in pointer.split("/")[1:]:
        value = _opened(value)
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return ABSENT
    return _opened(value)


def recording(data: bytes) -> dict[str, Any] | None:
    """A HAR whose entries are decoded when they are asked for; None for every other document."""
    import msgspec

    parts = dict[str, msgspec.Raw]
    try:
        outer = msgspec.json.decode(data, type=parts)
        log = msgspec.json.decode(outer["log"], type=parts)
        entries = msgspec.json.decode(log["entries"], type=list[msgspec.Raw])
    except (msgspec.MsgspecError, KeyError, RecursionError, ValueError):
        return None
    return outer | {"log": log | {"entries": entries}}


def _is_undecoded(value: Any) -> bool:
    import msgspec

    return isinstance(value, msgspec.Raw)


def _opened(value: Any) -> Any:
    """A part that was not decoded yet, decoded."""
    import msgspec

    if not isinstance(value, msgspec.Raw):
        return value
    try:
        return msgspec.json.decode(value)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return ABSENT


def _whole(value: Any) -> Any:
    """A container in which something was not decoded yet, decoded throughout."""
    import msgspec

    if isinstance(value, dict):
        log = value.get("log")
        inner = [*value.values(), *(log.values() if isinstance(log, dict) else ())]
    else:
        inner = value[:1] if isinstance(value, list) else []
    if not any(isinstance(one, msgspec.Raw) for one in inner):
        return value
    return msgspec.json.decode(msgspec.json.encode(value))


def _compact(value: Any) -> str:
    if isinstance(value, dict) and "request" in value and "response" in value:
        request, response = value["request"], value["response"]
        if isinstance(request, dict) and isinstance(response, dict):
            return f"{request.get('method')} {request.get('url')} → {response.get('status')}"
    return json.dumps(value, ensure_ascii=False)[: EXCERPT * 2]


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
