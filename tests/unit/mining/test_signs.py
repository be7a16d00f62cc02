"""Messages without a word are told apart by the signs between their values."""

import time

import pytest

from sevline.core.mining.signs import signs_of


@pytest.mark.parametrize(
    ("message", "signs"),
    [
        (b"0 => 0", "<*> => <*>"),
        (b"0 (0)", "<*> ( <*> )"),
        (b"a: [1, 2]", "<*> : [ <*> ]"),
        (b"x{y}: <0>", "<*> : < <*> >"),
        (b"-[0]- --", "[ <*> ] --"),
        (b"::: => 0", "::: => <*>"),
        (b"", "<*>"),
    ],
)
def test_values_are_variables_and_brackets_are_kept(message: bytes, signs: str) -> None:
    assert signs_of([message]) == [signs]


@pytest.mark.parametrize("part", [b"a", b"-", b"a-", b"a:", b"-:", b"a\1", b"(-"])
def test_a_long_run_of_signs_takes_no_longer_than_its_length(part: bytes) -> None:
    begun = time.process_time()

    signs_of([part * 20_000])

    assert time.process_time() - begun < 1
