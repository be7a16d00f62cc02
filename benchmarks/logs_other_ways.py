"""Other ways of deciding which positions are variable, measured beside ours on the same tokens: docs/adr/0011."""

from collections.abc import Callable, Iterable

import numpy as np

from benchmarks.logs import CORPORA, accuracy, scored
from sevline.core.mining.grouping import Rules, group, tokenised

Way = Callable[[list[bytes]], dict[bytes, int]]


def evidence(shapes: list[bytes]) -> dict[bytes, int]:
    """Ours."""
    return group(shapes).group_of


def structure_alone(shapes: list[bytes]) -> dict[bytes, int]:
    """What the syntax says is a value is one; nothing else is."""
    return group(shapes, Rules(use_evidence=False)).group_of


def fixed_count(shapes: list[bytes], least: int = 5) -> dict[bytes, int]:
    """A position is variable where at least five distinct tokens stand in the same context, whatever they look like."""
    forms = tokenised(shapes, Rules())
    forms.words.weight[1:] = np.where(forms.words.weight[1:] > 0, 1.0, 0.0)

    def need(words: "np.ndarray", first: "np.ndarray", has_value: "np.ndarray") -> "np.ndarray":
        del first, has_value
        return np.where(words >= 1, float(least), np.inf)

    while True:
        marked = forms.evident(forms.all_others(), np.ones(len(forms.token), bool), need) & (forms.token != 0)
        if not marked.any():
            break
        forms.mark(marked)
    return dict(zip(shapes, forms.label.tolist(), strict=True))


def partition(shapes: list[bytes], share: float = 0.3) -> dict[bytes, int]:
    """Forms of one length are parted again and again by the position with the fewest distinct tokens (as IPLoM does),
    until no position is left whose distinct tokens are few beside the forms."""
    forms = tokenised(shapes, Rules())
    rows = [forms.token[forms.start[row] : forms.start[row + 1]] for row in range(forms.rows)]
    parted = np.zeros(forms.rows, np.int64)
    number = 0
    waiting = [np.array(part) for part in _by(range(forms.rows), lambda row: len(rows[row]))]
    while waiting:
        part = waiting.pop()
        table = np.array([rows[row] for row in part])
        counts = np.array([len(np.unique(column)) for column in table.T]) if table.size else np.zeros(0, np.int64)
        wanted = np.flatnonzero((counts > 1) & (counts <= max(1.0, share * len(part))))
        if len(wanted):
            place = wanted[np.argmin(counts[wanted])]
            waiting += [part[table[:, place] == token] for token in np.unique(table[:, place])]
        else:
            parted[part] = number
            number += 1
    return dict(zip(shapes, parted[forms.label].tolist(), strict=True))


def _by(rows: Iterable[int], key: Callable[[int], int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def main() -> None:
    from benchmarks.logs_corpora.__main__ import sets
    from benchmarks.logs_corpora.records import read
    from sevline.core.mining.masking import mask

    learn, unseen = sets()
    for way in (evidence, structure_alone, fixed_count, partition):
        for title, names in (("learn", learn), ("unseen", unseen)):
            rows = []
            for name in names:
                if not (CORPORA / f"{name}.tsv.xz").exists():
                    continue
                records = read(CORPORA / f"{name}.tsv.xz")
                shapes = mask("\n".join(record.message for record in records).encode()).split(b"\n")
                groups = way(sorted(set(shapes)))
                kept = scored(records)
                rows.append(accuracy([records[at].place for at in kept], [groups[shapes[at]] for at in kept]))
            means = [sum(row[part] for row in rows) / len(rows) for part in (0, 1)]
            print(f"{way.__name__:16} {title:7} {means[0]:.3f}/{means[1]:.3f} on {len(rows)}", flush=True)


if __name__ == "__main__":
    with np.errstate(over="ignore"):
        from sevline.core.mining.jit import choose_compiled

        choose_compiled()
        main()
