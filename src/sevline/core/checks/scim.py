"""Provisioning by SCIM: errors by kind, paging, and the users of both sides compared one by one."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.bydesign import by_design
from sevline.core.readers.http import Exchange, Har, Traffic
from sevline.core.readers.jsonbodies import json_body
from sevline.core.readers.scim import APP, ERROR, IDP, LIST, User, UserList
from sevline.core.readers.signin import query_of
from sevline.core.readers.traffic import MAX_CITED

#: scimType of RFC 7644: what it means, who can change it, and the next step.
KINDS = {
    "invalidFilter": ("the filter is not understood", Side.CUSTOMER_IDP,
                      "Compare attribute and operator of the filter with what our schema offers."),
    "tooMany": ("the filter matches too many records", Side.CUSTOMER_IDP, "Narrow the filter, or ask for pages."),
    "uniqueness": ("another record has the same value already", Side.CUSTOMER_IDP,
                   "Match existing users by userName or externalId before creating them."),
    "mutability": ("an attribute is read-only or cannot be changed any more", Side.CUSTOMER_IDP,
                   "Take the attribute out of the mapping, or send it at creation only."),
    "invalidSyntax": ("the body does not have the form of its schema", Side.CUSTOMER_IDP,
                      "Compare body and “schemas” with our schema; look for a wrong type."),
    "invalidPath": ("the path of a change is not understood", Side.CUSTOMER_IDP,
                    "Compare the path with our schema; extensions need their full name."),
    "noTarget": ("the path of a change matches nothing", Side.CUSTOMER_IDP,
                 "Add the value instead of replacing it, or correct the filter in the path."),
    "invalidValue": ("a value is missing or not allowed", Side.CUSTOMER_IDP,
                     "Read the detail: it names the attribute; correct its mapping."),
    "invalidVers": ("the protocol version is not spoken here", Side.CUSTOMER_IDP, "Use SCIM 2.0 paths and schemas."),
    "sensitive": ("a value may not stand in an address", Side.CUSTOMER_IDP, "Search by POST to “/.search”."),
}  # fmt: skip
BY_STATUS = {
    401: ("the token was refused", Side.CUSTOMER_IDP, "Renew the provisioning token at the identity provider."),
    403: ("the token may not do this", Side.OUR_APP, "Compare the token's rights with the call."),
    404: ("the user or group is not there", Side.CUSTOMER_IDP, "Look whether it was deleted; link the account again."),
    409: ("another record has the same value already", Side.CUSTOMER_IDP, KINDS["uniqueness"][2]),
    429: ("too many calls", Side.CUSTOMER_IDP, "Slow the provisioning cycle down, and honour Retry-After."),
}
UNKNOWN_KIND = ("the answer names no kind", Side.UNKNOWN, "Take the request id to our log.")


@check("SCIM01", supports=("provisioning-error",))
def errors(traffic: Traffic) -> Iterator[Finding]:
    """SCIM errors by kind: schema, filter, uniqueness, path, value"""
    found: dict[tuple[str, str, str, int, str], list[tuple[Exchange, dict[str, Any]]]] = {}
    designed = by_design(traffic)
    for call in traffic.exchanges:
        body = json_body(call.response_body)
        told = body if isinstance(body, dict) and ERROR in (body.get("schemas") or []) else {}
        if call.locator in designed:
            continue
        if told or (call.status >= 400 and "/scim/" in call.path.lower()):
            key = (call.method, call.host, _collection(call.path), call.status, str(told.get("scimType", "")))
            found.setdefault(key, []).append((call, told))
    yield from map(_error, found.values())


def _collection(path: str) -> str:
    """The path without the id of one record."""
    kept = re.match(r"(?i)(.*/(?:users|groups|bulk|schemas|me))(?:/|$)", path[:2_000])
    return kept[1] if kept else path


def _error(answers: list[tuple[Exchange, dict[str, Any]]]) -> Finding:
    call, told = answers[0]
    kind, detail = str(told.get("scimType", "")), str(told.get("detail", ""))[:160]
    means, side, step = KINDS.get(kind) or BY_STATUS.get(call.status) or UNKNOWN_KIND
    times = f" {len(answers):,} times" if len(answers) > 1 else ""
    return failed(
        f"{call.opening} answered {f'{call.status} {kind}'.strip()}{times}: {means}"
        f"{f' (“{detail}”)' if detail else ''}.",
        *(one.cite("body" if said else "status", kind or str(one.status), "2xx") for one, said in answers[:MAX_CITED]),
        side=side,
        next_step=step,
        sure=Confidence.STRONG,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """`cursor`: the answer was asked for by a cursor or names the next one (RFC 9865), which is `following`."""

    call: Exchange
    start: int
    got: int
    total: int
    cursor: bool = False
    following: str = ""


def pages_of(har: Har) -> dict[str, list[Page]]:
    """List answers by path and filter, in the order of the recording."""
    found: dict[str, list[Page]] = {}
    for call in har.exchanges:
        body = json_body(call.response_body)
        if not isinstance(body, dict) or LIST not in (body.get("schemas") or []):
            continue
        held, asked = body.get("Resources") or [], query_of(call.url)
        if asked.get("count") == "0":  # it asks how many there are, and for none of them (RFC 7644 3.4.2.4)
            continue
        told = [body.get("startIndex"), body.get("totalResults")]
        start, total = (one if isinstance(one, int) else 0 for one in told)
        key = f"{call.path}?{asked.get('filter', '')}"
        following = body.get("nextCursor")
        following = following if isinstance(following, str) else ""
        got, by_cursor = len(held) if isinstance(held, list) else 0, bool(following) or "cursor" in asked
        found.setdefault(key, []).append(Page(call, start, got, total, by_cursor, following))
    return found


@check("SCIM02", supports=("provisioning-paging",), refutes=("provisioning-paging",))
def paging(har: Har) -> Iterator[Finding]:
    """Every record of a SCIM list was fetched, each once"""
    for pages in map(_last_pass, pages_of(har).values()):
        fault = _paging_fault(pages)
        got, total = sum(page.got for page in pages), pages[-1].total
        cited = [
            page.call.cite("body", f"startIndex {page.start}, {page.got} records", f"of {total}") for page in pages
        ]
        if fault:
            yield failed(
                f"{pages[0].call.opening}: {fault}.",
                *cited[:6],
                side=Side.OUR_APP if "starts at" in fault or "no next cursor" in fault else Side.CUSTOMER_IDP,
                next_step=_paging_step(pages, fault),
            )
        else:
            yield passed(f"{pages[0].call.opening}: all {got} records were fetched.", *cited[:6])


def _paging_step(pages: list[Page], fault: str) -> str:
    if pages[-1].following:
        return "Ask for page after page with the cursor that each answer names, until one names none."
    if "no next cursor" in fault:
        return "Look why the server ends the list early: totalResults is to count what all pages hold together."
    return "Ask for page after page with startIndex, counted from 1, until totalResults is reached."


def _last_pass(pages: list[Page]) -> list[Page]:
    """The pages from where the list was last begun anew: a test of the connection or an earlier cycle goes before."""
    begun = [at for at, page in enumerate(pages) if at and page.start == pages[0].start and not page.cursor]
    return pages[begun[-1] :] if begun else pages


def _paging_fault(pages: list[Page]) -> str:
    if any(page.cursor for page in pages):
        return _cursor_fault(pages)
    if pages[0].got and pages[0].start == 0:
        return "the answer starts at index 0 or names none; SCIM counts from 1"
    expected = 1
    for page in pages:
        if page.got and page.start > expected:
            return f"records {expected} to {page.start - 1} were never asked for"
        if page.got and page.start < expected:
            return f"records from {page.start} on were fetched twice"
        expected = page.start + page.got
    if (total := pages[-1].total) >= expected:
        return f"the list ends after {expected - 1} of {total} records"
    return ""


def _cursor_fault(pages: list[Page]) -> str:
    got, total = sum(page.got for page in pages), pages[-1].total
    ends = f"the list ends after {got} of {total or 'more'} records"
    if pages[-1].following:
        return f"{ends}, and names a next cursor"
    # A recording that begins in the middle of a list, by a cursor of before, shows only its rest.
    return f"{ends}, and names no next cursor" if got < total and "cursor" not in query_of(pages[0].call.url) else ""


def both_sides(lists: tuple[UserList, ...]) -> tuple[UserList, UserList] | None:
    theirs = [one for one in lists if one.side == IDP]
    ours = [one for one in lists if one.side == APP]
    if theirs and ours:
        return theirs[0], ours[0]
    others = [one for one in lists if one.guessed and not one.side]
    is_sure = len(theirs) == len(others) == 1 and _share_users(theirs[0], others[0])
    return (theirs[0], others[0]) if is_sure else None


def _share_users(one: UserList, other: UserList) -> bool:
    """Whether most users of the smaller list are in both."""
    keys, others = ({user.key for user in side.users} for side in (one, other))
    return 2 * len(keys & others) > min(len(keys), len(others))


def _guess(theirs: UserList, ours: UserList) -> str:
    """By what the sides were taken, as a sentence that follows another; "" where they were named."""
    return "" if ours.side else f" The list of the identity provider was told by {theirs.guessed or 'its fields'}."


def _lacking(lists: tuple[UserList, ...]) -> Finding:
    told = "one list of users has no side" if any(not one.side for one in lists) else "both lists are needed"
    return not_told(
        f"Users of both sides: {told}.", "the users of the identity provider and of our app", next_step=UserList.how
    )


@check("SCIM03", supports=("provisioning-drift",), refutes=("provisioning-drift",))
def same_users(lists: tuple[UserList, ...]) -> Iterator[Finding]:
    """Users assigned at the identity provider and users of our app are the same, one by one"""
    sides = both_sides(lists)
    if sides is None:
        yield _lacking(lists)
        return
    theirs, ours = sides
    if _guess(theirs, ours):
        yield not_told(
            "Whether the users of both sides are the same: one list may hold users who are not assigned.",
            "the users who are assigned to our app, and which list is whose",
            next_step=UserList.how,
        )
        return
    differences = list(_differences(theirs, ours))
    if differences:
        yield failed(
            f"{len(differences)} of {len({user.key for one in sides for user in one.users})} users differ: "
            f"{_kinds(differences)}.",
            *differences,
            side=Side.UNKNOWN,
            next_step="Go through the list; then run the provisioning of these users on demand and read its log.",
        )
    else:
        first = theirs.cite(theirs.users[0], f"{len(theirs.users)} users", f"{len(ours.users)} users")
        yield passed(f"All {len(theirs.users)} users are the same on both sides.", first)


def _kinds(differences: list[Evidence]) -> str:
    counts = Counter(one.observed.partition(":")[0] for one in differences)
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))


def _differences(theirs: UserList, ours: UserList) -> Iterator[Evidence]:
    """One row a user, with the first reason that says why."""
    there, here = _by_key(theirs), _by_key(ours)
    yield from (theirs.cite(user, "twice at the identity provider", "each user once") for user in _twice(theirs, there))
    yield from (ours.cite(user, "twice in our app", "each user once") for user in _twice(ours, here))
    for key, user in there.items():
        other = here.get(key)
        if other is None:
            if user.active:
                yield theirs.cite(user, "missing in our app", "a user with this name")
        elif reason := _reason(user, other):
            yield ours.cite(other, *reason)
    for key, user in here.items():
        if key not in there and user.active:
            yield ours.cite(user, "not assigned at the identity provider, active in our app", "assigned, or inactive")


def _by_key(side: UserList) -> dict[str, User]:
    """Of several users with one name the first."""
    return {user.key: user for user in reversed(side.users)}


def _twice(side: UserList, first: dict[str, User]) -> list[User]:
    return [user for user in side.users if first[user.key] is not user]


def _reason(user: User, other: User) -> tuple[str, str] | None:
    if user.active != other.active:
        if other.active:
            return "inactive at the identity provider, active in our app", "inactive"
        return "active at the identity provider, inactive in our app", "active"
    if user.email and other.email and user.email.casefold() != other.email.casefold():
        return "another e-mail address", "the address of the identity provider"
    if user.groups is not None and other.groups is not None and user.groups != other.groups:
        lacking, extra = sorted(user.groups - other.groups), sorted(other.groups - user.groups)
        told = [f"lacks {', '.join(lacking[:4])}"] * bool(lacking) + [f"has {', '.join(extra[:4])} too"] * bool(extra)
        return f"other groups: {' and '.join(told)}", "the groups of the identity provider"
    return None


@check("SCIM04", supports=("deprovisioning-lag",), refutes=("deprovisioning-lag",))
def deprovisioned(lists: tuple[UserList, ...]) -> Iterator[Finding]:
    """Who left at the identity provider is inactive in our app"""
    sides = both_sides(lists)
    if sides is None:
        yield _lacking(lists)
        return
    theirs, ours = sides
    here = {user.key: user for user in ours.users}
    gone = [user for user in theirs.users if not user.active]
    late = [(user, here[user.key]) for user in gone if user.key in here and here[user.key].active]
    if late:
        since = min((user.changed for user, _ in late if user.changed), default=None)
        yield warned(
            f"{len(late)} of {len(gone)} users who are inactive at the identity provider are still active in our app"
            + (f"; the oldest since {since:%Y-%m-%dT%H:%M:%SZ}." if since else ".")
            + _guess(theirs, ours),
            *(ours.cite(other, "active", "inactive") for _, other in late[:20]),
            side=Side.CUSTOMER_IDP,
            next_step="Run the provisioning cycle now; then look whether it stopped, or leaves out users "
            "without assignment.",
            sure=Confidence.STRONG if _guess(theirs, ours) else Confidence.PROOF,
        )
    elif gone:
        yield passed(
            f"All {len(gone)} users who left are inactive in our app.", theirs.cite(gone[0], "inactive", "inactive")
        )
