"""Grouping: statements written down first, then lines made from them, then the groups compared."""

import random

from sevline.core.mining.grouping import group

STATEMENTS = (
    "connection from {w} closed by peer",
    "connection to cart opened",
    "session for user {w} could not be stored in table sessions",
    "worker stopped after signal",
    "cache entry {w} evicted because the limit was reached",
)
WORDS = [f"{a}{b}{c}" for a in ("ba", "do", "ki", "lu") for b in ("ra", "mo", "ti") for c in ("n", "s")]


def made() -> dict[bytes, int]:
    return {text.format(w=word).encode(): number for number, text in enumerate(STATEMENTS) for word in WORDS}


def test_lines_of_one_statement_are_one_group_and_statements_stay_apart() -> None:
    truth = made()
    found = group(truth).group_of

    pairs = {(truth[shape], found[shape]) for shape in truth}
    assert len(pairs) == len(STATEMENTS)
    assert len({number for _, number in pairs}) == len(STATEMENTS)


def test_success_and_failure_stay_apart() -> None:
    found = group([b"login of user accepted by gate", b"login of user refused by gate"])

    assert len(found.templates) == 2


def test_the_order_of_the_shapes_does_not_matter() -> None:
    shapes = list(made())
    random.Random(7).shuffle(shapes)

    assert group(shapes) == group(sorted(shapes))


def test_free_text_after_a_statement_is_one_variable() -> None:
    size = len(WORDS)
    tails = [
        " ".join(["query failed with reason", *(WORDS[(start + step * start) % size] for step in range(1 + start % 4))])
        for start in range(1, size)
    ]
    found = group(tail.encode() for tail in tails)

    assert found.templates == ("query failed with reason <*>",)


def test_no_shapes_make_no_groups() -> None:
    assert group([]).templates == ()


def test_a_shape_without_a_word_is_a_variable() -> None:
    assert group([b"---", b""]).templates == ("<*>",)
