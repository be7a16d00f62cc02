"""The sampled records of one shape, and the same at rest: one piece of bytes instead of dozens of objects."""

from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from itertools import pairwise
from struct import Struct
from typing import NamedTuple

SAMPLES = 8
"""Records kept of a shape: those with the smallest marks."""

_HEAD = Struct("<IqHHH")
"""Mark, line, bytes of the text and of the fields, and which of the sources it is."""

_NUMBER = Struct("<B")
_LIMIT = (1 << 16) - 1


class Example(NamedTuple):
    """A record's text, cut at EXAMPLE_BYTES, with the line where it stands first.

    `fields`: the line itself, cut at FIELD_BYTES, where named fields stand in it beside the text.
    """

    text: bytes
    source: str
    line_no: int
    fields: bytes = b""


class Kept(Mapping[int, Example]):
    """Mark -> example, in rising order; never changed. At most SAMPLES of them."""

    __slots__ = ("bytes", "sources")

    def __init__(self, sources: tuple[str, ...], packed: bytes) -> None:
        self.sources, self.bytes = sources, packed

    @classmethod
    def of(cls, examples: Mapping[int, Example]) -> "Kept":
        if isinstance(examples, Kept):
            return examples
        return cls.packed(sorted(examples.items()))

    @classmethod
    def packed(cls, ordered: list[tuple[int, Example]]) -> "Kept":
        """Marks in rising order, each once."""
        sources = tuple(dict.fromkeys(example.source for _, example in ordered))
        heads = [
            _HEAD.pack(mark, line, len(text[:_LIMIT]), len(fields[:_LIMIT]), sources.index(source))
            for mark, (text, source, line, fields) in ordered
        ]
        texts = [part[:_LIMIT] for _, example in ordered for part in (example.text, example.fields)]
        return cls(sources, b"".join((_NUMBER.pack(len(ordered)), *heads, *texts)))

    def __len__(self) -> int:
        return self.bytes[0]

    def __iter__(self) -> Iterator[int]:
        return (head[0] for head in _HEAD.iter_unpack(self.bytes[1 : self._begin]))

    def __getitem__(self, mark: int) -> Example:
        return dict(self.pairs())[mark]

    def values(self) -> ValuesView[Example]:
        return dict(self.pairs()).values()

    def items(self) -> ItemsView[int, Example]:
        return dict(self.pairs()).items()

    def pairs(self) -> Iterator[tuple[int, Example]]:
        packed, at = self.bytes, self._begin
        for mark, line, size, more, source in _HEAD.iter_unpack(packed[1:at]):
            middle = at + size
            yield mark, Example(packed[at:middle], self.sources[source], line, packed[middle : middle + more])
            at = middle + more

    @classmethod
    def summed(cls, many: Sequence["Kept"]) -> "Kept":
        """The smallest marks of all; of examples with one mark, the one that comes first."""
        if len(many) == 1:
            return many[0]
        if all(one.sources == many[0].sources for one in many):
            rows = sorted(row for one in many for row in one.rows())
            if all(row[0] < after[0] for row, after in pairwise(rows)):
                _, heads, texts = zip(*rows[:SAMPLES], strict=True)
                return cls(many[0].sources, b"".join((_NUMBER.pack(len(heads)), *heads, *texts)))
        both: dict[int, Example] = {}
        for one in many:
            for mark, example in one.pairs():
                both[mark] = min(both.get(mark, example), example)
        return cls.packed(sorted(both.items())[:SAMPLES])

    @property
    def _begin(self) -> int:
        """Where the texts begin."""
        return 1 + self.bytes[0] * _HEAD.size

    def rows(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Mark, and as they are packed the head and the texts."""
        packed, at, head = self.bytes, self._begin, 1
        for mark, _, size, more, _ in _HEAD.iter_unpack(packed[1:at]):
            end = at + size + more
            yield mark, packed[head : head + _HEAD.size], packed[at:end]
            at, head = end, head + _HEAD.size

    def __repr__(self) -> str:
        return f"Kept({dict(self.pairs())})"

    def __reduce__(self) -> "tuple[type[Kept], tuple[tuple[str, ...], bytes]]":
        return Kept, (self.sources, self.bytes)
