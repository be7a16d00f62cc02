"""`sevline doctor`: is this installation healthy, and if not, what to do."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import typer

from sevline.cli.installation import start_django, steps_behind
from sevline.core.lifecycle import Refused

Answer = tuple[bool, str]


def register(app: typer.Typer) -> None:
    @app.command()
    def doctor() -> None:
        """Check database, migrations, keys, audit trail, vault, jobs and disk; exit 1 if something needs care."""
        start_django()
        answers = list(_examine())
        for is_well, sentence in answers:
            print(f"{'ok  ' if is_well else 'CARE'}  {sentence}")
        print()
        print("A lost master key loses all evidence: no backup of the database alone can be read without it.")
        if not all(is_well for is_well, _ in answers):
            raise Refused("This installation needs care; the lines above that begin with CARE say what to do.")


def _examine() -> Iterator[Answer]:
    for check in (_database, _migrations, _keys, _trail, storage, _vault, _jobs, _disk, _administrator):
        yield _safely(check)


def _safely(check: Callable[[], Answer]) -> Answer:
    from django.db import DatabaseError

    try:
        return check()
    except Refused as refusal:
        return False, " ".join(refusal.reasons)
    except (DatabaseError, OSError) as error:
        name = check.__name__.removeprefix("_")
        if type(error) is DatabaseError:  # what SQLite says of a damaged file
            return False, f"{name.capitalize()}: {error}. Restore the database from a backup."
        return False, f"{name.capitalize()}: {type(error).__name__}. Run `sevline serve` once to bring it up to date."


def _database() -> Answer:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, f"The database ({connection.vendor}) answers."


def _migrations() -> Answer:
    if behind := steps_behind():
        return False, f"The database is {behind} steps behind this version. `sevline serve` brings it up to date."
    return True, "The database is of this version."


def _keys() -> Answer:
    from django.conf import settings

    from sevline.vault.actions import pseudonym_key
    from sevline.vault.models import CaseKey

    newest = CaseKey.objects.filter(destroyed_at__isnull=True).order_by("-pk").first()
    if newest is not None:
        pseudonym_key(newest.case_key)
    if settings.OPTIONS.is_production:
        return True, "The master key opens the newest case key."
    return (
        True,
        f"The master key opens the newest case key. It lies in {settings.OPTIONS.keys_dir}: keep a copy elsewhere.",
    )


def _trail() -> Answer:
    from sevline.platform.audit import verify

    verdict = verify()
    if verdict.is_intact:
        return True, f"The audit trail is intact ({verdict.rows} rows)."
    return False, f"The audit trail is not intact. {verdict.fault} Compare with a backup before anything is written."


def storage() -> Answer:
    """Write, read and delete a few sealed bytes where evidence is kept, and say where that is."""
    import os

    from django.conf import settings
    from django.core.files.base import ContentFile

    from sevline.vault import store

    name, data = f"doctor/{os.urandom(8).hex()}", os.urandom(64)
    store.save(name, ContentFile(data))
    came_back = b"".join(store.blocks(name)) == data
    store.delete(name)
    options = settings.OPTIONS
    place = f"the bucket {options.s3_bucket}" if options.s3_bucket else f"{options.data_dir / 'vault'}"
    if not came_back:
        return False, f"The store ({place}) gives back other bytes than it was given. Do not use it."
    return True, f"The store ({place}) writes, reads and deletes."


def _vault() -> Answer:
    from django.core.files.storage import default_storage

    from sevline.vault.models import SealedFile

    kept = SealedFile.objects.filter(gone_at__isnull=True)
    lost = [file.pk for file in kept.order_by("-pk")[:1000] if not default_storage.exists(file.name)]
    if lost:
        return (
            False,
            f"{len(lost)} sealed files of the newest 1,000 are missing from the store. Restore them from a backup.",
        )
    return True, f"The vault holds {kept.count()} sealed files."


def _jobs() -> Answer:
    from sevline.platform.jobs.worker import unfinished_before
    from sevline.platform.models import Job

    dead = Job.objects.filter(status="FAILED")
    if waiting := unfinished_before(timedelta(minutes=5)):
        return (
            False,
            f"{waiting} jobs have waited for more than 5 minutes. Is a worker running? Start `sevline worker`.",
        )
    if dead.exists():
        names = ", ".join(sorted({job.task_path.rsplit(".", 1)[-1] for job in dead[:50]}))
        return False, f"{dead.count()} jobs failed for good ({names}). Read their errors, then queue them again."
    return True, "No job waits too long and none failed for good."


def _disk() -> Answer:
    import shutil

    from django.conf import settings

    free = shutil.disk_usage(settings.OPTIONS.data_dir).free // 2**20
    need = settings.OPTIONS.max_case_mb
    room = f"{free:,} MB are free in {settings.OPTIONS.data_dir}; one case may take {need:,} MB."
    return free > need, room if free > need else f"{room} Free some space, or set SEVLINE_MAX_CASE_MB lower."


def _administrator() -> Answer:
    from sevline.core.rights import Role
    from sevline.people.models import Person

    active = [person for person in Person.objects.filter(is_active=True) if Role.ADMIN in person.roles]
    if not active:
        return (
            False,
            "Nobody administrates this installation. `sevline serve` prints the link that makes the first one.",
        )
    who = "1 person administrates" if len(active) == 1 else f"{len(active)} people administrate"
    return True, f"{who} this installation."
