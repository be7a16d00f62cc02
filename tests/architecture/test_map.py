"""The requirements are complete, the marks name real ones, and the generated pages say what their sources say."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.docs.marks import marked_tests
from tools.docs.pages import ROOT, outdated, pages
from tools.docs.requirement_map import places, render
from tools.docs.requirements import requirements

SPEC = ROOT / "docs" / "spec"
SOURCE = ROOT.parent / "shared" / "spec"
KNOWN = requirements(SPEC)
RUN = 8

needs_source = pytest.mark.skipif(
    not SOURCE.is_dir(), reason="The shared specification (../shared/spec) is not beside this checkout."
)


def test_there_are_307_requirements_each_once() -> None:
    numbers = Counter(requirement.id for requirement in KNOWN)

    assert sorted(numbers) == [f"R-{number:03}" for number in range(1, 308)]
    assert set(numbers.values()) == {1}


def test_every_requirement_says_something_in_each_part() -> None:
    thin = [each.id for each in KNOWN if min(len(each.rule), len(each.accept)) < 20 or not each.data]

    assert thin == []


def test_every_mark_names_a_requirement() -> None:
    strange = {mark for mark in marked_tests(ROOT / "tests") if mark.requirement not in {each.id for each in KNOWN}}

    assert strange == set()


def test_every_place_belongs_to_a_requirement() -> None:
    assert places(SPEC / "where.toml", KNOWN)


def test_the_generated_pages_are_up_to_date() -> None:
    assert outdated(pages()) == [], "Run `make docs`."


def test_a_requirement_without_a_test_is_open(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text(
        "import pytest\n@pytest.mark.requirement('R-001')\ndef test_it(): ...\n"
        "@pytest.mark.requirement('R-001')\nclass TestThem:\n    def test_too(self): ...\n"
    )

    text = render(KNOWN[:2], marked_tests(tmp_path / "tests"), {})

    assert "`tests/test_one.py::test_it`<br>`tests/test_one.py::TestThem::test_too`" in text
    assert "1 of 2 requirements" in text
    assert re.search(r"R-002\].*\| open \| open \|", text)


def test_a_mark_that_names_nothing_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("import pytest\n@pytest.mark.requirement(NUMBER)\ndef test_it(): ...\n")

    with pytest.raises(ValueError, match="line 2: the mark names no requirement"):
        marked_tests(tmp_path)


def test_a_module_in_another_form_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "m01-cases.md").write_text("# M01 Cases\n\n## R-001 Record\n\n- **Rule.** One.\n- **Accept.** Two.\n")

    with pytest.raises(ValueError, match=r"m01-cases\.md: “## R-001 Record”"):
        requirements(tmp_path)


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9_]+", text.lower())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


@needs_source
def test_no_requirement_repeats_eight_words_of_its_source() -> None:
    source = {run for path in SOURCE.glob("m[0-9][0-9]-*.md") for run in runs(path.read_text(encoding="utf-8"))}

    repeated = {each.id: found for each in KNOWN if (found := source.intersection(_runs_of(each.rule, each.accept)))}

    assert repeated == {}


def _runs_of(*parts: str) -> set[str]:
    return {run for part in parts for run in runs(part)}


# What the source says in other signs, or says about itself.
WRITTEN_OTHERWISE = {"R-063": {"8"}, "R-210": {"5,4,4,5,3,4,3,5"}, "R-242": {"5", "20"}}


@needs_source
def test_every_number_of_the_source_is_carried_over() -> None:
    ours = {each.id: _numbers(f"{each.rule} {each.data} {each.accept}") for each in KNOWN}
    lost = {id_: missing for id_, theirs in _source_numbers() if (missing := theirs - ours[id_])}

    assert lost == WRITTEN_OTHERWISE


def _source_numbers() -> Iterator[tuple[str, set[str]]]:
    for path in sorted(SOURCE.glob("m[0-9][0-9]-*.md")):
        for block in re.split(r"(?m)^(?=\*\*R-)", path.read_text(encoding="utf-8"))[1:]:
            kept = [line.split("· Sees:")[0] for line in block.splitlines()[1:] if not line.startswith("- Prevents")]
            yield block[2:7], _numbers(" ".join(kept))


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))
