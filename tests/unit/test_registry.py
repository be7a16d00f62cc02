"""What is found by its place is looked for once in the life of a process."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from sevline.core.registry import Registry

MADE = Registry[str]("thing")
ENTRY = f"from {__name__} import MADE\n\nMADE.add({{0!r}}, {{0!r}})\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A package of things with one file."""
    place = tmp_path / "things_of_a_test"
    place.mkdir()
    (place / "__init__.py").write_text("")
    (place / "one.py").write_text(ENTRY.format("one"))
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__(place.name)
    return sys.modules[place.name]


def test_a_folder_is_looked_into_once(folder: ModuleType) -> None:
    MADE.discover(folder)
    (Path(folder.__path__[0]) / "two.py").write_text(ENTRY.format("two"))
    sys.path_importer_cache.clear()

    MADE.discover(folder)

    assert list(MADE) == ["one"]
