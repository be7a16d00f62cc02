"""Values looked at beside the names of their fields."""

from collections import Counter

from sevline.core.redaction.engine import Engine
from sevline.core.redaction.field_words import Means, meaning, whole_names
from sevline.core.redaction.people import told_by
from sevline.core.redaction.records import by_meaning
from sevline.core.redaction.tally import Tally

Framed = tuple[str, str, str]
#: Under which detectors' kinds values are counted that their field alone tells.
_KINDS = {
    Means.NAME: "person_field",
    Means.LOGIN: "person_field",
    Means.PHONE: "phone_named",
    Means.BIRTH: "birth_date",
    Means.STREET: "street_address",
    Means.CODE: "street_address",
    Means.PAPER: "identity_named",
}


def masked_in_fields(framed: list[Framed], engine: Engine) -> tuple[list[str], Tally]:
    """Values masked beside the names of their fields, and without them where a match went over the frame.

    Each different value is looked at once; only what was masked is looked at for each time it stands there, so that
    the counts are those of the document.
    """
    different = list(dict.fromkeys(framed))
    values, tally = _by_field(different, engine)
    if len(different) == len(framed):
        return values, tally
    fresh = dict(zip(different, values, strict=True))
    often = Counter(framed)
    again = [parts for parts in different if fresh[parts] != parts[1] for _ in range(often[parts] - 1)]
    tally.add(_by_field(again, engine)[1])
    return [fresh[parts] for parts in framed], tally


def _by_field(framed: list[Framed], engine: Engine) -> tuple[list[str], Tally]:
    """As `_masked`; before it names go that only their field tells, which are then known elsewhere too, and after it
    what is still there of other kinds."""
    noted, people = Tally(), set[str]()
    names = [_token(parts, engine, noted, names=True) for parts in framed]
    told = [(parts[0], parts[1].strip()) for parts, name in zip(framed, names, strict=True) if name is not None]
    for name in (*(value for _, value in told), *whole_names(told)):
        people.update(told_by((name,), certain=True))
    asked = [(before, name or value, after) for (before, value, after), name in zip(framed, names, strict=True)]
    values, tally = _masked(asked, engine, people)
    for number, (parts, value) in enumerate(zip(framed, values, strict=True)):
        if value == parts[1] and (token := _token(parts, engine, noted, names=False)) is not None:
            values[number] = token
    tally.add(noted)
    return values, tally


def _token(parts: Framed, engine: Engine, tally: Tally, *, names: bool) -> str | None:
    """What stands for a value that is personal by what its field means."""
    before, value, _ = parts
    means = meaning(before[1:-4]) if before else Means.NOTHING
    if means is Means.NOTHING or (means is Means.NAME) is not names or value in engine.allowed:
        return None
    token = by_meaning(means, value.strip(), engine.pseudonyms)
    if token is not None:
        tally.note(_KINDS[means], token)
        if engine.keeps_beside:
            tally.stands_for({value.strip(): token})
    return token


def _masked(framed: list[Framed], engine: Engine, people: set[str]) -> tuple[list[str], Tally]:
    masked, tally = engine.mask(["".join(parts) for parts in framed], people=people)
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
