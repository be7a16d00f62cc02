"""A file of data sources over the desk of the attacks, with one reviewed query."""

from pathlib import Path
from typing import Any

from sevline.cases.models import Case
from sevline.core.sql.library import Library
from sevline.core.tables import parse
from sevline.platform.models import Event
from tests import make
from tests.context.dataquery.desk import Desk

SQL = "select email, plan from users where tenant_id = :tenant and id < :most order by id"
LIST = """
version = "1"
[[source]]
key = "billing"
title = "Billing replica"
url = "{url}"
dialect = "{dialect}"
schema = "{schema}"
[[table]]
source = "billing"
name = "users"
columns = [
    {{ name = "id", type = "int" }}, {{ name = "email", mask = "email" }}, {{ name = "name", mask = "person" }},
    {{ name = "plan" }}, {{ name = "tenant_id", type = "int" }},
]
[[table]]
source = "billing"
name = "orders"
columns = [{{ name = "id", type = "int" }}, {{ name = "user_id", type = "int" }}, {{ name = "placed_at" }}]
[[query]]
id = "tenant-users"
title = "Users of a tenant"
source = "billing"
sql = "{sql}"
owner = "Ines Duarte"
reviewed_by = "Irina Sol"
hash = "{hash}"
issue_types = ["sso"]
parameters = [
    {{ name = "tenant", type = "integer", label = "Tenant" }}, {{ name = "most", type = "integer", label = "Up to" }},
]
"""


def library_text(source: Desk, sql: str = SQL, reviewed: str = SQL) -> str:
    """The file as its reviewer left it: the hash is that of `reviewed`, whatever the query is now."""
    schema = "main" if source.dialect == "sqlite" else "diag"
    given = {"url": source.url, "dialect": source.dialect, "schema": schema}
    unsigned = parse("data sources", LIST.format(**given, sql=reviewed, hash=""), Library)
    return LIST.format(**given, sql=sql, hash=unsigned.reviewable("tenant-users"))


def listed(settings: Any, folder: Path, source: Desk, **changed: str) -> None:
    path = folder / "data-sources.toml"
    path.write_text(library_text(source, **changed), encoding="utf-8")
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"data_sources_file": path})


def case() -> Case:
    return make.case(severity=3)


def told(kind: str) -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(kind=kind).order_by("seq")]
