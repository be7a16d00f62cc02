"""What others did on a person's cases."""

from datetime import datetime

from sevline.cases.models import Case, Message, number_of
from sevline.cases.selectors.timeline import Entry, _entry
from sevline.people.models import Person
from sevline.platform.models import Event


def news(person: Person, *, since: datetime, limit: int) -> list[tuple[Case, Entry]]:
    """What happened since then on the cases that a person owns, by anybody else, the newest first. Three queries."""
    owned = {case.key: case for case in Case.objects.visible_to(person).filter(owner=person)}
    events = Event.objects.filter(case_key__in=owned, at__gt=since).exclude(actor_key=person.ref.key)
    chosen = list(events.order_by("-at", "-seq")[:limit])
    ids = [event.data["message"] for event in chosen if event.data.get("message")]
    said = {message.pk: message for message in Message.objects.filter(pk__in=ids, case__number__in=_numbers(chosen))}
    return [
        (case, _entry(event, said.get(event.data.get("message", 0)), case))
        for event in chosen
        for case in [owned[event.case_key]]
    ]


def _numbers(events: list[Event]) -> set[int]:
    return {number_of(event.case_key) for event in events}
