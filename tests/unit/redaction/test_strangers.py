"""What strangers write: other keys, other spellings and other surroundings, and text in which nothing is secret."""

# ruff: noqa: E501 - patterns and forms are read whole

from collections import Counter
from random import Random

import pytest

from tests.redaction_corpus.corpus import Labelled
from tests.redaction_corpus.score import BETWEEN
from tests.redaction_corpus.strangers import clean, personal, secrets
from tests.unit.redaction.looking import REDACTOR


def missed(rows: list[Labelled]) -> Counter[str]:
    """How often a value of each kind is still in its own text."""
    masked = REDACTOR.text(BETWEEN.join(one.text for one in rows)).text.split(BETWEEN)
    return Counter(one.kind for one, text in zip(rows, masked, strict=True) if one.form in text)


def changed_share(seed: int, each: int) -> float:
    """Of the words of clean text, those that are not in what came out."""
    lines = [line for _, line in clean(Random(seed), each)]
    masked = REDACTOR.text(BETWEEN.join(lines)).text.split(BETWEEN)
    words = sum(len(line.split()) for line in lines)
    return sum(word not in after for line, after in zip(lines, masked, strict=True) for word in line.split()) / words


def test_of_secrets_as_strangers_write_them_nearly_all_are_found() -> None:
    rows = list(secrets(101))
    lost = missed(rows)
    assert lost.total() <= 0.01 * len(rows), lost


def test_of_personal_data_as_strangers_write_it_nearly_all_is_found() -> None:
    rows = list(personal(102))
    lost = missed(rows)
    assert lost.total() <= 0.01 * len(rows), lost


def test_of_clean_text_that_looks_like_more_hardly_a_word_changes() -> None:
    assert changed_share(103, 60) <= 0.005


@pytest.mark.slow
@pytest.mark.parametrize("seed", [201, 202, 203])
def test_other_seeds_show_the_same(seed: int) -> None:
    rows, people = list(secrets(seed, each=6)), list(personal(seed))
    assert missed(rows).total() <= 0.0075 * len(rows)
    assert missed(people).total() <= 0.0075 * len(people)
    assert changed_share(seed, 300) <= 0.005


@pytest.mark.parametrize(
    "text",
    [
        "address: A string or integer, the IP address. Either IPv4 or", "fullname = os.path.join(dirname, basename)", "PK\\x05\\x06", "token = os.environ['TOKEN']",
        "compass: 123abc", "schema_version=5.18.18.8", "X-Amz-Trace: token_type=Bearer", "Hello world, Hi all, Dear Sir or Madam,", "Best regards\nCustomer Success",
        "invalid credentials id=92a9e209-a268-4987-abe7-511105c6ee5b", "task-live-reload-handler-abcdefghijklmn", "The password is incorrect for this account", "Your code is ready",
        "user account control is enabled", "github.com/pkg/errors v0.9.7", "--token and --password options", "PublicKeyToken=b77a5c561934e089",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text
