"""Which files of a case are worth reading together: those that give parts of what one check needs."""

from collections.abc import Iterable, Mapping

from sevline.core.finding import CHECKS, Check, Gathered, Given, Input


def kinds_of(evidence: Iterable[Given]) -> tuple[str, ...]:
    """The names of all kinds that the evidence is, those it descends from included, each once and sorted."""
    found = {
        kind.__name__
        for each in {type(item) for item in evidence}
        for kind in each.__mro__
        if issubclass(kind, Given) and kind is not Given
    }
    return tuple(sorted(found))


def worth_reading_together(gave: Mapping[int, Iterable[str]], checks: Iterable[Check] = CHECKS) -> frozenset[int]:
    """The files, by number, that some check needs side by side; `gave` are the kinds that each one gave.

    A check that looks at one thing at a time says the same of a file whatever lies beside it. So does one whose
    inputs all come from a single file.
    """
    held = {number: frozenset(kinds) for number, kinds in gave.items()}
    together: set[int] = set()
    for each in checks:
        parts = [names for need in each.inputs.values() for names in _parts(need)]
        if _is_single(each):
            continue
        giving = {number for number, kinds in held.items() if any(part in kinds for part in parts)}
        if len(giving) > 1:
            together |= giving
    return frozenset(together)


def reading(kinds: Iterable[str], checks: Iterable[Check] = CHECKS) -> frozenset[str]:
    """The ids of the checks that read something of these kinds, by the names of the kinds."""
    held = frozenset(kinds)
    return frozenset(
        each.id for each in checks if any(not held.isdisjoint(_parts(need)) for need in each.inputs.values())
    )


def given_already(held: Iterable[str], checks: Iterable[Check] = CHECKS) -> frozenset[str]:
    """What checks call the kinds of evidence that are held, by the names of the kinds: nobody has to ask for those."""
    names = frozenset(held)
    kinds = {need.kind for each in checks for need in each.inputs.values()}
    return frozenset(kind.what for kind in kinds if _is_held(kind, names))


def _is_held(kind: type[Given], names: frozenset[str]) -> bool:
    if issubclass(kind, Gathered):
        return kind.needs.__name__ in names
    parts = {part.__name__ for part in kind.made_of}
    return kind.__name__ in names or (bool(parts) and parts <= names)


def _is_single(each: Check) -> bool:
    """Whether the check runs once for each thing of a single kind, so that others change nothing."""
    needs = list(each.inputs.values())
    return len(needs) == 1 and not (needs[0].many or issubclass(needs[0].kind, Gathered) or needs[0].kind.made_of)


def _parts(need: Input) -> list[str]:
    if issubclass(need.kind, Gathered):
        return [part.__name__ for part in need.kind.parts]
    return [need.kind.__name__, *(part.__name__ for part in need.kind.made_of)]
