"""What dig, nslookup and host print."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sevline.core.finding import Given
from sevline.core.readers.network import Answer, Lookup
from sevline.core.readers.reader import Form, Source, reader

HEADER = re.compile(r"^;; ->>HEADER<<- opcode: \w+, status: ([A-Z]+)")
QUESTION = re.compile(r"^;(\S{1,255})\s+IN\s+([A-Z0-9]{1,10})\s*$")
RECORD = re.compile(r"^(\S{1,255})\s+(\d{1,10})\s+IN\s+([A-Z0-9]{1,10})\s+(.{1,600})$")
SERVER = re.compile(r"^;; SERVER: (\S{1,120}?)(?:#\d+)?(?:\(|\s|$)")
QUERY_TIME = re.compile(r"^;; Query time: (\d{1,9}) msec")
COMMAND = re.compile(r"^; <<>> DiG .{0,40}? <<>> (.{0,300})$")
EXTENDED = re.compile(r"^; EDE: (\d{1,5})(?: \(([^()]{1,80})\))?(?:: ?\(?(.{1,200}?)\)?)?\s*$")
TIMED_OUT = re.compile(
    r"^;; (?:connection timed out|no servers could be reached|communications error .{0,100}timed out)"
)
#: Types that a question may name, and those of them whose answer is a name.
KINDS = frozenset(
    {
        "A",
        "AAAA",
        "CNAME",
        "MX",
        "TXT",
        "NS",
        "SOA",
        "SRV",
        "PTR",
        "CAA",
        "DS",
        "DNSKEY",
        "HTTPS",
        "SVCB",
        "TLSA",
        "NAPTR",
    }
)
NAMING = frozenset({"NS", "PTR"})
NS_SERVER = re.compile(r"^Server:\s+(\S{1,120})")
NS_NAME = re.compile(r"^Name:\s+(\S{1,255})")
NS_ADDRESS = re.compile(r"^Address(?:es)?:\s+(\S{1,120})")
NS_FAILED = re.compile(r"^\*\* server can't find (\S{1,255}): (NXDOMAIN|SERVFAIL|REFUSED)")
#: `dig +short` behind a prompt: what follows is one answer a line.
SHORT = re.compile(r"^\s*(?:[$>#%] ?|\S{1,80}[$>#%] ?)?dig\s(.{0,300}\+short\b.{0,100})$")
SHORT_ANSWER = re.compile(
    r"^\s{0,4}(?:(\d{1,3}(?:\.\d{1,3}){3}|ip-[0-9a-f]{16}-[0-9a-f]{16})|([0-9a-fA-F:]*:[0-9a-fA-F:]{2,39})|([\w.-]{1,253}\.))\s*$"
)
NS_WINDOWS = re.compile(
    r"^\*\*\* (\S{1,120}) can't find (\S{1,255}): (Non-existent domain|Server failed|Query refused|No response)"
)
NS_POWERSHELL = re.compile(
    r"^Resolve-DnsName ?: (\S{1,255}) : (DNS name does not exist|DNS server failure|DNS operation refused"
    r"|This operation returned because the timeout period expired)"
)
WINDOWS = {
    "DNS name does not exist": "NXDOMAIN",
    "DNS server failure": "SERVFAIL",
    "DNS operation refused": "REFUSED",
    "This operation returned because the timeout period expired": "TIMEOUT",
    "Non-existent domain": "NXDOMAIN",
    "Server failed": "SERVFAIL",
    "Query refused": "REFUSED",
    "No response": "TIMEOUT",
}
#: A program that got no address: curl, wget, ping, ssh, psql, Node.js, Java, Python, Go, .NET. What the resolver
#: answered is not told.
UNRESOLVED = re.compile(
    r"(?:Could not resolve host(?:name)?:? |getaddrinfo (?:ENOTFOUND|EAI_AGAIN) |UnknownHostException: |lookup "
    r"|unable to resolve host address [‘'`\"]?|could not find host |could not translate host name \"?"
    r"|Failed to resolve ['\"]?|[Nn]o such host is known\.? \("
    r"|^ping: (?=\S{1,255}: (?:Name or service not|Temporary failure in name|nodename nor)))"
    r"([A-Za-z0-9][A-Za-z0-9.-]{1,252})"
    r"(?=$|[\s:,;'’`\")])(?: on [\d.:\[\]]{3,50})?(: no such host)?"
)
UNRESOLVED_MARKS = (
    *("resolve host", "getaddrinfo", "UnknownHost", "no such host", "No such host", "not find host"),
    *("translate host name", "Failed to resolve", "ping: "),
)
MOST_UNRESOLVED = 20
HOST_HAS = re.compile(r"^(\S{1,255}) has (IPv6 )?address (\S{1,120})$")
HOST_FAILED = re.compile(r"^Host (\S{1,255}) not found: \d\((NXDOMAIN|SERVFAIL|REFUSED)\)")


@reader("dns-text", Form.LINES)
def dns_text(source: Source, lines: list[str]) -> Iterator[Given]:
    """Output of dig, nslookup, host and Resolve-DnsName"""
    yield from _dig(source.artifact, lines)
    yield from _nslookup(source.artifact, lines)
    yield from _host(source.artifact, lines)
    yield from _short(source.artifact, lines)
    yield from _unresolved(source.artifact, lines)


def _dig(artifact: str, lines: list[str]) -> Iterator[Lookup]:
    open_one: Lookup | None = None
    asked = ""
    for number, line in enumerate(lines, 1):
        if command := COMMAND.match(line):
            asked = command[1]
        elif TIMED_OUT.match(line):
            name, kind, server = _asked(asked)
            yield Lookup(artifact, number, name, kind, "TIMEOUT", server)
        elif header := HEADER.match(line):
            if open_one is not None:
                yield open_one
            open_one = Lookup(artifact, number, "", "A", header[1])
        elif open_one is not None:
            open_one = _taken(open_one, number, line)
    if open_one is not None:
        yield open_one


def _asked(words: str) -> tuple[str, str, str]:
    """Name, type and resolver of a dig command line."""
    plain = [word for word in words.split() if not word.startswith(("+", "-", "@"))]
    kinds = [word.upper() for word in plain if word.upper() in KINDS]
    kinds += ["PTR"] if "-x" in words.split() else []  # the name of an address
    names = [word for word in plain if word.upper() not in kinds]
    server = next((word[1:] for word in words.split() if word.startswith("@")), "")
    return (names[0] if names else ""), (kinds[0] if kinds else "A"), server


def _taken(one: Lookup, number: int, line: str) -> Lookup:
    if question := QUESTION.match(line):
        return replace(one, name=question[1].rstrip("."), type=question[2])
    if record := RECORD.match(line):
        answer = Answer(number, record[3], record[4].strip().rstrip("."), int(record[2]))
        return replace(one, answers=(*one.answers, answer))
    if server := SERVER.match(line):
        return replace(one, resolver=server[1])
    if extended := EXTENDED.match(line):
        said = ": ".join(part for part in (extended[2], extended[3]) if part)
        return replace(one, reason=said, reason_code=int(extended[1]), reason_line=number)
    if took := QUERY_TIME.match(line):
        return replace(one, millis=int(took[1]))
    return one


def _nslookup(artifact: str, lines: list[str]) -> Iterator[Lookup]:
    server, name, at = "", "", 0
    found: list[Answer] = []
    for number, line in enumerate([*lines, "Server: end"], 1):
        if opened := NS_SERVER.match(line):
            if name and found:
                yield Lookup(artifact, at, name, _kind(found), "NOERROR", server, tuple(found))
            server, name, found = opened[1], "", []
        elif (refused := _refused(artifact, number, line, server)) is not None:
            yield refused
        elif named := NS_NAME.match(line):
            name, at = named[1], number
        elif name and (address := NS_ADDRESS.match(line)):
            found.append(Answer(number, "AAAA" if ":" in address[1] else "A", address[1]))


def _refused(artifact: str, number: int, line: str, server: str) -> Lookup | None:
    """A name that nslookup or Resolve-DnsName could not find."""
    if failed := NS_FAILED.match(line):
        return Lookup(artifact, number, failed[1].rstrip("."), "A", failed[2], server)
    if failed := NS_WINDOWS.match(line):
        return Lookup(artifact, number, failed[2].rstrip("."), "A", WINDOWS[failed[3]], server or failed[1])
    if failed := NS_POWERSHELL.match(line):
        return Lookup(artifact, number, failed[1].rstrip("."), "A", WINDOWS[failed[2]], "")
    return None


def _short_answer(number: int, told: re.Match[str], asked: str) -> Answer:
    """An address, or a name: an alias, unless a name was asked for."""
    kind = "A" if told[1] else "AAAA" if told[2] else asked if asked in NAMING else "CNAME"
    return Answer(number, kind, (told[1] or told[2] or told[3]).rstrip("."))


def _short(artifact: str, lines: list[str]) -> Iterator[Lookup]:
    asked: tuple[int, str, str, str] | None = None
    found: list[Answer] = []
    for number, line in enumerate([*lines, ""], 1):
        if asked is not None and (told := SHORT_ANSWER.match(line)) is not None:
            found.append(_short_answer(number, told, asked[2]))
            continue
        if asked is not None and found:
            yield Lookup(artifact, asked[0], asked[1], asked[2], "NOERROR", asked[3], tuple(found))
        command = SHORT.match(line) if "+short" in line else None
        asked, found = ((number, *_asked(command[1])) if command else None), []


def _unresolved(artifact: str, lines: list[str]) -> Iterator[Lookup]:
    """Each name once, at the first line that says so."""
    names: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not any(mark in line for mark in UNRESOLVED_MARKS) or len(names) >= MOST_UNRESOLVED:
            continue
        told = UNRESOLVED.search(line[:2_000])
        if told is None or ("lookup " in told[0] and not told[2]) or (name := told[1].rstrip(".")) in names:
            continue
        names.add(name)
        yield Lookup(artifact, number, name, "A", "UNRESOLVED")


def _kind(answers: list[Answer]) -> str:
    return answers[0].type


def _host(artifact: str, lines: list[str]) -> Iterator[Lookup]:
    for number, line in enumerate(lines, 1):
        if has := HOST_HAS.match(line):
            kind = "AAAA" if has[2] else "A"
            yield Lookup(artifact, number, has[1], kind, "NOERROR", "", (Answer(number, kind, has[3]),))
        elif failed := HOST_FAILED.match(line):
            yield Lookup(artifact, number, failed[1], "A", failed[2])
