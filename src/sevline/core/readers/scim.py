"""Provisioning material: lists of users as SCIM answers, exports of identity providers, or CSV.

Which side a list is of is told by the person (`--as scim-idp=…`), or by fields that only one side writes.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sevline.core.finding import Evidence, Given
from sevline.core.readers.moments import iso_moment

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
MAX_USERS = 200_000
IDP, APP = "idp", "app"
COLUMNS = {
    "id": ("id", "objectid", "userid", "externalid"),
    "name": ("username", "userprincipalname", "login", "mail", "email", "primaryemail"),
    "email": ("email", "mail", "primaryemail", "emailaddress"),
    "active": ("active", "accountenabled", "enabled", "status", "suspended", "deactivated"),
    "groups": ("groups", "roles", "memberof"),
    "changed": ("deactivatedat", "lastupdated", "lastmodified", "modified", "statuschanged", "updatedat"),
}
OFF = frozenset({"false", "0", "no", "inactive", "disabled", "deprovisioned", "suspended", "deactivated", "deleted"})
THEIRS = frozenset({"userprincipalname", "accountenabled", "objectid", "statuschanged", "profile"})


@dataclass(frozen=True, slots=True)
class User:
    """`key` joins both sides: the user name in lower case. `changed` is when the account was last changed there."""

    key: str
    locator: str
    name: str
    email: str = ""
    active: bool = True
    groups: frozenset[str] | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class UserList(Given):
    """The users that one side knows. `side` is “idp”, “app” or “”; `total` is what a SCIM answer says there are."""

    what = "a list of users of one side"
    how = "Export the users assigned at the identity provider and those of our app, as SCIM JSON or CSV, and name them "
    how += "with --as scim-idp=PATH and --as scim-app=PATH."

    artifact: str
    users: tuple[User, ...]
    side: str = ""
    total: int | None = None
    guessed: str = ""
    """By what the side was taken where neither a person nor SCIM says it; such a list may hold more users, or fewer,
    than those that are assigned."""

    def cite(self, user: User, observed: str, expected: str) -> Evidence:
        return Evidence(self.artifact, user.locator, observed, expected)


def users_of_document(document: object, artifact: str, side: str = "") -> UserList | None:
    """A SCIM list answer, a list of users, or a table with one; None where there are no users."""
    total: int | None = None
    base, rows = "", document
    if isinstance(document, dict):
        told = document.get("totalResults")
        total = told if isinstance(told, int) else None
        found = next((name for name in ("Resources", "users", "value", "items") if _rows(document.get(name))), "")
        base, rows = f"/{found}", document.get(found)
    listed = _rows(rows)
    if listed is None or not all(_has_name(row) for row in listed[:20]):
        return None
    users = tuple(_user(_flat(row), f"{base}/{at}") for at, row in enumerate(listed[:MAX_USERS]))
    return UserList(artifact, users, side or _side(listed[0]), total)


def users_of_lines(text: str, artifact: str, side: str) -> UserList | None:
    """CSV with a header line; only where a person named its side."""
    # A lone carriage return and a zero byte are more than the CSV reader takes.
    lines = text.replace("\r", " ").replace("\x00", " ").split("\n")
    if not side or len(lines) < 2:
        return None
    rows = csv.reader(lines[:MAX_USERS])
    header = [_folded(name) for name in next(rows, [])]
    try:
        users = tuple(
            _user(dict(zip(header, row, strict=False)), f"{rows.line_num}:1")
            for row in rows
            if any(map(str.strip, row))
        )
    except csv.Error:  # a field longer than any user's
        return None
    named = bool(set(header) & set(COLUMNS["name"]))
    return UserList(artifact, users, side) if named and users else None


def _rows(value: object) -> list[dict[str, Any]] | None:
    return value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else None


def _has_name(row: Mapping[str, Any]) -> bool:
    return any(name in _flat(row) for name in ("username", "userprincipalname", "login", "primaryemail"))


def _side(row: Mapping[str, Any]) -> str:
    if {_folded(name) for name in row} & THEIRS:
        return IDP
    meta = row.get("meta")
    return APP if isinstance(meta, dict) and "resourceType" in meta else ""


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Names folded; the profile of an account (Okta) and its meta (SCIM) count as its own fields."""
    inner: dict[str, Any] = {}
    for part in ("profile", "meta"):
        value = row.get(part)
        inner |= value if isinstance(value, dict) else {}
    return {_folded(name): value for name, value in {**inner, **row}.items()}


def _folded(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _user(row: Mapping[str, Any], locator: str) -> User:
    name = _text(_first(row, "name"))
    groups = _first(row, "groups")
    return User(
        key=name.strip().casefold(),
        locator=locator,
        name=name.strip(),
        email=_email(row).strip(),
        active=_active(row),
        groups=None if groups is None else frozenset(_names(groups)),
        changed=iso_moment(_first(row, "changed")),
    )


def _first(row: Mapping[str, Any], meaning: str) -> Any:
    return next((row[name] for name in COLUMNS[meaning] if row.get(name) not in (None, "")), None)


def _email(row: Mapping[str, Any]) -> str:
    emails = row.get("emails")
    if isinstance(emails, list):
        held = [one for one in emails if isinstance(one, dict)]
        primary = next((one for one in held if one.get("primary") is True), held[0] if held else {})
        return _text(primary.get("value"))
    return _text(_first(row, "email"))


def _active(row: Mapping[str, Any]) -> bool:
    for name in ("suspended", "deactivated"):
        if str(row.get(name, "")).strip().lower() in {"true", "1", "yes"}:
            return False
    told = next((row[name] for name in ("active", "accountenabled", "enabled", "status") if name in row), True)
    return str(told).strip().lower() not in OFF


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (part.strip().casefold() for part in value.replace(";", ",").split(",") if part.strip())
    for one in value if isinstance(value, list) else ():
        told = (one.get("display") or one.get("value")) if isinstance(one, dict) else one
        if isinstance(told, str) and told.strip():
            yield told.strip().casefold()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
