"""Stand-ins: while detectors run, each pseudonym is one character that no pattern takes for a part of a value.

So nothing that was masked is matched again, however it is glued to its neighbours, and a text that has been redacted
looks to the detectors of a second run exactly as it did to the last pass of the first.
"""

import re
from collections.abc import Sequence

from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM

_FIRST, _LAST = 0xF0000, 0x10FFFF
STAND_IN = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_STAND_IN = re.compile(STAND_IN)
_SPLIT = re.compile(f"({STAND_IN})")
_LABELLED = r"[A-Z0-9][A-Z0-9-]*-[0-9a-f]{16}"
_MAIL = r"d[0-9a-f]{16}\.redacted\.example"
#: A pseudonym as it stands in text, and as it stands in XML, in a URL and in JSON that escapes more than it must.
#: Each alternative begins with a letter of its own, so that the rest of the text is passed over fast.
WRITTEN = (
    rf"&lt;{_LABELLED}&gt;|%3[Cc]{_LABELLED}%3[Ee]|%253[Cc]{_LABELLED}%253[Ee]|\\u003[Cc]{_LABELLED}\\u003[Ee]"
    rf"|u[0-9a-f]{{16}}(?:%40|%2540|\\u0040|&#64;){_MAIL}"
    rf"|2001(?:%3A|%3a)db8(?:%3A|%3a)fade(?:%3A|%3a)cafe(?:(?:%3A|%3a)[0-9a-f]{{4}}){{4}}|{EVERY_PSEUDONYM}"
)
_WRITTEN = re.compile(WRITTEN)
_ONE = re.compile(EVERY_PSEUDONYM)
#: In place of a character that has no stand-in because there is none left.
_NO_TEXT = "\ufffd"
#: How many different pseudonyms can have a stand-in at once.
ROOM = 0x10F000 - _FIRST


class NoRoomError(Exception):
    """There are more pseudonyms than stand-ins: the strings are to be looked at in smaller parts."""


class Shield:
    """One call's stand-ins. `origin` of a stand-in is the text in whose place it was put.

    `outer` is that of the text around what is decoded here: each of its stand-ins in there has one here too, which
    shows the same and is left where it stands. Without stand-ins left it raises NoRoomError; where it is `lenient`, it
    lets further pseudonyms stand in the text, and raises only for what is masked in decoded text.
    """

    def __init__(self, *, lenient: bool = False, outer: "Shield | None" = None) -> None:
        self._lenient, self._outer = lenient, outer
        self._known: dict[str, str] = {}
        self._inherited: dict[str, str] = {}
        self._shown: list[str] = []
        self._origin: list[str] = []
        self._kinds: list[str] = []

    @property
    def is_empty(self) -> bool:
        return not self._shown

    @property
    def size(self) -> int:
        """How many stand-ins there are."""
        return len(self._shown)

    def everything(self) -> tuple[list[str], list[str]]:
        """All stand-ins, and what each of them shows."""
        return [chr(_FIRST + number) for number in range(len(self._shown))], self._shown.copy()

    def cover(self, text: str) -> str:
        """The text with a stand-in for each pseudonym in it, and for each character of the stand-ins' own range."""
        if _ONE.fullmatch(text):
            return self.cover_token(text)
        return _WRITTEN.sub(self._known_one, text) if text.isascii() else self.cover_more(self.own(text))

    def own(self, text: str) -> str:
        """A text without stand-ins, with one for each character of their range that is of the text itself."""
        return text if text.isascii() else _STAND_IN.sub(self._own_one, text)

    def inherited(self, text: str) -> str:
        """A text of the shield around, with a stand-in of this one for each of that one's."""
        return text if text.isascii() else _STAND_IN.sub(self._inherited_one, text)

    def cover_more(self, text: str) -> str:
        """A text that was covered, with a stand-in for each pseudonym that was written into it since."""
        parts = _SPLIT.split(text)
        parts[::2] = [_WRITTEN.sub(self._known_one, part) for part in parts[::2]]
        return "".join(parts)

    def _known_one(self, found: re.Match[str]) -> str:
        return self.cover_token(found.group())

    def _own_one(self, found: re.Match[str]) -> str:
        mark = self.cover_token(found.group())
        return mark if found.group() in self._known else _NO_TEXT

    def _inherited_one(self, found: re.Match[str]) -> str:
        mark = found.group()
        if mark not in self._inherited:
            shown = self._outer.show(mark) if self._outer else mark
            self._inherited[mark] = self._add(shown, mark, "") or _NO_TEXT
        return self._inherited[mark]

    def cover_token(self, written: str) -> str:
        """The stand-in of one pseudonym."""
        mark = self._known.get(written)
        if mark is None:
            mark = self._add(written, written, "")
            if mark:
                self._known[written] = mark
        return mark or written

    def put(self, shown: str, origin: str, kind: str) -> str:
        """A stand-in of its own for one replaced piece: `shown` as it leaves, `origin` in the text before.

        NoRoomError where there is none left: without one the piece would stay in clear.
        """
        if mark := self._add(shown, self.restore(origin), kind):
            return mark
        raise NoRoomError

    def _add(self, shown: str, origin: str, kind: str) -> str:
        """A new stand-in; nothing where there is none left."""
        if len(self._shown) >= ROOM:
            if not self._lenient:
                raise NoRoomError
            return ""
        self._shown.append(shown)
        self._origin.append(origin)
        self._kinds.append(kind)
        return chr(_FIRST + len(self._shown) - 1)

    def show(self, text: str) -> str:
        """The text as it leaves: pseudonyms in place of their stand-ins."""
        parts = _SPLIT.split(text)
        parts[1::2] = self.each_shown(parts[1::2])
        return "".join(parts)

    def each_shown(self, stand_ins: Sequence[str]) -> list[str]:
        """The pseudonym of each of these stand-ins."""
        shown = self._shown
        return [shown[ord(mark) - _FIRST] for mark in stand_ins]

    def restore(self, text: str) -> str:
        """The text as it was before."""
        origin = self._origin
        return _STAND_IN.sub(lambda found: origin[ord(found.group()) - _FIRST], text)

    def spans(self, text: str) -> list[tuple[int, int, str, str]]:
        """What was put where, by places of the text before: start, end, what is shown there, kind."""
        found: list[tuple[int, int, str, str]] = []
        place = end = 0
        for stand_in in _STAND_IN.finditer(text):
            place += stand_in.start() - end
            end = stand_in.end()
            number = ord(stand_in.group()) - _FIRST
            before, shown = self._origin[number], self._shown[number]
            if shown != before and self._kinds[number]:
                found.append((place, place + len(before), shown, self._kinds[number]))
            place += len(before)
        return found


def has_stand_ins(text: str) -> bool:
    return _STAND_IN.search(text) is not None
