"""`sevline queries` prints what a reviewer writes down, and fails while a query is not what was reviewed."""

from pathlib import Path
from typing import Any

import pytest

from tests.context.cli.calling import Command
from tests.context.dataquery import work
from tests.context.dataquery.desk import sqlite_desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_query_that_is_what_was_reviewed_is_listed_as_ok(sevline: Command, settings: Any, tmp_path: Path) -> None:
    work.listed(settings, tmp_path, sqlite_desk(tmp_path))

    said = sevline("queries")

    assert said.code == 0
    assert said.out.startswith("ok    tenant-users  ")


def test_a_query_that_changed_is_named_with_its_new_hash(sevline: Command, settings: Any, tmp_path: Path) -> None:
    work.listed(settings, tmp_path, sqlite_desk(tmp_path), sql=work.SQL + " limit 3", reviewed=work.SQL)

    said = sevline("queries")

    assert said.code == 1
    assert said.out.startswith("CARE  tenant-users  ")
    assert "Changed since the review: tenant-users." in said.err
