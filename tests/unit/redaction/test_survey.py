"""One scan tells which rows are worth which question; it may name too many rows, and never one too few."""

from random import Random

import polars as pl
import pytest

from sevline.core.redaction import Redactor
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.survey.factors import factors
from sevline.core.redaction.survey.machine import scan
from sevline.core.redaction.survey.rows import Scanner, Survey
from sevline.core.redaction.survey.table import SYMBOLS
from sevline.core.redaction.survey.tree import EDGE
from tests.redaction_corpus import mixed_log
from tests.redaction_corpus.strangers import clean, personal, secrets

pytestmark = pytest.mark.skipif(scan() is None, reason="there is no LLVM here")
EDGE_SYMBOL = EDGE.bit_length() - 1


def holds(text: str, factor: tuple[int, ...]) -> bool:
    """What the scan's code says, in Python: somewhere each class of the factor has the symbol that stands there."""
    inner = [int(SYMBOLS[byte]) for byte in text.encode()]
    symbols = [EDGE_SYMBOL] * len(factor) + inner + [EDGE_SYMBOL] * len(factor)
    starts = range(len(symbols) - len(factor) + 1)
    return any(all(members >> symbols[at + place] & 1 for place, members in enumerate(factor)) for at in starts)


def worth(question: str, rows: list[str]) -> list[int]:
    scanner = Scanner((question,))
    assert question in scanner.bits
    found = Survey(scanner, pl.Series("text", rows, dtype=pl.String)).worth(question)
    assert found is not None
    return found.to_list()


def strange_rows() -> list[str]:
    written = [one.text for one in secrets(7, each=2)] + [one.text for one in personal(7)]
    lines = [line for _, line in clean(Random(7), 20)]
    return [row for text in (*written, *lines, *mixed_log(150_000)) for row in text.split("\n")]


@pytest.mark.parametrize(
    ("pattern", "row"),
    [
        (r"(?i-u:token)[=:]", "a TOKEN: b"),
        (r"^N:[^;]+;", "N:a;b"),
        (r"(?-u:\b)sk4[0-9]{12}", "sk4111111111111"),
        (r"(?-u:\b)(?:[0-9]{3}-[0-9]{2})(?-u:\b)", "é123-45é"),
        (r"(?i:secret)", "ſecret"),
        (r"(?i:key)", "\u212aey"),
        (r"x{0,3}(?:ab|cd)+[^e]é", "zzcdabü\u00e9"),
        (r"(?:code|pin)\s*$", "the pin"),
    ],
)
def test_a_row_that_matches_is_worth_the_question(pattern: str, row: str) -> None:
    assert pl.Series([row]).str.contains(pattern).to_list() == [True]
    assert worth(pattern, ["nothing here", row, ""]) == [1]


@pytest.mark.slow
def test_the_machine_code_finds_what_the_same_in_python_finds() -> None:
    rows = strange_rows()[::400]
    questions = [question for question in plan_of(every_detector()).questions if question in Scanner((question,)).bits]
    for question in questions[::4]:
        known = factors(question) or frozenset()
        assert worth(question, rows) == [at for at, row in enumerate(rows) if any(holds(row, one) for one in known)]


def test_no_row_that_a_question_finds_is_left_out() -> None:
    rows = pl.Series("text", strange_rows(), dtype=pl.String)
    scanner = Scanner(plan_of(every_detector()).questions)
    survey = Survey(scanner, rows)
    for question in scanner.bits:
        found = survey.worth(question)
        assert found is not None
        assert set(rows.str.contains(question).arg_true()) <= set(found)


def test_a_row_that_changed_is_told_anew() -> None:
    rows = pl.Series("text", ["token", "nothing"], dtype=pl.String)
    survey = Survey(Scanner(("(?i-u:token)",)), rows)
    survey.changed(pl.Series([0, 1], dtype=pl.get_index_type()), pl.Series(["nothing", "my Token"]))
    found = survey.worth("(?i-u:token)")
    assert found is not None
    assert found.to_list() == [1]


def test_a_pattern_that_is_not_read_is_asked_of_every_row() -> None:
    assert factors("[a-z&&[^x]]") is None
    assert Scanner(("[a-z&&[^x]]",)).bits == {}


def test_a_large_text_is_redacted_as_its_small_parts_are() -> None:
    lines = [line for line in mixed_log(1_400_000) if "\n" not in line]
    whole = Redactor(bytes(32)).data("\n".join(lines).encode()).data.decode()
    assert "<CARD" in whole or "<SECRET" in whole
    assert whole.count("\n") == len(lines) - 1
