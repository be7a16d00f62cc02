"""`sevline customers`: customers and their environments, added one by one or from a list."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sevline.cli.installation import start_django, start_up_to_date
from sevline.cli.paths import existing

if TYPE_CHECKING:
    from sevline.customers.actions import Listed


class Form(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"


Key = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help="The customer's key, as `sevline customers list` prints it.")
]


def register(app: typer.Typer) -> None:
    customers = typer.Typer(no_args_is_help=True, help="Customers and their environments.")
    app.add_typer(customers, name="customers")

    @customers.callback()
    def group() -> None:
        """Customers and their environments."""

    customers.command()(add)
    customers.command()(environment)
    customers.command()(tenant)
    customers.command("list")(list_)
    customers.command("import")(import_)


def add(
    name: Annotated[str, typer.Argument(help="The customer's name.")],
    *,
    key: Annotated[str, typer.Option(help="Stands in addresses; made from the name where none is given.")] = "",
    plan: Annotated[str, typer.Option(help="enterprise or standard; it picks the service-level targets.")] = "standard",
    region: Annotated[str, typer.Option(help="Such as EU.")] = "",
    seats: Annotated[int, typer.Option(help="People who use the product there.")] = 0,
    time_zone: Annotated[str, typer.Option(help="Such as Europe/Berlin.")] = "UTC",
    language: Annotated[str, typer.Option(help="Such as en or pt-BR.")] = "en",
) -> None:
    """Add a customer."""
    start_up_to_date()
    from sevline.customers.actions import add_account_at_console

    added = add_account_at_console(
        name=name, key=key, plan=plan, region=region, seats=seats, time_zone=time_zone, language=language
    )
    print(f"{added.name} is added with the key {added.key}.")
    print(f"Add an environment: sevline customers environment {added.key} NAME TENANT")


def environment(
    key: Key,
    name: Annotated[str, typer.Argument(help="Such as “Production EU”.")],
    tenant_: Annotated[str, typer.Argument(metavar="TENANT", help="The tenant's id, as logs write it.")],
    *,
    kind: Annotated[str, typer.Option(help="production, staging or sandbox.")] = "production",
    region: Annotated[str, typer.Option(help="Such as EU.")] = "",
    version: Annotated[str, typer.Option(help="The version that runs there.")] = "",
) -> None:
    """Add an environment of a customer."""
    start_up_to_date()
    from sevline.customers.actions import add_environment_at_console

    added = add_environment_at_console(key, name=name, tenant=tenant_, kind=kind, region=region, version=version)
    print(f"{added} is added to {added.account.name}.")


def tenant(
    key: Key,
    old: Annotated[str, typer.Argument(metavar="TENANT", help="The tenant that the environment has now.")],
    new: Annotated[str, typer.Argument(metavar="NEW-TENANT", help="The one that it has from now on.")],
) -> None:
    """Give an environment another tenant, also where the upgrade stopped because two customers had the same."""
    start_django()
    from sevline.customers.actions import set_tenant_at_console

    print(f"{set_tenant_at_console(key, old, new)} of {key} is saved.")


def list_(
    *,
    archived: Annotated[bool, typer.Option("--archived", help="Those that are archived instead.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How to print them; CSV can be imported again.")] = Form.TEXT,
) -> None:
    """Print the customers with their environments."""
    start_up_to_date()
    from sevline.core.customerlist import as_csv
    from sevline.customers.actions import listed_at_console

    listed = list(listed_at_console(archived=archived))
    rows = [row for one in listed for row in one.rows]
    if form is Form.CSV:
        sys.stdout.write(as_csv(rows))
    elif form is Form.JSON:
        print(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False))
    elif listed:
        print("\n".join(line for one in listed for line in _lines(one)))
    else:
        nobody = "No customer is here yet. Add one: sevline customers add NAME"
        print("No customer is archived." if archived else nobody)


def _lines(one: "Listed") -> Iterator[str]:
    about = ", ".join(filter(None, (one.account.plan, one.account.region, f"{one.account.seats:,} seats")))
    yield f"{one.account.key:<24} {one.account.name} ({about})"
    for row in one.rows:
        version = f", {row.version}" if row.version else ""
        if row.tenant:
            yield f"{'':<24}   {row.environment}: tenant {row.tenant}, {row.kind}{version}"


def import_(
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="CSV with the columns that the list prints.")],
) -> None:
    """Add the customers and environments of a list; what is there already stays as it is."""
    data = sys.stdin.buffer.read() if path == "-" else existing(path).read_bytes()
    start_up_to_date()
    from sevline.customers.actions import import_at_console

    taken = import_at_console(data)
    print(
        f"{taken.accounts:,} customers and {taken.environments:,} environments are new; "
        f"{taken.known:,} rows were there already."
    )
    for problem in taken.problems:
        print(problem, file=sys.stderr)
    if taken.problems:
        raise typer.Exit(1)
