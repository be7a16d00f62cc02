"""The two live databases of these tests, made once."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.context.dataquery.desk import Desk, postgresql_desk, sqlite_desk


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return sqlite_desk(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="session")
def postgresql_source() -> Iterator[Desk]:
    with ExitStack() as stack:
        yield stack.enter_context(postgresql_desk())


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest) -> Desk:
    """Each test that asks for it runs on both."""
    found = request.getfixturevalue(f"{request.param}_source")
    assert isinstance(found, Desk)
    return found
