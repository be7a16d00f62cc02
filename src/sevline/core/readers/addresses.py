"""Which part of two addresses differs, in words, and whether a host is called by its address."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

#: How an address reads that is masked.
MASKED = re.compile(r"ip-[0-9a-f]{16}-[0-9a-f]{16}")


def is_address(host: str) -> bool:
    """Whether that is an IP address and no name, masked or not."""
    try:
        return MASKED.fullmatch(host) is not None or bool(ip_address(host))
    except ValueError:
        return False


def difference(observed: str, expected: str) -> str:
    """Which parts of two URLs differ, in words: the host before all else, for behind it nothing is to be compared."""
    try:
        one, two = urlsplit(observed), urlsplit(expected)
        ports = (one.port, two.port)
    except ValueError:
        return "it is not a URL"
    scheme = f"the scheme differs ({one.scheme} and {two.scheme})" if one.scheme != two.scheme else ""
    if one.hostname != two.hostname:
        return f"the host differs ({one.hostname or 'none'} and {two.hostname or 'none'})"
    usual = bool(scheme) and set(ports) <= {None, 80, 443}
    rest = "the port differs" if ports[0] != ports[1] and not usual else _after_the_host(one, two)
    return ", and ".join(filter(None, (scheme, rest))) or "only upper and lower case of the host differ"


def only_the_scheme(words: str) -> bool:
    """Whether that is all that `difference` found, as where a proxy ends TLS and does not say so."""
    return words.startswith("the scheme") and words.endswith(")")


def _after_the_host(one: SplitResult, two: SplitResult) -> str:
    tried = (
        (one.path == two.path and one.query == two.query, ""),
        (one.path == two.path, "the query differs"),
        (one.path.rstrip("/") == two.path.rstrip("/"), "only the slash at the end differs"),
        (one.path.casefold() == two.path.casefold(), "only upper and lower case of the path differ"),
    )
    return next((words for holds, words in tried if holds), "the path differs")


def told_apart(observed: str, expected: str) -> str:
    """Which parts differ, and the place where that alone does not show it."""
    words = difference(observed, expected)
    is_plain = words.startswith(("the host", "only ")) or words.endswith(")")
    return words if is_plain else f"{words}; {first_difference(observed, expected)}"


def first_difference(observed: str, expected: str) -> str:
    """Where two texts part, for a person who compares them: “differs from character 24 on: “x…” and “y…””."""
    same = next((at for at, (one, two) in enumerate(zip(observed, expected, strict=False)) if one != two), None)
    at = min(len(observed), len(expected)) if same is None else same
    one, two = observed[at : at + 12] or "the end", expected[at : at + 12] or "the end"
    return f"they part at character {at + 1}: “{one}” and “{two}”"
