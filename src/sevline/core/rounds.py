"""How often somebody had to be asked: a round is a question, or several at once, and the answer that ends it."""

from collections.abc import Collection, Iterable

FLAGGED_ABOVE = 2


def rounds(kinds: Iterable[str], *, asks: Collection[str], answers: Collection[str]) -> int:
    """Rounds that were answered, from kinds of events in the order in which they happened."""
    done, waiting = 0, False
    for kind in kinds:
        if kind in asks:
            waiting = True
        elif kind in answers and waiting:
            done, waiting = done + 1, False
    return done
