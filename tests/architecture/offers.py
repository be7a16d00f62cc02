"""What a page offers: where its links lead and where its forms send, held against who may go there."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.architecture.routes import RULES, Rule

SENDING = {"hx-post": "POST", "hx-get": "GET", "hx-delete": "POST"}


class _Offers(HTMLParser):
    """Collects (method, address) of every link, form and HTMX request of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.found.append(("GET", given["href"]))
        if tag == "form":
            self.found.append((given.get("method", "get").upper(), given.get("action", "")))
        if tag in {"button", "input"} and "formaction" in given:
            self.found.append(("POST", given["formaction"]))
        self.found += [(method, given[name]) for name, method in SENDING.items() if name in given]


def offers(page: str, address: str) -> frozenset[tuple[str, str]]:
    """The (method, path) pairs that the HTML `page`, found at `address`, leads to inside the product."""
    parser = _Offers()
    parser.feed(page)
    here = urlsplit(address).path
    led = {(method, urljoin(here, target)) for method, target in parser.found if not target.startswith("#")}
    return frozenset((method, urlsplit(target).path) for method, target in led if target.startswith("/"))


def refused(role: str, page: str, address: str) -> Iterator[str]:
    """Each place of the page that changes something, or asks what to change, and that the rules close to the role."""
    for method, path in sorted(offers(page, address)):
        for rule in _rules_for(method, path):
            if role not in rule.roles:
                yield f"{method} {path}"


@cache
def _rules_for(method: str, path: str) -> tuple[Rule, ...]:
    """The rules of an address that changes something: of what is sent, and of the page that asks for it."""
    sent = _closest("POST", path)
    return sent if method == "POST" or not sent else _closest("GET", path)


def _closest(method: str, path: str) -> tuple[Rule, ...]:
    """The rules of the path: the one that names it where one does, else those whose pattern it fits."""
    fitting = [rule for rule in RULES if rule.method == method and _pattern(rule.address).fullmatch(path)]
    return tuple([rule for rule in fitting if rule.address == path] or fitting)


@cache
def _pattern(address: str) -> re.Pattern[str]:
    """Whatever stands for a number, a key or a name of this world matches any other one."""
    parts = address.partition("?")[0].split("/")
    return re.compile(
        "/".join("[^/]+" if part.startswith("{") or part.isdigit() else re.escape(part) for part in parts)
    )
