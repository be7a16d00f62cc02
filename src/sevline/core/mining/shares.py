"""Whom and what the records of each pattern name: tenants, regions, versions and hosts, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sevline.core.readers.logs.fields import Field, fields_of

DIMENSIONS = (Field.TENANT, Field.REGION, Field.VERSION, Field.HOST)
MOST_RECORDS = 200_000
"""Records that are looked at; the rest of a longer log is not."""

MOST_VALUES = 100
"""Values kept of a pattern and a dimension, the most frequent ones."""

Shares = dict[str, dict[str, int]]


class NamedValues:
    """Is handed what the miner found, line numbers with the shape of each, and counts afterwards."""

    def __init__(self, most: int = MOST_RECORDS) -> None:
        """`most`: records that are looked at."""
        self._most = most
        self.shape_of: dict[int, bytes] = {}
        self._same: dict[bytes, bytes] = {}
        self.cut = False

    def watch(self, numbers: Sequence[int], shapes: list[bytes]) -> None:
        for number, shape in zip(numbers, shapes, strict=True):
            if len(self.shape_of) >= self._most:
                self.cut = True
                return
            self.shape_of[int(number)] = self._same.setdefault(shape, shape)

    def count(self, lines: Iterable[bytes], pattern_of: Callable[[bytes], str]) -> dict[str, Shares]:
        """Pattern -> dimension -> value -> records. `lines`: the log's, from its first on."""
        counted: dict[str, dict[Field, Counter[str]]] = {}
        for number, line in enumerate(lines, 1):
            shape = self.shape_of.get(number)
            if shape is None:
                continue
            named = fields_of(line)
            for dimension in DIMENSIONS:
                if value := named.get(dimension):
                    of_pattern = counted.setdefault(pattern_of(shape), {})
                    of_pattern.setdefault(dimension, Counter())[value] += 1
        return {
            pattern: {dimension.value: dict(values.most_common(MOST_VALUES)) for dimension, values in found.items()}
            for pattern, found in counted.items()
        }
