"""`sevline evidence`: files into a case from a shell, for bundles that lie on the server already."""

from collections.abc import Iterator
from pathlib import Path

import typer

from sevline.cli.installation import start_up_to_date
from sevline.core.lifecycle import Refused

BLOCK = 1024 * 1024


def register(app: typer.Typer) -> None:
    evidence = typer.Typer(no_args_is_help=True, help="Evidence of a case.")
    app.add_typer(evidence, name="evidence")

    @evidence.callback()
    def group() -> None:
        """Evidence of a case."""

    @evidence.command()
    def add(
        case: str = typer.Argument(help="The case, such as C-1042."),
        paths: list[Path] = typer.Argument(help="Files, and folders whose files are taken each."),
        person: str = typer.Option(..., "--as", help="E-mail address of the person in whose name they come in."),
        source: str = typer.Option("", help="Who or what gave them."),
        how: str = typer.Option("", help="The query, command or steps that collected them."),
    ) -> None:
        """Seal files into a case and queue their redaction; exit 1 if one of them was refused."""
        start_up_to_date()
        by = _person(person)
        refused = [path for path in _files(paths) if not _add(case, path, by, source, how)]
        if refused:
            raise Refused(f"{len(refused)} of the files were not kept; the lines above say why.")


def _person(email: str) -> object:
    from sevline.people.models import Person

    found = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None:
        raise Refused(f"Nobody with the address {email} works here.")
    return found


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files below, without links: what a link leads to is named by its own path."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
        else:
            yield path


def _add(case: str, path: Path, by: object, source: str, how: str) -> bool:
    from sevline.evidence.actions import Origin, attach
    from sevline.evidence.models import Way
    from sevline.people.models import Person

    assert isinstance(by, Person)  # noqa: S101 - `_person` answers nothing else
    try:
        with path.open("rb") as file:
            blocks = iter(lambda: file.read(BLOCK), b"")
            upload = attach(case, path.name, blocks, by=by, origin=Origin(source, how), way=Way.COMMAND)
    except OSError as problem:
        print(f"{path}: {problem.strerror or problem}.")
        return False
    except Refused as refusal:
        print(f"{path}: {refusal}")
        return False
    print(f"{path}: U-{upload.number}, {upload.size:,} bytes, sha256 {upload.sha256}")
    return True
