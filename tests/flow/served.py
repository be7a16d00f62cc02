"""Work on an installation that runs in processes of its own: a case of Sam's, and how much of an upload is there."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.installation import Installation

CASE = """
from sevline.cases import actions
from sevline.catalog.models import ProductArea
from sevline.people.models import Person
sam = Person.objects.get(email="sam@sevline.example")
area = ProductArea.objects.get(key="webhooks")
text = "Webhooks time out since 09:42 UTC."
print(actions.open_case(by=sam, title="Webhooks time out", text=text, product_area=area).key)
"""
UPLOADS = """
from sevline.evidence.models import Upload
print(*(upload.state for upload in Upload.objects.order_by("number")))
"""
EVENTS = """
from sevline.platform.models import Event
print(Event.objects.filter(kind="{}").count())
"""
SESSION = """
from django.test import Client
from sevline.people.models import Person
client = Client()
client.force_login(Person.objects.get(email="sam@sevline.example"))
print(client.cookies["sessionid"].value)
"""


def wait_until(true: Callable[[], bool], seconds: float = 90) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.1)
    return true()


def sealed_files(desk: Installation) -> list[Path]:
    """Files of the store that hold something."""
    return [path for path in (desk.folder / "data/vault").rglob("*") if path.is_file() and path.stat().st_size > 0]


def log_of(kilobytes: int) -> bytes:
    line = "2026-11-16T10:00:{:02}Z ERROR dispatcher connect timeout request_id=req-{:08x} attempt=3 endpoint=orders\n"
    lines: list[str] = []
    size = 0
    while size < kilobytes * 1024:
        lines.append(line.format(len(lines) % 60, len(lines)))
        size += len(lines[-1])
    return "".join(lines).encode()
