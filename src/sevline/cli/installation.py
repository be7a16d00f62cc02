"""Commands that stand on Django: settings first, so that what is missing is said in a sentence."""

import os


def start_django() -> None:
    """Load the settings and the rooms of this installation; Refused says what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sevline.config.settings")
    import django

    django.setup()


def upgrade(*, quietly: bool = True) -> None:
    """Bring the database to this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0 if quietly else 1, interactive=False)
    call_command("createcachetable", verbosity=0)
