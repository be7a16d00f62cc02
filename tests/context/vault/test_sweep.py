"""Files that a killed upload left behind go after a day; everything that a row names stays."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sevline.platform import clock
from sevline.vault import actions as vault
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_sweep_of_a_store_that_has_no_folder_yet_finds_nothing() -> None:
    assert not default_storage.exists("")

    assert vault.sweep(clock.now()) == 0


def test_only_what_no_row_names_is_deleted_and_only_after_a_day() -> None:
    kept = vault.seal_file(make.case().key, [b"what was sent"], "original")
    default_storage.save("ab/left-behind", ContentFile(b"half a file"))

    assert vault.sweep(clock.now() + timedelta(hours=23)) == 0
    assert vault.sweep(clock.now() + timedelta(hours=25)) == 1
    assert default_storage.exists(kept.name)
    assert not default_storage.exists("ab/left-behind")
    assert b"".join(vault.open_file(kept.pk)) == b"what was sent"
