"""A letter of the desk keeps the names of the desk where it greets and is signed, and nothing else."""

import pytest

from sevline.core.letters import names_that_stay

PEOPLE = ("Lea Lindqvist", "Sam Okafor")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hi Lea,\n\nthe log is here.\n\nKind regards,\nSam Okafor", ("Lea", "Sam", "Sam Okafor")),
        ("We mend it today.\nBest regards, Sam", ("Sam",)),
        ("The password is Sam.\nKind regards, Sam", ()),
        ("Sam Miller cannot sign in.\nSam Okafor", ("Sam Okafor",)),
        ("Dear Annelie,\nall is well.", ()),
        ("", ()),
    ],
)
def test_a_name_stays_where_it_greets_or_signs_and_stands_nowhere_else(text: str, names: tuple[str, ...]) -> None:
    assert names_that_stay(text, PEOPLE) == names
