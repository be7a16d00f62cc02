"""Installations that run beside the test, each with a folder, a port and a database of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.installation import Installation, database

Install = Callable[[], Installation]


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    """Makes one more installation; whatever of it still runs at the end is stopped."""
    made: list[Installation] = []
    with ExitStack() as kept:

        def one_more() -> Installation:
            folder = tmp_path / f"installation-{len(made)}"
            folder.mkdir()
            made.append(Installation(folder, database_url=kept.enter_context(database())))
            return made[-1]

        yield one_more
        for installation in made:
            installation.stop()
