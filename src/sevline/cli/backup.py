"""`sevline backup` and `sevline restore`: database, vault and keys in one file."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sevline.cli.installation import start_django, start_up_to_date, upgrade
from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from sevline.platform.backup_file import BackupFile


def register(app: typer.Typer) -> None:
    @app.command()
    def backup(out: Path = typer.Argument(help="The file to write, such as sevline-2026-11-23.tar.gz.")) -> None:
        """Write database, vault, keys and audit head into one file."""
        if out.exists():
            raise Refused(f"{out} exists already; name a new file.")
        start_up_to_date()
        from sevline.platform.backup import write

        fresh = out.with_name(out.name + ".part")
        counts = write(fresh)
        fresh.replace(out)
        print(f"Wrote {out}: {counts['rows']} rows and {counts['files']} sealed files.")
        print("It holds the keys too: whoever has this file can read everything. Keep it as you keep the keys.")

    @app.command()
    def restore(file: Path = typer.Argument(help="A file that `sevline backup` wrote.")) -> None:
        """Load a backup into an empty installation, on SQLite or PostgreSQL."""
        from sevline.platform.backup_file import BackupFile

        _put_keys(BackupFile(file))
        start_django()
        upgrade()
        from sevline.platform.audit import verify
        from sevline.platform.backup import Backup

        counts = Backup(file).restore()
        verdict = verify()
        if not verdict.is_intact:
            advice = " If the backup is merely older than that, say so with `sevline audit accept`."
            raise Refused(
                f"The rows are restored, but the audit trail is not intact. {verdict.fault}"
                f"{advice if verdict.explainable else ''}"
            )
        print(f"Restored {counts['rows']} rows and {counts['files']} sealed files; the audit trail is intact.")


def _put_keys(backup: "BackupFile") -> None:
    """Place the keys before the settings are read. Keys that are there and differ are never replaced."""
    from sevline.config.options import load, write_new

    options = load()
    keys = backup.keys()
    named = {"master.key": options.master_key_file, "audit.key": options.audit_key_file}
    for name, text in keys.items():
        path = named.get(name) or options.keys_dir / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_new(path, text)
        if path.read_text().strip() != text:
            raise Refused(f"{path} holds another key than the backup. Restore where no keys were made yet.")
    if "signing.key" not in keys and not options.secret_key:
        print("The backup was written with SEVLINE_SECRET_KEY set: set it as before, or links that were sent end.")
