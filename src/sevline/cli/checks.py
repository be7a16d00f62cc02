"""`sevline checks`: every check of the bench with what it looks at and what it needs."""

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.core.finding import Check


class Layout(StrEnum):
    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    app.command("checks")(checks)


def checks(
    wanted: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids, or how they begin.")] = None,
    form: Annotated[Layout, typer.Option("--format", help="How the list is written.")] = Layout.TEXT,
) -> None:
    """List every check: what it looks at, what it needs, and how to get what is missing."""
    from sevline.core.checks import every_check

    begins = tuple(one.upper() for one in wanted or [""])
    chosen = sorted((one for one in every_check() if one.id.startswith(begins)), key=lambda one: one.id)
    if not chosen:
        raise Refused(f"There is no check whose id begins with {' or '.join(begins)}.")
    told = [_described(one) for one in chosen]
    if form is Layout.JSON:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    for one in told:
        sys.stdout.write(f"{one['id']:8} {one['title']}\n")
        for need in one["needs"]:
            sys.stdout.write(f"{'':8} {'uses' if need['optional'] else 'needs'} {need['what']}\n")
    sys.stdout.write(f"{len(told)} check{'' if len(told) == 1 else 's'}.\n")


def _described(check: "Check") -> dict[str, Any]:
    needs = [
        {"what": need.kind.what, "how": need.kind.how, "optional": need.optional or need.many}
        for need in check.inputs.values()
    ]
    return {
        "id": check.id,
        "title": check.title,
        "version": check.version,
        "needs": needs,
        "supports": list(check.supports),
        "refutes": list(check.refutes),
    }
