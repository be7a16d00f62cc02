"""Remembers, for as long as one process lives, which value each token of a redactor was made from."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sevline.core.redaction import Redactor

_HEX = re.compile(r"[0-9a-f]{16}")
_ADDRESS = re.compile(r"u([0-9a-f]{16})@d([0-9a-f]{16})\.redacted\.example")


class Tracer:
    """Listens to the pseudonyms that a redactor makes."""

    def __init__(self, redactor: "Redactor") -> None:
        self._made: dict[str, str] = {}
        self._of_kind: dict[str, dict[str, str]] = {}
        pseudonyms = redactor.pseudonyms
        make = pseudonyms.hex16

        def remembered(kind: str, value: str) -> str:
            name = make(kind, value)
            self._made[name] = value
            self._of_kind.setdefault(kind, {})[name] = value
            return name

        pseudonyms.hex16 = remembered

    def of(self, label: str) -> dict[str, str]:
        """The tokens of one label that were made from a kind of that name, with their values."""
        return {f"<{label}-{name}>": value for name, value in self._of_kind.get(label, {}).items()}

    def value(self, token: str) -> str:
        """The value behind a token; "" unless every part of it was seen. Parts of an address are put together again."""
        address = _ADDRESS.fullmatch(token)
        parts = list(address.groups()) if address else _HEX.findall(token)
        values = [self._made.get(part, "") for part in parts]
        if not parts or not all(values):
            return ""
        return "@".join(values) if address else values[-1]
