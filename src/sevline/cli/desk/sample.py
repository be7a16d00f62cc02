"""The sample case: a messy ticket, the log of a webhook worker and a browser recording.

The same moment gives the same bytes. All of it is invented. Values that look secret are put together here so that
no file of the project holds one.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

BREAKS_AT = datetime(2026, 11, 18, 10, 6, 12, tzinfo=UTC)
TENANT = "t_4471"
ENDPOINT = "https://hooks.brightwater.example/orders"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_KEY = "whsec" + "_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
_BEARER = "eyJhbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiJpbnRlZ3JhdGlvbiJ9" + "." + "c2lnbmF0dXJlLW9mLW5vLXVzZQ"


def ticket(at: datetime = BREAKS_AT) -> str:
    """What the customer wrote, some minutes after deliveries broke."""
    return f"""URGENT!! orders not arriving

hi, since {at:%H:%M} (UTC, i think, my clock says something else) our warehouse gets hardly any order events from you.
 tenant {TENANT}, production EU. some do arrive, most don't. we changed NOTHING on our side.

our receiver answers in 180ms, see below. your dashboard shows "delivery failed: timeout after 10000 ms" for nearly
all of them and there is no replay button. 47 stores wait for stock updates. go-live of 12 more stores is on Friday!

{_stamp(at + timedelta(seconds=79))}  POST {ENDPOINT}  -> timeout, trace {TRACE}
{at + timedelta(seconds=350):%Y-%m-%d %H:%M:%S} UTC again, request id req_7f3a91c2d4e8

I attach your export of the worker log and a recording of the dashboard. if it helps: call me, +44 20 7946 0958,
or helen.marsh@brightwater.example. the signing secret is {_KEY} in case you need it to test.

helen
"""


def worker_log(at: datetime = BREAKS_AT) -> bytes:
    """About 900 records of a webhook worker, healthy at first, then with time-outs of its own connection pool."""
    return "\n".join(_records(random.Random(20261118), at)).encode() + b"\n"  # noqa: S311 - sample data


def _records(dice: random.Random, breaks_at: datetime) -> Iterator[str]:
    at = breaks_at - timedelta(minutes=24)
    while at < breaks_at + timedelta(minutes=24):
        at += timedelta(milliseconds=dice.randint(600, 5200))
        tenant = dice.choice([TENANT, TENANT, "t_1180", "t_2093", "t_3007"])
        event = f"evt_{dice.getrandbits(48):012x}"
        yield from _attempt(dice, at, tenant, event, is_healthy=at < breaks_at or dice.random() < 0.3)
        if dice.random() < 0.02:
            yield f"{_stamp(at)} DEBUG [dispatch-eu-3] signing for tenant {tenant} with secret={_KEY}"
    yield f"{_stamp(at)} INFO  [dispatch-eu-3] heartbeat queue_depth={dice.randint(900, 1400)} workers=8"


def _attempt(dice: random.Random, at: datetime, tenant: str, event: str, *, is_healthy: bool) -> Iterator[str]:
    trace = TRACE if dice.random() < 0.01 else f"{dice.getrandbits(128):032x}"
    yield f"{_stamp(at)} INFO  [dispatch-eu-3] delivering {event} tenant={tenant} attempt=1 trace_id={trace}"
    if is_healthy:
        took = dice.randint(90, 260)
        yield f"{_stamp(at)} INFO  [dispatch-eu-3] delivered {event} tenant={tenant} status=200 in {took} ms"
        return
    late = at + timedelta(milliseconds=10_000 + dice.randint(0, 40))
    yield f"{_stamp(late)} ERROR [dispatch-eu-3] delivery of {event} failed tenant={tenant} trace_id={trace}"
    yield "java.util.concurrent.TimeoutException: no connection from pool within 10000 ms (in use 8 of 8)"
    yield f"    at example.webhooks.pool.ConnectionPool.acquire(ConnectionPool.java:{dice.choice([88, 88, 91])})"
    yield "    at example.webhooks.DeliveryWorker.deliver(DeliveryWorker.java:142)"
    yield "    at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)"
    yield f"{_stamp(late)} WARN  [dispatch-eu-3] retry of {event} scheduled in 5 s attempt=2 endpoint={ENDPOINT}"


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def recording(at: datetime = BREAKS_AT) -> bytes:
    """A HAR of the customer's dashboard: the page loads, the replay call ends in 504, the list in 429."""
    calls = (
        (0, "GET", f"{_APP}/webhooks", 200, "text/html", "<title>Webhooks</title>", 210),
        (2, "GET", f"{_API}/deliveries?limit=50", 200, "application/json", '{"data":[]}', 340),
        (9, "POST", f"{_API}/deliveries/replay", 504, "application/json", _GATEWAY, 30_012),
        (41, "GET", f"{_API}/deliveries?limit=50", 429, "application/json", _LIMITED, 45),
        (42, "GET", f"{_API}/deliveries?limit=50", 429, "application/json", _LIMITED, 41),
    )
    entries = [_entry(at, *call) for call in calls]
    creator = {"name": "Dashboard recorder", "version": "1.0"}
    return json.dumps({"log": {"version": "1.2", "creator": creator, "entries": entries}}, indent=1).encode()


_APP = "https://app.quayside.example"
_API = "https://api.quayside.example/v1"
_GATEWAY = '{"type":"about:blank","title":"Gateway Timeout","status":504,"request_id":"req_7f3a91c2d4e8"}'
_LIMITED = '{"title":"Too Many Requests","status":429}'


def _entry(
    breaks_at: datetime, after: int, method: str, url: str, status: int, kind: str, body: str, took: int
) -> dict[str, object]:
    at = breaks_at + timedelta(minutes=9, seconds=after)
    answer = [{"name": "Content-Type", "value": kind}, {"name": "Server", "value": "edge-proxy"}]
    if status == 429:
        answer.append({"name": "Retry-After", "value": "30"})
    asked = [{"name": "Authorization", "value": f"Bearer {_BEARER}"}, {"name": "Accept", "value": "*/*"}]
    return {
        "startedDateTime": at.isoformat().replace("+00:00", "Z"),
        "time": took,
        "request": {
            "method": method, "url": url, "httpVersion": "h2", "headers": asked, "queryString": [], "headersSize": -1,
            "bodySize": 0, "cookies": [{"name": "session", "value": "s%3A" + "b81f" * 8}],
        },
        "response": {
            "status": status, "statusText": "", "httpVersion": "h2", "headers": answer, "cookies": [],
            "content": {"size": len(body), "mimeType": kind, "text": body}, "redirectURL": "", "headersSize": -1,
            "bodySize": len(body),
        },
        "cache": {},
        "timings": {"blocked": 1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": took - 3, "receive": 2},
    }  # fmt: skip
