"""Every write about customers."""

from sevline.customers.actions.accounts import (
    add_account,
    archive_account,
    edit_account,
    restore_account,
)
from sevline.customers.actions.environments import (
    add_environment,
    archive_environment,
    edit_environment,
    restore_environment,
    set_version,
)
from sevline.customers.actions.surroundings import (
    add_profile_fact,
    check_authority,
    end_profile_fact,
    note_profile_taken,
    record_authority,
    verify_profile_fact,
)

__all__ = [
    "add_account",
    "add_environment",
    "add_profile_fact",
    "archive_account",
    "archive_environment",
    "check_authority",
    "edit_account",
    "edit_environment",
    "end_profile_fact",
    "note_profile_taken",
    "record_authority",
    "restore_account",
    "restore_environment",
    "set_version",
    "verify_profile_fact",
]
