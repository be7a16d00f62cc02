"""Values looked at beside the names of their fields."""

from sevline.core.redaction.engine import Engine, Tally


def masked_in_fields(framed: list[tuple[str, str, str]], engine: Engine) -> tuple[list[str], Tally]:
    """Values masked beside the names of their fields, and without them where a match went over the frame."""
    masked, tally = engine.mask(["".join(parts) for parts in framed])
    values: list[str] = []
    for (before, value, after), result in zip(framed, masked, strict=True):
        whole = len(result) >= len(before) + len(after) and result.startswith(before) and result.endswith(after)
        values.append(result[len(before) : len(result) - len(after)] if whole else engine.mask([value])[0][0])
    return values, tally
