"""What others did on a person's cases."""

from datetime import datetime

from sevline.cases.models import Case, Message, number_of
from sevline.cases.selectors.timeline import Entry, _entry
from sevline.people.models import Person
from sevline.platform.events import SYSTEM
from sevline.platform.models import Event

# That somebody took something out is in the trail and on the timeline; it changes nothing on the case.
NO_NEWS = ("packet.exported", "evidence.report_taken", "access.used")


def news(person: Person, *, since: datetime, limit: int) -> list[tuple[Case, Entry]]:
    """What other people did since then on the cases that a person owns, the newest first. Four queries.

    What the product did by itself (a file read, a clock run out) is on the case and among the notices.
    """
    owned = Case.objects.visible_to(person).filter(owner=person)
    keys = [f"C-{number}" for number in owned.order_by().values_list("number", flat=True)]
    events = (
        Event.objects.filter(case_key__in=keys, at__gt=since)
        .exclude(actor_key=person.ref.key)
        .exclude(actor_kind=SYSTEM.kind)
        .exclude(kind__in=NO_NEWS)
    )
    chosen = list(events.order_by("-at", "-seq")[:limit])
    cases = {case.key: case for case in owned.filter(number__in=_numbers(chosen))}
    ids = [event.data["message"] for event in chosen if event.data.get("message")]
    said = {message.pk: message for message in Message.objects.filter(pk__in=ids, case__number__in=_numbers(chosen))}
    return [
        (cases[event.case_key], _entry(event, said.get(event.data.get("message", 0)), cases[event.case_key]))
        for event in chosen
    ]


def _numbers(events: list[Event]) -> set[int]:
    return {number_of(event.case_key) for event in events}
