"""W3C extended logs as HTTP calls, as IIS and CloudFront write them: a `#Fields:` line names the columns."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from sevline.core.readers.http import SENDER, Exchange
from sevline.core.readers.moments import iso_moment

FIELDS = "#Fields:"
_HOSTS = ("x-host-header", "cs-host", "cs(Host)")


def is_w3c(lines: Iterable[str]) -> bool:
    return any(line.startswith(FIELDS) and "cs-method" in line and "sc-status" in line for line in lines)


def w3c_calls(lines: Iterable[str], artifact: str) -> Iterator[Exchange]:
    """The rows that hold a method, an address, a status and a time, which is in UTC."""
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            names = line.removeprefix(FIELDS).split() if line.startswith(FIELDS) else names
            continue
        values = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
        if names and len(values) >= len(names):
            row = dict(zip(names, values, strict=False))
            if (call := _call(row, artifact, f"{number}:1")) is not None:
                yield call


def _call(row: Mapping[str, str], artifact: str, place: str) -> Exchange | None:
    status, at = row.get("sc-status", ""), iso_moment(f"{row.get('date', '')}T{row.get('time', '')}")
    method, stem = row.get("cs-method", "-"), row.get("cs-uri-stem", "-")
    if not (status.isdecimal() and len(status) <= 3) or at is None or method == "-" or stem == "-":
        return None
    query = row.get("cs-uri-query", "-")
    asked = quote(stem, safe="/%:@!$&'()*+,;=~-._{}<>") + (f"?{query}" if query != "-" else "")
    host = next((row[name] for name in _HOSTS if row.get(name, "-") != "-"), "")
    sender = row.get("c-ip", "-")
    return Exchange(
        artifact,
        place,
        method,
        f"https://{host}{asked}" if host else asked,
        int(status),
        started=at,
        millis=_millis(row.get("time-taken", "-")),
        sent={SENDER: sender} if sender != "-" else {},
    )


def _millis(told: str) -> float | None:
    """IIS counts milliseconds, CloudFront seconds with a fraction."""
    try:
        return float(told) * (1000 if "." in told else 1)
    except ValueError:
        return None
