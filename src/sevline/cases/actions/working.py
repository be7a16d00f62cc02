"""What every action on a case does around its decision: find, redact, record, bring clocks and stage up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sevline.cases.events import CaseOpened
from sevline.cases.models import UNKNOWN, Case, CaseAccess, CaseFact, ImpactField, Message, MessageKind, number_of
from sevline.core.case import OwnStep, is_packet_step, own_step, packet_step, stage
from sevline.core.extraction import zones
from sevline.core.extraction.extract import extract_facts
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import fitting
from sevline.people.models import Person, Team
from sevline.platform.events import Happening, record
from sevline.service_levels import actions as service_levels
from sevline.service_levels import selectors as clocks
from sevline.ui.moments import moment
from sevline.vault import actions as vault

MAX_TEXT = 200_000
MAX_FACTS = 400
OWN_STEP_WITHIN = timedelta(days=1)  # where no clock says when the next step is due
_OWN_STEPS = frozenset(OwnStep)


class NoSuchCase(Refused):
    """There is no such case, or the person may not see it: both are answered alike."""


def locked(person: Person, case_key: str, seen_version: int | None = None) -> Case:
    """The case, locked until the transaction ends, if the person may see it and edited the newest version."""
    case = Case.objects.visible_to(person).select_for_update().filter(number=number_of(case_key)).first()
    if case is None:
        raise NoSuchCase(f"There is no case {case_key[:20]}.")
    case.check_seen(seen_version)
    return case


def locked_open(person: Person, case_key: str, seen_version: int | None = None) -> Case:
    case = locked(person, case_key, seen_version)
    if not case.is_open:
        raise Refused(f"{case.key} is {case.status}. Open it again before you change it.")
    return case


def locked_to_tell(person: Person, case_key: str) -> Case:
    """The case, locked, if its customer may still be told something: until it is closed."""
    case = locked(person, case_key)
    if case.status in {"closed", "merged"}:
        raise Refused(f"{case.key} is {case.status}: nothing more is recorded as told to its customer.")
    return case


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it may be kept: redacted, with the number of the sealed original and what was redacted by kind."""

    text: str
    sealed_id: int
    counts: dict[str, int]


def seal(case_key: str, about: str, text: str, *, people: Iterable[str] = ()) -> Said:
    """Redact a text that somebody typed, and seal its original under the case key. `people` are the desk's own."""
    if len(text) > MAX_TEXT:
        raise Refused(
            f"The text has {len(text):,} characters; {MAX_TEXT:,} are allowed here. Attach the rest as a file."
        )
    clean = text.replace("\x00", "").strip()
    kept = vault.redact(case_key, clean, people=people)
    return Said(kept.text, vault.seal_text(case_key, about, clean), dict(kept.counts))


def desk_names(kind: MessageKind, author: Person) -> tuple[str, ...]:
    """The names that stay where a message of the desk greets or is signed; in what a customer wrote none does."""
    if kind not in (MessageKind.PUBLIC, MessageKind.INTERNAL):
        return ()
    teams = Person.objects.filter(is_active=True).values_list("name", flat=True)
    return (author.name, *teams)


def phrase(case_key: str, about: str, text: str, limit: int) -> str:
    """A short text of one line, redacted; Refused when it has more than `limit` characters, so that nothing is lost.

    Redaction may make it longer than its column: then it ends before the first token or word that does not fit.
    """
    within(about, " ".join(text.replace("\x00", "").split()), limit)
    return fitting(line(case_key, about, text), limit)


def line(case_key: str, about: str, text: str) -> str:
    """A text of one line, redacted, whole; its original is sealed only where redaction took something out of it."""
    clean = " ".join(text.replace("\x00", "").split())
    kept = vault.redact(case_key, clean)
    if kept.text != clean:
        vault.seal_text(case_key, about, clean)
    return kept.text


def within(about: str, text: str, limit: int) -> None:
    if len(text) > limit:
        what = about[:1].upper() + about[1:]
        raise Refused(f"“{what}” has {len(text):,} characters; {limit:,} are allowed. Shorten it.")


def required(text: str, sentence: str, at_least: int = 1) -> str:
    """The text without blanks at its ends; Refused with the sentence when it is shorter than `at_least`."""
    clean = text.strip()
    if len(clean) < at_least:
        raise Refused(sentence)
    return clean


def impact_card(case_key: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every field of the impact card, redacted; what nobody filled in says “unknown”. Since when is kept in UTC."""
    if strange := set(given) - set(ImpactField.values):
        raise Refused(f"The impact card has no field “{min(strange)}”.")
    told = {**given, ImpactField.STARTED: _in_utc(given.get(ImpactField.STARTED, ""))}
    return {name: phrase(case_key, f"impact {name}", told.get(name, ""), 500) or UNKNOWN for name in ImpactField.values}


def _in_utc(written: str) -> str:
    """A day and time with its zone, such as “2026-11-25 09:40 CET”, in UTC; anything else as it is written."""
    if not zones.split(written)[1]:
        return written
    try:
        return f"{moment(written):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return written


def keep_facts(case: Case, message: Message) -> int:
    """Keep the timestamps, ids, codes and versions that the redacted text names; answers how many were new."""
    rows = [
        CaseFact(
            case=case,
            kind=fact.kind,
            value=fact.value[:300],
            source=f"message {message.pk}",
            offset=fact.source_offset,
            instant=fact.instant if fact.zone_known else None,  # a zone is asked for, never guessed
            zone_known=fact.zone_known,
            confidence=str(fact.confidence)[:10],
        )
        for fact in extract_facts(message.text)[:MAX_FACTS]
    ]
    return len(CaseFact.objects.bulk_create(rows, ignore_conflicts=True))


def settle(case: Case, *happenings: Happening, at: datetime, fields: tuple[str, ...] = ()) -> Case:
    """Record what happened, then save the case with its clocks and stage as the events now tell them.

    `fields` are what a person edited; only they count the version up, so that a note makes nobody's form stale.
    """
    step = case.next_action
    derive(case, *happenings, at=at)
    followed = ("next_action", "next_action_due") if case.next_action != step else ()
    derived = ("stage", "next_due_at", *followed)
    if fields:
        return case.save_versioned(*fields, *derived)
    case.save(update_fields=derived)
    return case


def derive(case: Case, *happenings: Happening, at: datetime) -> None:
    """Record what happened and read the case's stage and next due time from its events, without saving them."""
    for happening in happenings:
        record(happening, at=at)
    events = clocks.events_of(case.key)
    if not any(event.kind == CaseOpened.kind for event in events):
        return  # the first rows left with the time of the trail: what they gave stays as it was kept
    case.stage = stage(event.kind for event in events)
    case.next_due_at = service_levels.refresh(case.key, events=events, at=at)
    if case.is_open and (case.next_action in _OWN_STEPS or is_packet_step(case.next_action)):
        back = packet_step((event.kind, event.subject_key) for event in events)
        _follow(case, back or own_step(event.kind for event in events).value, at)


def _follow(case: Case, step: str, at: datetime) -> None:
    """Put the next step in the place of the last one, which nobody wrote; it is due with the next clock."""
    if case.next_action != step:
        coming = case.next_due_at if case.next_due_at and case.next_due_at > at else None
        case.next_action, case.next_action_due = step, coming or at + OWN_STEP_WITHIN


def show_to(case: Case, team: Team) -> bool:
    """Let a team see the case; True when it could not before."""
    return CaseAccess.objects.get_or_create(case=case, team=team)[1]
