"""Live databases with the desk that the attacks aim at: an SQLite file, and a PostgreSQL with a login that may read."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from sevline.core.sql import Catalogue, Dialect
from tests import postgres
from tests.sql_attacks import catalogue, tables


@dataclass(frozen=True, slots=True)
class Desk:
    """A data source; `owner` is the address of who may write there."""

    url: str
    owner: str
    dialect: Dialect

    @property
    def catalogue(self) -> Catalogue:
        return catalogue(self.dialect)

    def contents(self) -> list[tuple[object, ...]]:
        """Every row of every table, and the names of the tables, read by the owner."""
        if self.dialect == "sqlite":
            with closing(sqlite3.connect(self.owner)) as file:
                names = [(name,) for (name,) in file.execute("SELECT name FROM sqlite_master ORDER BY name")]
                return [*names, *(row for (name,) in names for row in file.execute(f"SELECT * FROM {name} ORDER BY 1"))]
        import psycopg

        with psycopg.connect(self.owner) as session:
            found = session.execute("SELECT relname FROM pg_class WHERE relnamespace = 'diag'::regnamespace ORDER BY 1")
            names = found.fetchall()
            shown = [session.execute(f"SELECT * FROM diag.{name} ORDER BY 1").fetchall() for (name,) in names]
        return [*names, *(row for rows in shown for row in rows)]


def sqlite_desk(folder: Path) -> Desk:
    path = folder / "desk of data.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        for statement in tables("main"):
            file.execute(statement)
        file.commit()
    return Desk(f"sqlite://{str(path).replace(' ', '%20')}", str(path), "sqlite")


@contextmanager
def postgresql_desk() -> Iterator[Desk]:
    """A database of its own on the server of the tests, else on a throw-away one; skips where there is neither."""
    given = os.environ.get(postgres.URL)
    if given:
        with _filled(given) as desk:
            yield desk
        return
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed here.")
    with postgres.cluster() as url, _filled(url) as desk:
        yield desk


@contextmanager
def _filled(server: str) -> Iterator[Desk]:
    import psycopg

    name = f"desk_{uuid4().hex[:10]}"
    owner = urlsplit(server)._replace(path=f"/{name}").geturl()
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"CREATE DATABASE {name}")
        session.execute(f"CREATE ROLE {name} LOGIN NOINHERIT PASSWORD 'read only'")
    with psycopg.connect(owner, autocommit=True) as session:
        session.execute("CREATE SCHEMA diag")
        for statement in tables("diag"):
            session.execute(statement)
        session.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        session.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        session.execute(f"GRANT CONNECT ON DATABASE {name} TO {name}")
        session.execute(f"GRANT USAGE ON SCHEMA diag TO {name}")
        session.execute(f"GRANT SELECT ON diag.users, diag.orders TO {name}")
    parts = urlsplit(owner)
    reader = parts._replace(netloc=f"{name}:read%20only@{parts.hostname}:{parts.port}").geturl()
    try:
        yield Desk(reader, owner, "postgres")
    finally:
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")
            session.execute(f"DROP ROLE {name}")
