"""Hosts, pods, branches, pages and numbers of our own, and colleagues by name."""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Span, found, outside

LISTS = OUTBOUND["L14"].lists
_HOST = re.compile(r"(?<![\w@.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z][A-Za-z-]{1,62}(?![\w-])")
_MACHINE = re.compile(r"(?<![\w./@-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w@/-]|\.\w)")
_POD = re.compile(r"(?<![\w-])[a-z][a-z0-9-]*-[a-f0-9]{8,10}-[a-z0-9]{5}(?![\w-])")
_NUMBERED = re.compile(r"(?<![\w-])(?:db|srv|vm)\d{1,3}(?![\w-])")
_ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_TICKET = re.compile(r"(?<![\w-])([A-Z][A-Z0-9]{0,9})-(\d{1,7})(?![\w-])")
_BRANCH = re.compile(rf"(?<![\w./-])(?:{'|'.join(LISTS['branches'])})/(?:main|master|develop|[\w.]*[\d-][\w.-]*)\b")
_URL = re.compile(r"\bhttps?://([^\s/:?#]+)[^\s)>\]]*", re.IGNORECASE)
_NETWORKS = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")))
_REGION = re.compile(r"[a-z]{2}(?:-gov)?-(?:north|south|east|west|central|northeast|southeast)[a-z]*-?\d")


@rule("L14")
def internal_detail(draft: Draft, situation: Situation) -> Iterator[Span]:
    text = draft.text
    kept = list(_known(text, situation))
    yield from outside(_pages(text, situation), kept)
    yield from outside(_hosts(text, situation), kept)
    yield from outside(_machines(text), kept)
    yield from outside(_private(text), kept)
    yield from outside(_tickets(text, situation), kept)
    yield from outside((Span(*match.span()) for match in _BRANCH.finditer(text)), kept)
    yield from outside(found(LISTS["phrases"], text), kept)
    yield from outside(found(situation.colleagues, text), kept)


def _known(text: str, situation: Situation) -> Iterator[Span]:
    """Where the text says what the customer may read: known words, and what they wrote themselves."""
    yield from found(situation.known_words, text)
    yield from (Span(*url.span()) for url in _URL.finditer(text) if _is_upload_link(url))
    for pattern in (_HOST, _MACHINE, _POD, _NUMBERED, _ADDRESS, _TICKET, _BRANCH):
        for match in pattern.finditer(text):
            if match.group().lower() in situation.heard.lower():
                yield Span(*match.span())


def _pages(text: str, situation: Situation) -> Iterator[Span]:
    """Addresses of pages of this workbench."""
    for match in _URL.finditer(text):
        if match[1].lower() in situation.own_hosts and not _is_upload_link(match):
            yield Span(*match.span())


def _is_upload_link(url: re.Match[str]) -> bool:
    """The one page that is made for customers."""
    return url.group().partition("://")[2].partition("/")[2].startswith("send/")


def _hosts(text: str, situation: Situation) -> Iterator[Span]:
    for match in _HOST.finditer(text):
        labels = match.group().lower().split(".")
        ours = any(match.group().lower().endswith(f".{host}") for host in situation.own_hosts if "." in host)
        inside = not set(labels[-2:]).isdisjoint(LISTS["inside"])
        tool = labels[0] in LISTS["tools"] and len(labels) > 2
        if ours or inside or tool or any(_is_machine(label) for label in labels[:-1]):
            yield Span(*match.span())


def _machines(text: str) -> Iterator[Span]:
    for match in _MACHINE.finditer(text):
        if _is_machine(match.group()):
            yield Span(*match.span())
    yield from (Span(*match.span()) for match in _POD.finditer(text))
    yield from (Span(*match.span()) for match in _NUMBERED.finditer(text))


def _is_machine(name: str) -> bool:
    """Whether a name reads like a machine's: a part such as “db” or “prod” and a number of its own, “eu-db-07”."""
    parts = name.split("-")
    if len(parts) < 2 or _REGION.fullmatch(name):
        return False
    stemmed = [part for part in parts if part.rstrip("0123456789") in LISTS["stems"]]
    numbered = any(part.isdigit() for part in parts) or any(part[-1:].isdigit() for part in stemmed)
    return bool(stemmed) and numbered


def _private(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        try:
            address = ip_address(match.group())
        except ValueError:
            continue
        if any(address in network for network in _NETWORKS):
            yield Span(*match.span())


def _tickets(text: str, situation: Situation) -> Iterator[Span]:
    """Numbers of records of ours: another case, an escalation, a ticket of a tracker; not the case's own."""
    for match in _TICKET.finditer(text):
        if match[1] not in LISTS["standards"] and match.group() != situation.case_key:
            yield Span(*match.span())
