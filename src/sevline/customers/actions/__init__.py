"""Every write about customers."""

from sevline.customers.actions.accounts import add_account, edit_account
from sevline.customers.actions.archiving import archive, restore
from sevline.customers.actions.console import (
    Listed,
    Taken,
    add_account_at_console,
    add_environment_at_console,
    import_at_console,
    listed_at_console,
    set_tenant_at_console,
)
from sevline.customers.actions.environments import add_environment, edit_environment, set_version
from sevline.customers.actions.surroundings import (
    add_profile_fact,
    check_authority,
    end_profile_fact,
    note_profile_taken,
    record_authority,
    verify_profile_fact,
)

__all__ = [
    "Listed",
    "Taken",
    "add_account",
    "add_account_at_console",
    "add_environment",
    "add_environment_at_console",
    "add_profile_fact",
    "archive",
    "check_authority",
    "edit_account",
    "edit_environment",
    "end_profile_fact",
    "import_at_console",
    "listed_at_console",
    "note_profile_taken",
    "record_authority",
    "restore",
    "set_tenant_at_console",
    "set_version",
    "verify_profile_fact",
]
