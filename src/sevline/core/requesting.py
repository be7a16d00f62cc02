"""One message to a customer that asks for everything that is missing: what, how to collect it, why, where to send."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from sevline.core.checklist import EVIDENCE
from sevline.core.tables import Row, Table, load


class Plea(Row, frozen=True):
    """An item in a customer's words: what we ask for, how to collect it, and what it is needed for."""

    asks: str
    how: str
    why: str


class Pleas(Table, frozen=True):
    item: dict[str, Plea]
    part: dict[str, Plea] = msgspec.field(default_factory=dict)

    def check_rows(self) -> None:
        keys = {ask.key for ask in EVIDENCE.core} | {star.key for row in EVIDENCE.type for star in row.stars}
        if missing := keys - set(self.item):
            raise ValueError(f"the item “{min(missing)}” has no row")
        if strange := (set(self.item) | set(self.part)) - keys:
            raise ValueError(f"there is no item “{min(strange)}”")


PLEAS = load("evidence_requests.toml", Pleas)


def narrowed(*, knows_tenant: bool) -> frozenset[str]:
    """The items of which the case knows a part, so that only the rest of it is asked for."""
    return frozenset(PLEAS.part) if knows_tenant else frozenset()


def plea_of(key: str, narrow: Collection[str] = ()) -> Plea:
    """The item in a customer's words, or the part of it that is not known yet."""
    return PLEAS.part[key] if key in narrow else PLEAS.item[key]


def compose(
    items: Sequence[str],
    *,
    due: datetime,
    link: str,
    works_until: datetime,
    next_update: datetime | None = None,
    narrow: Collection[str] = (),
    meanwhile: str = "",
) -> str:
    """The message for these items of the checklist. `link` is where files are sent; times are in UTC.

    `due` is when we need them, `next_update` when the customer hears from us, whatever came by then. Of the items in
    `narrow` only the part is asked for that is not known; `meanwhile` is the workaround.
    """
    count = "one thing" if len(items) == 1 else f"{len(items)} things"
    parts = [f"Hello,\n\nto find the cause we need {count} from you by {_told(due)}."]
    for number, key in enumerate(items, start=1):
        plea = plea_of(key, narrow)
        parts.append(f"{number}. {plea.asks}\n   How: {plea.how}\n   What for: {plea.why}")
    parts.append(
        f"Send it here, as files or as text, without an account:\n{link}\n\nThe link works until {_told(works_until)}. "
        "Files are encrypted while they arrive, and what we recognise as a password or as personal data is blacked out "
        "before anybody reads them. Please do not send them by e-mail."
    )
    parts.append("If you cannot get one of these, say so: we go on without it.")
    if meanwhile.strip():
        parts.append(f"Meanwhile you can do this:\n{meanwhile.strip()}")
    if next_update is not None:
        parts.append(f"You hear from us again by {_told(next_update)}.")
    return "\n\n".join(parts) + "\n"


def _told(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y, %H:%M} UTC"
