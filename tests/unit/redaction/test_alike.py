"""Lines of one form are asked about once, and nothing that is found without that is missed."""

import pytest

from sevline.core.redaction import Redactor, alike
from sevline.core.redaction.alike import Alike, Told
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.engine import Engine
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.pseudonym import Pseudonyms
from tests.redaction_corpus import labelled_corpus, mixed_log

KEY = bytes(range(32))
CARD = Detector("card", "Card", r"(?-u:\b)4[0-9]{12}(?-u:\b)", Stage.NUMBER)
VENDOR = Detector("vendor", "Vendor", r"vk_[0-9a-f]{8}", keywords=("vk_",))
BLOCK = Detector("block", "Block", r"secret:\n.{8}", Stage.BLOCK, keywords=("secret:\n", "\nend\nof it"))
DETECTORS = (BLOCK, VENDOR, CARD)
OTHERS = {"marked": "%[0-9A-F]{2}|<[A-Z]+>"}
GROUPS = {group.detectors[0].kind: number for number, group in enumerate(plan_of(DETECTORS).groups)}


@pytest.fixture(autouse=True)
def from_the_first_line_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "LEAST_ROWS", 2)
    monkeypatch.setattr(alike, "LEAST", 1)
    monkeypatch.setattr(alike, "MOSTLY_NEW", 1.0)


@pytest.fixture
def memory() -> Alike:
    return Alike(plan_of(DETECTORS), (BLOCK,), OTHERS)


def told_of(memory: Alike, text: str) -> Told:
    told = memory.of_lines(text)
    assert told is not None
    return told


def test_a_row_is_told_of_for_what_it_may_hold_and_for_nothing_else(memory: Alike) -> None:
    told = told_of(memory, "4111111111111 paid\nvk_0a1b2c3d\nnothing 12\n%4A\n<TOKEN>")

    assert told.rows((GROUPS["card"],)).to_list() == [0]
    assert told.rows((GROUPS["vendor"],)).to_list() == [1]
    assert told.rows(("marked",)).to_list() == [3, 4]
    assert told.rows((GROUPS["card"], GROUPS["vendor"])).to_list() == [0, 1]


def test_a_number_that_only_looks_alike_is_told_of_and_found_to_be_none(memory: Alike) -> None:
    told = told_of(memory, "9111111111111 paid\n911111111111 paid")

    assert told.rows((GROUPS["card"],)).to_list() == [0]


@pytest.mark.parametrize("text", ["the secret:\nabcdefgh", "begin\nend\nof it all"])
def test_a_block_is_told_of_by_one_line_of_its_literal(memory: Alike, text: str) -> None:
    assert told_of(memory, text).some("block")


def test_no_block_is_told_of_where_its_literal_goes_on_in_the_line(memory: Alike) -> None:
    assert not told_of(memory, "the secret: abcdefgh\nend of it").some("block")


def test_forms_that_were_asked_once_are_not_asked_again(memory: Alike, monkeypatch: pytest.MonkeyPatch) -> None:
    told_of(memory, "took 12 ms\nvk_0a1b2c3d at 7")
    asked: list[list[bytes]] = []

    def ask(forms: list[bytes]) -> list[int]:
        asked.append(forms)
        return [0] * len(forms)

    monkeypatch.setattr(memory, "_asked", ask)

    told = told_of(memory, "took 99 ms\nvk_9a8b7c6d at 1\nanother one")

    assert asked == [[b"another one"]]
    assert told.rows((GROUPS["vendor"],)).to_list() == [1]


def test_what_is_remembered_is_bounded_and_forgotten_forms_are_asked_again(
    memory: Alike, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "MOST", 4)
    told_of(memory, "one\ntwo\nthree")

    told = told_of(memory, "three\nfour\nvk_\nfive")

    assert set(memory._known.forms) == {b"three", b"four", b"vk_", b"five"}
    assert told.rows((GROUPS["vendor"],)).to_list() == [2]


def test_verdicts_are_forgotten_with_the_last_form_that_they_are_of(
    memory: Alike, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "MOST", 2)
    told_of(memory, "4111111111111\n%4A")

    told = told_of(memory, "one\nvk_\nvk_")

    assert len(memory._known.verdicts) == 2
    assert told.rows((GROUPS["vendor"],)).to_list() == [1, 2]
    assert told_of(memory, "vk_\n4111111111111").rows((GROUPS["card"],)).to_list() == [1]


@pytest.mark.parametrize(
    "text", ["one line", "a fold\u017f\nof letters", "x" * 3_000 + "\ny"], ids=("few", "folded", "long")
)
def test_it_is_not_worth_it_for_few_rows_long_rows_and_letters_that_match_others(memory: Alike, text: str) -> None:
    assert memory.of_lines(text) is None


def test_it_is_not_worth_it_where_hardly_two_rows_are_alike(memory: Alike, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "MOSTLY_NEW", 0.5)

    assert memory.of_lines("one\ntwo\nthree") is None


def test_no_group_is_told_of_that_cannot_be_asked() -> None:
    named = Detector("named", "Named", "(?P<it>x)1", Stage.NUMBER)
    told = told_of(Alike(plan_of((named,)), (), {"marked": "%"}), "x1\n%")

    assert 0 not in told
    assert "marked" in told


def test_what_a_pair_is_only_once_its_number_is_masked_is_found_in_the_next_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = (
        Detector("key", "Key", r"key=[^0-9\s]+", Stage.PAIR, gate=r"key=[^0-9]", hint="key", rare=True),
        Detector("pin", "PIN", r"pin=[a-z]+", Stage.PAIR, gate=r"pin=[a-z]", hint="pin", rare=True),
    )
    engine = Engine((*pairs, CARD), Pseudonyms(KEY), frozenset())
    with_forms, tally = engine.mask_text("key=4111111111111\nnothing")

    monkeypatch.setattr(alike, "LEAST", 10**9)

    assert tally.counts == {"card": 1, "key": 1}
    assert engine.mask_text("key=4111111111111\nnothing")[0] == with_forms


@pytest.mark.parametrize("seed", [3, 11])
def test_a_log_is_redacted_to_the_same_bytes_with_forms_and_without(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = labelled_corpus(seed, labels=1_500, decoys=500, encoded=True)
    lines = [line.text for line in corpus.labelled] + list(corpus.decoys) + list(mixed_log(60_000, seed))
    text = "\n".join((*lines, *lines[::7], "mot de pa\u00dfe 12", "<EMAIL-0123456789abcdef>"))
    with_forms = Redactor(KEY).data(text.encode())

    monkeypatch.setattr(alike, "LEAST", 10**9)
    without = Redactor(KEY).data(text.encode())

    assert with_forms.data == without.data
    assert with_forms.counts == without.counts
