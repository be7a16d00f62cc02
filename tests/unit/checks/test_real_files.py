"""The reference says of each check against which files of others it was held, and says where there were none."""

from pathlib import Path

import pytest
from tests.evidence import shared
from tests.unit.bench.examining import examined
from tools.docs.bench import held_against, real_files

from sevline.core.checks import every_check
from sevline.core.finding import State

TOLD = frozenset({State.FAIL, State.WARN, State.INFO})
KNOWN = {check.id for check in every_check()}


def test_the_table_names_checks_that_there_are_each_once_a_folder() -> None:
    for files in real_files().values():
        assert set(files["told"]) | set(files["passed"]) <= KNOWN
        assert not set(files["told"]) & set(files["passed"])


def test_a_check_without_a_real_file_says_so() -> None:
    held = {check: held_against(check) for check in KNOWN}

    assert held["PERM03"] == "No real file was seen."
    assert held["K8S03"].startswith("Told of: objects of clusters as kubectl prints them; passed: a support bundle")
    assert 50 < sum(words != "No real file was seen." for words in held.values()) < len(KNOWN)


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(real_files()))
def test_the_table_says_what_the_checks_say_of_those_files(folder: str) -> None:
    told = set[str]()
    for path in _files(folder):
        examination, _ = examined((path.name, path.read_bytes()))
        told |= {one.check_id for one in examination.findings if one.state in TOLD}

    assert sorted(told) == sorted(real_files()[folder]["told"])


def _files(folder: str) -> list[Path]:
    found = shared(*folder.split("/"))
    if not found:
        pytest.skip("The samples of others are not beside the repository.")
    return found
