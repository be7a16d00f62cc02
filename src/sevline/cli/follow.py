"""`sevline follow`: one request through logs and services, by its id."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sevline.cli.paths import existing
from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.core.mining.surfacing.stitching import Way
    from sevline.core.readers.logs.events import LogEvent

_LINES = 6


def register(app: typer.Typer) -> None:
    @app.command()
    def follow(
        wanted: Annotated[str, typer.Argument(metavar="ID", help="A trace, request or session id.")],
        paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Logs, exports and archives of logs.")],
    ) -> None:
        """Draw the way of one request through its services: hops in order, the failing one, gaps and clock skew."""
        from secrets import token_bytes

        from sevline.core.mining.surfacing.stitching import follow as way_of
        from sevline.core.redaction import Mode, Redactor

        way = way_of((event for path in paths for event in _events(path)), wanted)
        if way is None:
            raise Refused(f"No record in these logs names {wanted} as a trace, request or session id.")
        # What is shown is redacted as a whole, so that the same value has the same mark in every hop.
        shown = Redactor(token_bytes(32)).document(Mode.LOGS, _drawn(way).encode("utf-8", "replace"))
        print(shown.data.decode("utf-8", "replace"), end="")


def _events(path: str) -> "Iterator[LogEvent]":
    from sevline.core.readers.logs.archives import logs_in
    from sevline.core.readers.logs.events import read_events
    from sevline.core.readers.logs.streams import Inflow

    file = Path(path)
    if not existing(file).is_file():
        raise Refused(f"{path} is no file. Name the logs themselves, or an archive of them.")
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    with ExitStack() as stack:
        stream = stack.enter_context(file.open("rb"))
        for member in logs_in(stream, file.name, Inflow()):
            _, found = read_events(member.blocks, source=member.name, reference=written)
            yield from found


def _drawn(way: "Way") -> str:
    from sevline.core.mining.report import visible

    lines = [f"{len(way.hops)} {'hop' if len(way.hops) == 1 else 'hops'}, ordered by {way.ordered_by}."]
    for number, hop in enumerate(way.hops, 1):
        failed = "  FAILED HERE" if hop is way.failing else ""
        begun = f"{hop.first:%Y-%m-%d %H:%M:%S.%f}"[:-3] + " UTC" if hop.first else "no time"
        lines.append(f"{number}. {'  ' * hop.depth}{visible(hop.service)}  {begun}{failed}")
        for event in hop.events[:_LINES]:
            text = visible(event.message.partition("\n")[0])[:160]
            lines.append(
                f"   {'  ' * hop.depth}{event.level or '-':<5} {text}  ({visible(event.source)}:{event.line_no})"
            )
        if len(hop.events) > _LINES:
            lines.append(f"   {'  ' * hop.depth}{len(hop.events) - _LINES:,} more records")
    return "\n".join([*lines, *way.warnings]) + "\n"
