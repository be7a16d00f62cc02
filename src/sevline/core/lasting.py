"""Lengths of time as people say them, the exact seconds kept."""

SAID_AS_IT_IS = 600
"""Seconds up to which nobody needs a second figure."""

UNITS = (("day", 86_400), ("h", 3_600), ("min", 60))


def lasting(seconds: float) -> str:
    """`90 s`, `3600 s (1 h)`, `195608000 s (2,263 days 23 h)`: whole seconds, then the two largest units of it."""
    whole = round(abs(seconds))
    return f"{whole} s" if whole <= SAID_AS_IT_IS else f"{whole} s ({about(whole)})"


def about(seconds: float) -> str:
    """`90 s`, `1 h`, `22 h 2 min`: the two largest units, where nobody counts with the seconds."""
    left, parts = round(abs(seconds)), []
    if left <= SAID_AS_IT_IS:
        return f"{left} s"
    for name, size in UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count:,} {name}{'s' if name == 'day' and count > 1 else ''}")
    return " ".join(parts[:2])
