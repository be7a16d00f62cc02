"""In whose name a contact speaks, and whether that reaches as far as what they ask for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: An administrator has no end of authority; that they still are one is asked again after this time.
VERIFIED_FOR = timedelta(days=180)


class Speaker(StrEnum):
    END_USER = "end_user"
    ADMIN = "admin"
    MSP = "msp"
    VENDOR = "vendor"


class Step(StrEnum):
    CHANGE = "change"
    DISCLOSE = "disclose"


WORDS = {Step.CHANGE: "change the account", Step.DISCLOSE: "see data of the account's tenants"}


@dataclass(frozen=True, slots=True)
class Authority:
    """What was recorded of one contact. `until` is None for those who speak as the customer itself."""

    contact: str
    account: str
    speaker: Speaker
    may_change: bool
    may_see_data: bool
    verified_at: datetime
    until: datetime | None = None


def lacks(authority: Authority, step: Step, at: datetime) -> str | None:
    """Why the contact may not have this done, and what would change that; None where they may."""
    who, account = authority.contact, authority.account
    ask = f"Ask an administrator of {account}"
    if authority.speaker is Speaker.END_USER:
        return f"{who} speaks as an end user, for themselves only. {ask} to ask for it."
    if authority.until is not None and authority.until <= at:
        return (
            f"The authority of {who} to speak for {account} ran out on {authority.until:%d %B %Y}. {ask} to confirm "
            "it in writing, then renew it here with its new end and how it was confirmed."
        )
    if authority.speaker is Speaker.ADMIN and authority.verified_at + VERIFIED_FOR <= at:
        last = f"{authority.verified_at:%d %B %Y}"
        return f"That {who} administrates {account} was last verified on {last}. Verify it again."
    covered = authority.may_change if step is Step.CHANGE else authority.may_see_data
    if not covered:
        return f"The authority of {who} does not reach as far as to {WORDS[step]}. {ask} to widen it in writing."
    return None


def needs_end(speaker: Speaker) -> bool:
    """Whether the authority comes from the customer and so ends on a day."""
    return speaker in (Speaker.MSP, Speaker.VENDOR)
