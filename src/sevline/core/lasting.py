"""Lengths of time as people say them, the exact seconds kept."""

SAID_AS_IT_IS = 600
"""Seconds up to which nobody needs a second figure."""

UNITS = (("day", 86_400), ("h", 3_600), ("min", 60))


def lasting(seconds: float) -> str:
    """`90 s`, `3600 s (1 h)`, `195608000 s (2,263 days 23 h)`: whole seconds, then the two largest units of it."""
    whole = round(abs(seconds))
    if whole <= SAID_AS_IT_IS:
        return f"{whole} s"
    left, parts = whole, []
    for name, size in UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count:,} {name}{'s' if name == 'day' and count > 1 else ''}")
    return f"{whole} s ({' '.join(parts[:2])})"
