"""What the frame of every page shows: who is signed in, how many notices, what time it is."""

from typing import Any

from django.http import HttpRequest

from sevline.people import selectors as people
from sevline.platform import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"now": clock.now()}
    return {"now": clock.now(), "person": person, "unread": people.unread_count(person)}
