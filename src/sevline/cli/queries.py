"""`sevline queries`: the reviewed queries of the data sources, and whether each is still what was reviewed."""

import typer

from sevline.cli.installation import start_django
from sevline.core.lifecycle import Refused


def register(app: typer.Typer) -> None:
    @app.command()
    def queries() -> None:
        """List the reviewed data queries with the hash to write down after a review; exit 1 if one may not run."""
        start_django()
        from sevline.dataquery.sources import library

        held = library()
        stale = [row.id for row in held.query if held.reviewable(row.id) != row.hash]
        for row in held.query:
            print(f"{'CARE' if row.id in stale else 'ok  '}  {row.id}  {held.reviewable(row.id)}  {row.title}")
        if not held.query:
            print("No reviewed query is listed. The setting data_sources_file names the file.")
        if stale:
            raise Refused(
                f"Changed since the review: {', '.join(stale)}. Once somebody other than the owner has read the query, "
                "write the hash above into the file."
            )
