"""Logs of forward proxies and web filters, by what they refused: Squid, Envoy, tinyproxy, Privoxy, Blue Coat, and those
that write fields with names, as FortiGate, Zscaler, Netskope and AWS do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sevline.core.finding import Given
from sevline.core.readers.network import ProxyLog, Refused
from sevline.core.readers.reader import Form, Source, reader

MAX_LINES = 500_000
#: Lines of the head by which a log is known, and the share of them that have the form.
HEAD, LEAST, MOSTLY = 200, 1, 0.5
_TARGET = (
    r"(?:[a-z]{2,8}://)?(?:[^\s/@]{1,80}@)?\[?(?P<host>[\w.-]{1,253}|[0-9a-f:]{3,39})\]?"
    r"(?::(?P<port>\d{1,5}))?(?:[/?]\S{0,4000})?"
)
SQUID = re.compile(
    r"^\s{0,4}\d{9,11}\.\d{3}\s{1,8}-?\d{1,9} \S{1,80} (?P<said>(?:TCP|UDP|NONE|TAG)\w{0,60}/(?P<status>\d{3})) "
    rf"\d{{1,15}} [A-Z_]{{3,20}} {_TARGET} "
)
SQUID_COMMON = re.compile(
    rf'^\S{{1,80}} \S{{1,80}} \S{{1,80}} \[[^\]]{{10,40}}\] "[A-Z_]{{3,20}} {_TARGET} HTTP/[\d.]{{1,3}}" '
    r"(?P<status>\d{3}) .{0,2000}?(?P<said>(?:TCP|NONE)_\w{2,40}):HIER_"
)
ENVOY = re.compile(
    rf'^\[[^\]]{{10,40}}\] "[A-Z]{{3,10}} {_TARGET} HTTP/[\d.]{{1,3}}" (?P<status>\d{{3}}) [A-Z,-]{{1,40}} '
)
RBAC = re.compile(r"rbac_access_denied\S{0,80}|\bUAEX\b|ext_authz_denied\S{0,80}")
TINYPROXY = re.compile(r"(?P<said>Proxying refused on filtered (?:domain|url)) \"(?P<host>[^\"]{1,253})\"")
TINYPROXY_PASSED = re.compile(r"Request \(file descriptor \d{1,6}\): [A-Z]{3,10} ")
PRIVOXY = re.compile(rf"Crunch: (?P<said>Blocked|Connection not allowed)[^:]{{0,40}}: {_TARGET}")
#: Fields with names, as `action="blocked"` or `"action": "Blocked"`.
ACTION = re.compile(
    r"(?i)\b(?:s-action|sc-filter-result|utmaction|action|verdict|disposition|decision)\"?\s{0,2}[=:]\s{0,2}\"?"
    r"(?P<said>[a-z_]{2,30}(?: [a-z_]{2,20})?)"
)
NO = re.compile(r"(?i)^(?:block\w*|den(?:y|ied)\w*|drop\w*|refus\w*|reject\w*|tcp_denied|blocked_\w+|prohibit\w*)")
YES = re.compile(r"(?i)^(?:allow\w*|pass\w*|accept\w*|permit\w*|tcp_\w+|observed|forward\w*|close|start|proxied)")
NAMED_HOST = re.compile(
    rf"(?i)\b(?:hostname|host|cs-host|dsthost|dstname|destination_?(?:host|domain)|domain|sni|server_name|url|request_?url|"
    rf"requesturl|cs-uri|site)\"?\s{{0,2}}[=:]\s{{0,2}}\"?{_TARGET}"
)
REASON = re.compile(
    r"(?i)\b(?:reason|catdesc|category|rule_?label|rulename|policy(?:name|id)?|msg)\"?\s{0,2}[=:]\s{0,2}\"?([^\",]{2,80})"
)
WEB = re.compile(
    r"(?i)webfilter|web_?proxy|urlf|casb|swg|proxy|zscaler|netskope|umbrella|fortigate|dnsfilter|app-?ctrl|network.?firewall"
)


@dataclass
class _Host:
    port: str = ""
    why: str = ""
    line: int = 0
    times: int = 0
    passed: int = 0


@dataclass
class _Count:
    product: str
    hosts: dict[str, _Host] = field(default_factory=dict)
    passed: int = 0

    def take(self, number: int, host: str, port: str, why: str) -> None:
        """`why` is empty for what was let through."""
        one = self.hosts.setdefault(host.lower(), _Host(port))
        if not why:
            one.passed += 1
            self.passed += 1
            return
        one.times += 1
        if one.times == 1:
            one.line, one.why, one.port = number, why, port


@reader("proxy-log", Form.LINES)
def proxy_log(source: Source, lines: list[str]) -> Iterator[Given]:
    """Which hosts a forward proxy or a web filter refused, by its own log"""
    for product, read in READERS:
        head = [line for line in lines[:HEAD] if line.strip() and not line.startswith("#")]
        fitting = sum(1 for line in head if read(line) is not None)
        if fitting < LEAST or fitting < MOSTLY * len(head):
            continue
        count = _Count(product)
        for number, line in enumerate(lines[:MAX_LINES], 1):
            if (told := read(line)) is not None and told[0]:
                count.take(number, *told)
        refused = [
            Refused(host, one.port, one.why, one.line, one.times, one.passed)
            for host, one in count.hosts.items()
            if one.times > one.passed  # a sign-in that is asked for at first is no refusal
        ]
        yield ProxyLog(source.artifact, product, tuple(sorted(refused, key=lambda one: -one.times)), count.passed)
        return


Told = tuple[str, str, str]


def _squid(line: str) -> Told | None:
    found = SQUID.match(line[:6_000]) or SQUID_COMMON.match(line[:6_000])
    if found is None:
        return None
    status, said = found["status"], found["said"]
    why = f"{said.partition('/')[0]}/{status}" if "DENIED" in said and status != "407" else ""
    return found["host"], found["port"] or "", why


def _envoy(line: str) -> Told | None:
    found = ENVOY.match(line[:6_000])
    if found is None:
        return None
    rule = RBAC.search(line[:6_000]) if found["status"] in {"401", "403"} else None
    return found["host"], found["port"] or "", f"{found['status']}, {rule[0]}" if rule else ""


def _tinyproxy(line: str) -> Told | None:
    if found := TINYPROXY.search(line[:2_000]):
        return found["host"], "", found["said"]
    return ("", "", "") if TINYPROXY_PASSED.search(line[:2_000]) else None


def _privoxy(line: str) -> Told | None:
    found = PRIVOXY.search(line[:2_000])
    return (found["host"], found["port"] or "", found["said"]) if found else None


def _fields(line: str) -> Told | None:
    """A line of a filter that names what it did and to which host; both have to be there."""
    cut = line[:6_000]
    action = ACTION.search(cut)
    if action is None or not WEB.search(cut):
        return None
    host = NAMED_HOST.search(cut)
    if host is None or "." not in host["host"]:
        return None
    if NO.match(action["said"]):
        reason = REASON.search(cut)
        return host["host"], host["port"] or "", f"{action['said']}{f', {reason[1].strip()}' if reason else ''}"
    return (host["host"], host["port"] or "", "") if YES.match(action["said"]) else None


READERS = (
    ("Squid", _squid),
    ("Envoy", _envoy),
    ("tinyproxy", _tinyproxy),
    ("Privoxy", _privoxy),
    ("The web filter", _fields),
)
