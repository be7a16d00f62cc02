"""Users of one side in a table of any product and language: who they are, and whether their accounts are on.

Which side it is, its columns or its name say; what was guessed so is said, and judged with care.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sevline.core.readers.columns import snake
from sevline.core.readers.columnwords import english
from sevline.core.readers.moments import any_moment
from sevline.core.readers.scim import IDP, MAX_USERS, User, UserList
from sevline.core.readers.tables import delimiter_of

#: Names of columns, the surest first; of a dotted name such as `profile.login` the last part counts.
NAMES = ("user_principal_name", "username", "user_name", "login", "primary_email", "email", "mail", "email_address",
         "e_mail", "email_address_required")  # fmt: skip
STATES = ("active", "is_active", "account_enabled", "enabled", "is_enabled", "status", "user_status", "account_status",
          "state", "status_read_only", "suspended", "is_suspended", "deactivated", "blocked", "disabled")  # fmt: skip
CHANGED = ("status_changed", "deactivated_at", "last_updated", "last_modified", "updated_at", "modified")
#: Columns whose yes means that the account is off.
TURNED = frozenset(["suspended", "is_suspended", "deactivated", "blocked", "disabled"])
_ON = """true t yes y 1 active activated enabled on staged provisioned invited pending recovery locked_out ja aktiv
    password_expired aktiviert oui actif si sí activo activa"""
_OFF = """false f no n 0 inactive disabled off deprovisioned suspended deactivated deleted archived terminated
    offboarded blocked nein inaktiv deaktiviert gesperrt geloescht gelöscht non inactif désactivé suspendu inactivo
    inactiva desactivado suspendido"""
ON, OFF = frozenset(_ON.split()), frozenset(_OFF.split())
#: Columns that identity providers write and applications do not, and words of their names in the name of a file.
_COLUMNS = """user_principal_name account_enabled on_premises_sync_enabled status_changed org_unit_path_required
    directory_synced identity_issuer jumpcloud_id onelogin_id"""
_FILES = "okta entra azuread aad onelogin jumpcloud pingone pingfederate idp keycloak gworkspace gsuite"
_PROVIDERS, _NAMED = frozenset(_COLUMNS.split()), frozenset(_FILES.split())
#: What Okta puts before the names of its columns.
_OKTA = ("user.", "profile.")
_MAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]{1,190}\.[^@\s,;]{2,60}")
LEAST_USERS, MOSTLY = 3, 0.9


def users_of_table(text: str, artifact: str, name: str) -> UserList | None:
    """The users of a delimited table with a login or an address of each and the state of the account; None for any
    other table. `guessed` says by what the side was taken; of unknown side the list has `side` ""."""
    head = text[:8192]
    first = head.partition("\n")[0]
    if not _column(_known(first), NAMES) or not _column(_known(first), STATES):
        return None
    delimiter = delimiter_of(head)
    if not delimiter:
        return None
    rows = csv.reader(text.split("\n"), delimiter=delimiter)
    try:
        header = [cell.strip().removeprefix("\ufeff") for cell in next(rows, [])]
        held = [(rows.line_num, row) for row in islice(rows, MAX_USERS) if any(map(str.strip, row))]
    except csv.Error:
        return None
    users = tuple(_users(header, held))
    return UserList(artifact, users, *_side(header, name)) if _are_users(users) else None


def _known(line: str) -> dict[str, str]:
    """The cells of a line of names, by what readers know them as."""
    return _meant([cell.strip(' "\ufeff') for cell in re.split(r"[,;\t|]", line)])


def _meant(header: Sequence[str]) -> dict[str, str]:
    return {english(snake(cell.rpartition(".")[2])): cell for cell in reversed(header)}


def _column(columns: Mapping[str, str], known: Sequence[str]) -> str:
    return next((name for name in known if name in columns), "")


def _users(header: Sequence[str], held: Sequence[tuple[int, list[str]]]) -> Iterator[User]:
    """A user for each row; none at all where the states are not all known words."""
    columns = _meant(header)
    places = {name: header.index(column) for name, column in columns.items()}
    rows = [(line, row + [""] * (len(header) - len(row))) for line, row in held]
    state = _column(columns, STATES)
    told = {row[places[state]].strip().lower().replace(" ", "_") for _, row in rows} if state else {"?"}
    login = next((name for name in NAMES if name in places and _mostly_mails(rows, places[name])), "")
    if not login or not told <= ON | OFF:
        return
    changed = places.get(_column(columns, CHANGED))
    for line, row in rows:
        is_on = row[places[state]].strip().lower().replace(" ", "_") in ON
        address = row[places[login]].strip()
        moment = any_moment(row[changed]) if changed is not None else None
        yield User(address.casefold(), f"{line}:1", address, address, is_on != (state in TURNED), None, moment)


def _mostly_mails(rows: Sequence[tuple[int, list[str]]], place: int) -> bool:
    some = [row[place].strip() for _, row in rows[:200]]
    return bool(some) and sum(bool(_MAIL.fullmatch(cell)) for cell in some) >= MOSTLY * len(some)


def _are_users(users: Sequence[User]) -> bool:
    """One row a user: of what they did or got there would be several."""
    return len(users) >= LEAST_USERS and len({user.key for user in users}) >= MOSTLY * len(users)


def _side(header: Sequence[str], name: str) -> tuple[str, int | None, str]:
    words = set(re.split(r"[^a-z0-9]+", name.lower().rpartition("/")[2]))
    theirs = [cell for cell in header if snake(cell) in _PROVIDERS or cell.startswith(_OKTA)]
    if theirs:
        return IDP, None, f"its column “{theirs[0]}”"
    named = sorted(words & _NAMED)
    return (IDP, None, f"“{named[0]}” in its name") if named else ("", None, "a table of users")
