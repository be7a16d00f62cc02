"""Values looked at beside the names of their fields."""

from collections import Counter

from sevline.core.redaction.engine import Engine
from sevline.core.redaction.tally import Tally

Framed = tuple[str, str, str]


def masked_in_fields(framed: list[Framed], engine: Engine) -> tuple[list[str], Tally]:
    """Values masked beside the names of their fields, and without them where a match went over the frame.

    Each different value is looked at once; only what was masked is looked at for each time it stands there, so that
    the counts are those of the document.
    """
    different = list(dict.fromkeys(framed))
    values, tally = _masked(different, engine)
    if len(different) == len(framed):
        return values, tally
    fresh = dict(zip(different, values, strict=True))
    often = Counter(framed)
    again = [parts for parts in different if fresh[parts] != parts[1] for _ in range(often[parts] - 1)]
    tally.add(_masked(again, engine)[1])
    return [fresh[parts] for parts in framed], tally


def _masked(framed: list[Framed], engine: Engine) -> tuple[list[str], Tally]:
    masked, tally = engine.mask(["".join(parts) for parts in framed])
    values: list[str] = []
    crossed: list[int] = []
    for number, ((before, value, after), result) in enumerate(zip(framed, masked, strict=True)):
        whole = len(result) >= len(before) + len(after) and result.startswith(before) and result.endswith(after)
        values.append(result[len(before) : len(result) - len(after)] if whole else value)
        if not whole:
            crossed.append(number)
    for number, alone in zip(crossed, engine.mask([values[number] for number in crossed])[0], strict=True):
        values[number] = alone
    return values, tally
