"""`make bench-web`: server time of the pages on 5,000 cases with 100,000 events, on SQLite and on PostgreSQL.

Each request goes through the WSGI application with every middleware, as the server calls it, for a person who is signed
in. Printed are the median and the 95th percentile, by the clock and in CPU time of this process, the queries, and the
ratio of the median CPU time to two floors of the same run: a page that only asks the database whether it is there, and
the queue with one row. Where the clock says much more than the CPU did, the machine was busy with something else; on
PostgreSQL the difference is also the work of its server.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from statistics import median, quantiles
from typing import Any

CASES, EVENTS = 5_000, 100_000
BAR_MS = 150
WARM, ROUNDS = 5, 100
COUNTED = 5  # the queries of every so many-th address are counted
LEAST_ROUNDS, PATIENCE = 20, 20  # a slow page is asked for fewer times once it took so many seconds
HELD = ("queue", "case")  # pages that must stay below the bar
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure: who asks, and the addresses that are asked for in turn."""

    name: str
    session: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds; `queries` are the least and the most of one request; size in kB."""

    name: str
    p50: float
    p95: float
    cpu50: float
    cpu95: float
    queries: tuple[int, int]
    size: float

    @property
    def is_held(self) -> bool:
        return self.name.startswith(HELD)


def main() -> int:
    """Measure both databases, each in a process of its own; 1 when a page that must be quick is not."""
    from tests.postgres import cluster

    worst = _in_its_own_process("SQLite", "")
    try:
        with cluster() as url:
            return max(worst, _in_its_own_process("PostgreSQL", url))
    except LookupError as missing:
        print(missing)
        return worst


def _in_its_own_process(name: str, url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="sevline-bench-") as folder:
        own = {"SEVLINE_DATA_DIR": folder, "SEVLINE_DATABASE_URL": url, "SEVLINE_LOG_LEVEL": "ERROR"}
        return subprocess.call([sys.executable, "-m", "benchmarks.web", name], env={**os.environ, **own})


def measure(database: str) -> int:
    """Build the desk in this process's installation, measure each page, print the table."""
    from sevline.cli.installation import start_django, upgrade

    start_django()
    upgrade()
    from benchmarks.large_desk import build
    from sevline.config.wsgi import application
    from sevline.platform.audit import verify

    build(CASES, EVENTS)
    verdict = verify()
    assert verdict.is_intact, verdict
    found = [measured(application, page) for page in _pages()]
    _print(database, found, verdict.rows)
    return int(any(one.is_held and one.p95 > BAR_MS for one in found))


def _pages() -> Iterator[Page]:
    from sevline.cases.models import Case
    from sevline.core.case import CaseStatus
    from sevline.people.models import Person

    lead, manager, engineer, auditor = (session(key) for key in ("lea", "mia", "noor", "aud"))
    person = Person.objects.get(email="mia@sevline.example")
    visible = Case.objects.visible_to(person)
    keys = [f"/cases/C-{n}" for n in visible.order_by("number").values_list("number", flat=True)[:: CASES // 100]]
    one = visible.filter(status=CaseStatus.OPEN)[0]
    yield Page("floor: health", manager, ("/healthz",))
    yield Page("floor: queue with one row", manager, (f"/cases/?view=open&q=C-{one.number}",))
    yield Page("queue: all open, manager", manager, ("/cases/?view=open",))
    yield Page("queue: all open, lead", lead, ("/cases/?view=open",))
    yield Page("queue: own open", lead, ("/cases/?view=mine",))
    yield Page("queue: at risk", manager, ("/cases/?view=at-risk",))
    yield Page("queue: resolved", manager, ("/cases/?view=resolved",))
    yield Page("queue: a later page", lead, (_later_page(),))
    yield Page("case: timeline", manager, tuple(keys))
    yield Page("case: timeline, lead", lead, tuple(_seen_by("lea")))
    yield Page("case: evidence", manager, tuple(f"{key}/evidence" for key in keys))
    yield Page("case: diagnosis", manager, tuple(f"{key}/diagnosis" for key in keys))
    yield Page("case: escalation", manager, tuple(f"{key}/escalation" for key in keys))
    yield Page("desk, lead", lead, ("/",))
    yield Page("desk, engineer", engineer, ("/",))
    yield Page("search by words", manager, ("/search?q=sign",))
    yield Page("inbox, engineer", engineer, ("/escalations/",))
    yield Page("audit trail", auditor, ("/governance/audit",))
    yield Page("insights", manager, ("/insights/",))


def _seen_by(key: str) -> list[str]:
    from sevline.cases.models import Case
    from sevline.people.models import Person

    person = Person.objects.get(email=f"{key}@sevline.example")
    numbers = Case.objects.visible_to(person).order_by("number").values_list("number", flat=True)
    return [f"/cases/C-{number}" for number in numbers[:: max(1, len(numbers) // 100)]]


def _later_page() -> str:
    """The third page of the lead's open cases."""
    from urllib.parse import urlencode

    from sevline.cases.selectors import queue
    from sevline.people.models import Person
    from sevline.platform.clock import now

    person, after = Person.objects.get(email="lea@sevline.example"), ""
    for _ in range(2):
        after = queue(person, "open", at=now(), after=after).after
    return f"/cases/?{urlencode({'view': 'open', 'after': after})}"


def session(key: str) -> str:
    """The cookie of a browser in which a person of the demo desk is signed in."""
    from django.conf import settings
    from django.test import Client

    from sevline.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(email=f"{key}@sevline.example"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def measured(application: Application, page: Page, *, fragment: bool = False) -> Measured:
    """`fragment`: asked for as a part of a page that is there."""
    for place in range(WARM):
        ask(application, page, place, fragment=fragment)
    wall: list[float] = []
    cpu: list[float] = []
    size, until = 0, time.monotonic() + PATIENCE
    for place in range(ROUNDS):
        if place >= LEAST_ROUNDS and time.monotonic() > until:
            break
        began, used = time.perf_counter(), time.process_time()
        size = max(size, ask(application, page, place, fragment=fragment))
        cpu.append(1000 * (time.process_time() - used))
        wall.append(1000 * (time.perf_counter() - began))
    asked = [_queries(application, page, place, fragment=fragment) for place in range(0, len(page.addresses), COUNTED)]
    return Measured(page.name, median(wall), _p95(wall), median(cpu), _p95(cpu), (min(asked), max(asked)), size / 1000)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def ask(application: Application, page: Page, place: int, *, fragment: bool = False) -> int:
    """One request from end to end; answers the bytes of the page."""
    address = page.addresses[place % len(page.addresses)]
    path, _, query = address.partition("?")
    told: list[str] = []
    environ = _environ(path, query, page.session) | ({"HTTP_HX_REQUEST": "true"} if fragment else {})
    answer = application(environ, lambda status, *_: told.append(status))
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    assert told[0].startswith("200"), (address, told)
    return len(body)


def _environ(path: str, query: str, cookie: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_COOKIE": cookie,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


def _queries(application: Application, page: Page, place: int, *, fragment: bool = False) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask(application, page, place, fragment=fragment)
    return len(asked)


def _print(database: str, found: list[Measured], events: int) -> None:
    floors: Mapping[str, float] = {one.name: one.cpu50 for one in found if one.name.startswith("floor")}
    bare, one_row = floors.values()
    busy = os.getloadavg()[0]
    print(f"\n## {database}: {CASES:,} cases, {events:,} events, up to {ROUNDS} requests a page\n")
    print(f"Load of the machine while it ran: {busy:.1f} on {os.cpu_count()} cores.\n")
    print("| page | p50 ms | p95 ms | CPU p50 | CPU p95 | queries | kB | × health | × one row | p95 ≤ 150 ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for one in found:
        least, most = one.queries
        asked = f"{least}" if least == most else f"{least} to {most}"
        print(
            f"| {one.name} | {one.p50:.1f} | {one.p95:.1f} | {one.cpu50:.1f} | {one.cpu95:.1f} | {asked} "
            f"| {one.size:.0f} | {one.cpu50 / bare:.0f} | {one.cpu50 / one_row:.1f} | {_verdict(one)} |"
        )
    sys.stdout.flush()


def _verdict(one: Measured) -> str:
    if not one.is_held:
        return ""
    if one.p95 <= BAR_MS:
        return "yes"
    return "no" if one.cpu95 > BAR_MS else "not by the clock, on a busy machine"


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1]) if len(sys.argv) > 1 else main())
