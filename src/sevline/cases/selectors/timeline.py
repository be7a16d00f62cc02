"""One timeline of everything that happened on a case, in words; the texts come from the messages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from sevline.cases.models import Case, Message, MessageKind
from sevline.core.case import CaseStatus
from sevline.people.models import Person
from sevline.platform.models import Event
from sevline.ui.wording import spoken
from sevline.vault import actions as vault

LIMIT = 200

KINDS: dict[str, str] = {
    "messages": "Messages",
    "state": "State",
    "severity": "Severity",
    "clocks": "Clocks",
    "evidence": "Evidence",
    "diagnosis": "Diagnosis",
    "escalations": "Escalations",
    "approvals": "Approvals",
    "access": "Access",
}

_GROUP_OF = {
    "case.opened": "messages",
    "case.noted": "messages",
    "case.customer_told": "messages",
    "case.customer_wrote": "messages",
    "case.note_made_public": "messages",
    "case.lint_set_aside": "messages",
    "case.wording_asked": "approvals",
    "case.triaged": "severity",
    "case.severity_changed": "severity",
    "case.severity_lowering_asked": "approvals",
    "case.evidence_measured": "evidence",
    "case.shared": "access",
    "case.restricted": "access",
}
_GROUP_OF_ROOM = {
    "case": "state",
    "clock": "clocks",
    "evidence": "evidence",
    "diagnosis": "diagnosis",
    "escalation": "escalations",
    "packet": "escalations",
    "approval": "approvals",
    "access": "access",
    "hold": "access",
}

# What an event says, with its own data in braces. Rooms above this one add theirs with `teach`.
_WORDS: dict[str, str] = {
    "case.opened": "opened the case",
    "case.taken": "took the case. Next: {next_action}",
    "case.classified": "classified it: {issue_type}, {product_area}",
    "case.triaged": "rated it Sev{severity} by rule {rule}",
    "case.severity_changed": "changed the severity from Sev{before} to Sev{severity}: {reason}",
    "case.severity_lowering_asked": "asked to lower Sev{before} to Sev{severity}: {reason}",
    "case.impact_set": "wrote the impact card",
    "case.next_action_set": "set the next action: {next_action} ({who})",
    "case.noted": "wrote an internal note",
    "case.customer_told": "told the customer",
    "case.note_made_public": "made an internal note visible to the customer",
    "case.lint_set_aside": "sent it although {rules} objected: {reason}",
    "case.wording_asked": "asked for approval to tell the customer what {rule} keeps back",
    "case.customer_wrote": "recorded what the customer wrote",
    "case.waiting_for_customer": "waits for the customer: {waiting_for}",
    "case.held_internal": "put it on hold: {waiting_for}",
    "case.held_vendor": "waits for a vendor: {waiting_for}",
    "case.hold_agreed": "recorded that the customer agreed to wait",
    "case.resumed": "ended the wait",
    "case.resolved": "resolved it ({code}, {cause}): {summary}",
    "case.reopened": "opened it again: {reason}",
    "case.closed": "closed it",
    "case.handoff_offered": "offered the case to {receiver}: {summary}",
    "case.handoff_accepted": "accepted the case from {giver}",
    "case.handoff_withdrawn": "ended the offer",
    "case.handoff_overdue": "nobody accepted in time; {receiver} was asked",
    "case.lead_engaged": "brought in {lead} as lead: {why}",
    "case.shared": "showed the case to {team}: {why}",
    "case.restricted": "changed who may see the case: {reason}",
    "case.evidence_measured": "measured the required evidence: {percent} % is there",
    "approval.asked": "asked for approval: {reason}",
    "approval.answered": "answered the request for approval: {answer}",
    "approval.assented": "agreed to the request for approval; {lacking} more have to",
    "approval.used": "carried out what was approved",
    "approval.expired": "the request for approval ran out of time",
    "access.granted": "granted access to {account} for {minutes} minutes: {what}",
    "access.glass_broken": "broke glass, access to {account} for {minutes} minutes: {what}. {reason}",
    "access.used": "read what the access opened; fields: {fields}",
    "access.revoked": "ended an access before its time",
    "access.ended": "ended an access: its time was over",
    "access.reviewed": "reviewed a broken glass: {finding}",
    "hold.set": "set a legal hold: {reason}",
    "hold.lifted": "lifted the legal hold: {reason}",
    "clock.warned": "warned that {percent} % of the time is over: {title}",
    "clock.breached": "noted that the time is over: {title}",
}


# Codes are written as words; a remark that nobody made leaves no “not stated” behind.
_CODES = frozenset({"code", "cause", "action_code", "issue_type", "state", "before", "after", "conclusion"})
_FOLDED = frozenset({"escalation.packet_edited"})  # kept with each tick of a box
_OPTIONAL = frozenset({"note", "reply", "refused"})
#: What checks say, the worst first, as the counts of a reading are told.
_STATES = {"FAIL": "fail", "WARN": "to look at", "PASS": "pass", "INFO": "noted", "NOT_EVALUATED": "not evaluated"}


def teach(words: Mapping[str, str]) -> None:
    """Add what the events of a later room say, by kind; called once when that room starts."""
    _WORDS.update(words)


def words_of(kind: str) -> str:
    """What events of this kind say, with their data in braces; empty for a kind that nobody taught."""
    return _WORDS.get(kind, "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `voice` is internal, public, customer or ticket where somebody said something."""

    seq: int
    at: datetime
    kind: str
    group: str
    actor: str
    words: str
    about: str
    text: str = ""
    voice: str = ""
    next_update_at: datetime | None = None
    note: int = 0  # the internal note that may be made visible to the customer


def group_of(kind: str) -> str:
    """The filter under which an event stands; a room that is not known is part of the state."""
    return _GROUP_OF.get(kind) or _GROUP_OF_ROOM.get(kind.partition(".")[0], "state")


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of what happened, the newest first.

    `left` is how many older entries there are; `older` is the number of the last entry here, after which they begin.
    `ticket` is what the customer wrote at first, where it stands on a later page. `newer`: this is not the first page.
    `gone`: rows of this case left the audit trail, whose time was over; what was said then is kept, and stands here.
    """

    entries: list[Entry]
    left: int = 0
    older: int = 0
    ticket: Entry | None = None
    newer: bool = False
    gone: bool = False


def timeline(person: Person, case: Case, *, group: str = "", before: str = "", limit: int = LIMIT) -> Timeline:
    """What happened, the newest first; what happened in the same instant keeps the order in which it was written.

    `group` is a key of KINDS, or empty for everything. `before` is the number of an entry of this case: only what
    happened earlier is answered; any other text answers the newest. At most eight queries, however many rows.
    """
    if not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return Timeline([])
    every = _of_group(case, group)
    last = _entry_at(case, before)
    found = every.filter(Q(at__lt=last.at) | Q(at=last.at, seq__lt=last.seq)) if last else every
    shown = list(found[: limit + 1])
    has_more, shown = len(shown) > limit, shown[:limit]
    if not has_more:
        gone = _has_lost_rows(case)
        kept = _said_without_row(case, shown) if gone and group in {"", "messages"} else []
        return Timeline([*_folded(_told(case, shown)), *kept], newer=last is not None, gone=gone)
    first = every.filter(kind="case.opened").first()
    told = _told(case, [*shown, *([first] if first else [])])
    return Timeline(
        _folded(told[: len(shown)]),
        left=found.count() - len(shown),
        older=shown[-1].seq,
        ticket=told[-1] if first else None,
        newer=last is not None,
    )


def _has_lost_rows(case: Case) -> bool:
    """Whether rows of the case left the trail; only those of a case that is over do."""
    if case.status not in {CaseStatus.CLOSED, CaseStatus.MERGED}:
        return False
    return not Event.objects.filter(case_key=case.key, kind="case.opened").exists()


def _said_without_row(case: Case, shown: Sequence[Event]) -> list[Entry]:
    """What was said on the case and whose event is gone, the newest first."""
    there = [number for event in shown if isinstance(number := event.data.get("message"), int)]
    rows = Message.objects.filter(case=case).exclude(pk__in=there).select_related("author").order_by("-at", "-pk")
    return [_kept(message) for message in rows[:LIMIT]]


def _kept(message: Message) -> Entry:
    words = {"ticket": "opened the case", "customer": "recorded what the customer wrote", "public": "told the customer"}
    return Entry(
        seq=-message.pk,
        at=message.at,
        kind="case.noted",
        group="messages",
        actor=message.author.name,
        words=words.get(message.kind, "wrote an internal note"),
        about="",
        text=message.text,
        voice=message.kind,
        next_update_at=message.next_update_at,
    )


def _of_group(case: Case, *groups: str) -> QuerySet[Event]:
    """The events of these groups, the newest first; of all of them where no group is named."""
    events = Event.objects.filter(case_key=case.key).order_by("-at", "-seq")
    if not any(groups):
        return events
    kinds = events.order_by("kind").values_list("kind", flat=True).distinct()
    return events.filter(kind__in=[kind for kind in kinds if group_of(kind) in groups])


def _entry_at(case: Case, number: str) -> Event | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return Event.objects.filter(case_key=case.key, seq=int(number)).first()


def _told(case: Case, events: list[Event]) -> list[Entry]:
    numbers = [event.data["message"] for event in events if isinstance(event.data.get("message"), int)]
    said = {message.pk: message for message in Message.objects.filter(case=case, pk__in=numbers)}
    told = [_entry(event, said.get(event.data.get("message", 0)), case) for event in events]
    # The trail is never rewritten, so a word that was named as secret later is masked where it is shown.
    mask = vault.mask_of_words(case.key)
    return [replace(entry, words=mask(entry.words), about=mask(entry.about)) for entry in told] if mask else told


def _folded(entries: Sequence[Entry]) -> list[Entry]:
    """Edits of one thing by one person with nothing between them as one line: the last one, and how many they were."""
    found = []
    for _, run in groupby(entries, key=_run):
        last, *earlier = run
        first = earlier[-1] if earlier else last
        many = f" ({len(earlier) + 1} edits since {first.at:%H:%M})" if earlier else ""
        found.append(replace(last, words=f"{last.words}{many}"))
    return found


def _run(entry: Entry) -> tuple[object, ...]:
    return (entry.kind, entry.actor, entry.about) if entry.kind in _FOLDED else (entry.seq,)


def last_edit(person: Person, case: Case) -> Entry | None:
    """Who changed the case last, other than by saying something."""
    if not Case.objects.visible_to(person).filter(pk=case.pk).exists():
        return None
    return next(iter(_told(case, list(_of_group(case, "state", "severity", "access")[:1]))), None)


def _entry(event: Event, message: Message | None, case: Case) -> Entry:
    return Entry(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        group=group_of(event.kind),
        actor=event.actor_label,
        words=_words(event),
        about="" if event.subject_key == case.key or "{about}" in _WORDS.get(event.kind, "") else event.subject_label,
        text=message.text if message else "",
        voice=message.kind if message else "",
        note=message.pk if message and message.kind == MessageKind.INTERNAL else 0,
        next_update_at=message.next_update_at if message else None,
    )


def _words(event: Event) -> str:
    words = _WORDS.get(event.kind)
    if words is None:
        room, _, what = event.kind.partition(".")
        return f"{room}: {what.replace('_', ' ')}"
    said = {name: _said(name, value) for name, value in event.data.items()}
    optional = {name: "" for name in _OPTIONAL if not said.get(name)}
    stated = {name: value for name, value in said.items() if value} | {"about": event.subject_label}
    return words.format_map(defaultdict(lambda: "not stated", stated | optional)).removesuffix(": ").rstrip()


def _counted(table: Mapping[str, object]) -> Iterator[str]:
    if table.keys() <= _STATES.keys():
        yield from (f"{table[state]} {words}" for state, words in _STATES.items() if state in table)
    else:
        yield from (
            f"{key.replace('_', ' ').lower()}: {one}" if _is_prose(one) else f"{key.replace('_', ' ').lower()} {one}"
            for key, one in table.items()
        )


def _is_prose(value: object) -> bool:
    """Whether a person wrote it, and not a program counted it: it stays letter for letter."""
    return isinstance(value, str) and not value.isdecimal()


def _said(name: str, value: object) -> str:
    """A value as words: moments in UTC, lists with commas, tables as “name: value”, codes without underscores."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(_counted(value)) or "none"
    return str(value).replace("_", " ") if name in _CODES else spoken(str(value))
