"""Values looked at beside the names of their fields."""

from sevline.core.redaction.engine import Engine, Tally


def masked_in_fields(framed: list[tuple[str, str, str]], engine: Engine) -> tuple[list[str], Tally]:
    """Values masked beside the names of their fields, and without them where a match went over the frame."""
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
