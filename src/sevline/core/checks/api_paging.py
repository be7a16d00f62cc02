"""Pages that come again, and requests whose signature is dated too far from the server's clock."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from sevline.core.finding import Finding, Side, check, failed, warned
from sevline.core.readers.http import Exchange, Traffic
from sevline.core.readers.moments import any_moment
from sevline.core.readers.traffic import groups, says

CURSORS = (
    "cursor",
    "page",
    "page_token",
    "pagetoken",
    "next",
    "offset",
    "after",
    "starting_after",
    "continuation",
    "marker",
    "since",
)
SKEWED = (
    "requesttimetooskewed",
    "request time too skewed",
    "signature expired",
    "signaturedoesnotmatch: signature expired",
    "requestexpired",
    "date header is too",
    "clock skew",
    "timestamp is too",
)
AMZ = re.compile(r"^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$")


@check("API16", supports=("paging-loop", "clock-skew"), refutes=())
def paging_and_skew(traffic: Traffic) -> Iterator[Finding]:
    """Paging loops, and signed requests refused for their time"""
    yield from _loops(traffic)
    for group in groups(traffic, lambda call: call.status in {400, 401, 403} and bool(says(call, SKEWED))):
        call = group.first
        word = says(call, SKEWED)
        skew = _skew(call)
        yield failed(
            f"{group.opening} answered {call.status} {group.times}: the request's time is too far from the server's"
            + (
                f", by {abs(skew.total_seconds()):.0f} s "
                f"({'the client is behind' if skew.total_seconds() > 0 else 'the client is ahead'})."
                if skew
                else "."
            ),
            call.cite("body", f"“{word}”", "an accepted time"),
            *([call.cite("header:date", call.received["date"], "near the request's time")] if skew else []),
            side=Side.CUSTOMER_CLIENT,
            next_step="Set the client's clock by NTP; sign each attempt anew instead of sending an old request again.",
        )


def _skew(call: Exchange) -> timedelta | None:
    """The server's Date less the time that the request was signed at."""
    server = any_moment(call.received.get("date", ""))
    told = AMZ.match(call.sent.get("x-amz-date", ""))
    signed = any_moment(f"{told[1]}-{told[2]}-{told[3]}T{told[4]}:{told[5]}:{told[6]}Z") if told else call.started
    return server - signed if server and signed else None


def _loops(traffic: Traffic) -> Iterator[Finding]:
    """The same page asked for three times with success, among other pages of its list, or five times alone."""
    seen: dict[tuple[str, str, str], dict[str, list[Exchange]]] = {}
    for call in traffic.in_time_order():
        if call.method != "GET" or not 200 <= call.status < 300:
            continue
        cursor, rest = _cursor(call.url)
        if cursor:
            seen.setdefault((call.host, call.path, rest), {}).setdefault(cursor, []).append(call)
    for (_, path, _), pages in seen.items():
        again = [calls for calls in pages.values() if len(calls) >= 3]
        if again and (len(pages) > 1 or len(again[0]) >= 5):
            calls = again[0]
            yield warned(
                f"Paging loop on {path}: the same page was read {len(calls)} times, {len(pages)} different "
                "pages in all.",
                *(call.cite("url", "the same cursor", "each page once") for call in calls[:4]),
                side=Side.CUSTOMER_CLIENT,
                next_step="Compare the cursor in each answer with the one sent next: it is not taken over, or "
                "the server gives the same one back.",
            )


def _cursor(url: str) -> tuple[str, str]:
    """The paging parameters of a URL, and its other parameters."""
    try:
        pairs = parse_qsl(urlsplit(url).query, max_num_fields=200)
    except ValueError:
        return "", ""
    paging = [f"{key}={value}" for key, value in pairs if key.lower() in CURSORS]
    return "&".join(paging), "&".join(sorted(f"{key}={value}" for key, value in pairs if key.lower() not in CURSORS))
