"""Which component the records of a pattern are of, and how a change of some component fits that.

A record says it in a field, in what stands before its message (`checkout: …`, `[checkout] …`, `service=checkout`), by
its logger, or by the name of its file. A prefix may also be the word of an error, and a logger names a part of a
component, so these two count as known only where the catalogue of changes knows the name, or where the prefix looks
like nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sevline.core.mining.surfacing.counts import PatternCounts

Words = tuple[str, ...]


class Fit(StrEnum):
    """How a change's component fits the records, the best first."""

    SAME = "same"
    PART = "part"
    MENTIONED = "mentioned"
    UNKNOWN = "unknown"
    OTHER = "other"


_PREFIX = re.compile(r"([A-Za-z][\w.\-/]{1,60})(?:\[[^\]\n]{1,20}\])?(?:: | \| | - )")
_BRACKETED = re.compile(r"[\[(]([^\[\]()\n]{1,80})[\])]:? ?")
_NAME = re.compile(r"[A-Za-z][\w.\-/]{1,60}")
_PAIR = re.compile(
    r"(?:^|[\s,;{\[(\"])(?:service|svc|component|app|application|program|subsystem)(?:[._\-]?name)?\"?\s?[=:]\s?\"?"
    r"([A-Za-z][\w.\-/]{1,60})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")
_LOGGER = re.compile(r"[a-z].*[./:].|.*[a-z][A-Z]|[A-Z]")
_BRACKETS = 3
_LOOKED_AT = 1_000

_GENERIC = (
    "service svc server api app application worker backend frontend prod production prd staging stage dev test log "
    "logs txt json gz current out err stdout stderr error errors access main default com org net io github internal "
    "pkg src lib cmd root java python node docker container pod systemd kernel"
)
_OF_NOTHING = frozenset(_GENERIC.split())
"""Words that are part of many names and tell no component by themselves."""

_HAPPENED = (
    "trace debug info notice warn warning error err fatal critical severe panic exception failure failed fail timeout "
    "timed cause caused reason note message msg status result response request req res get post put delete patch head "
    "options http https tcp udp sql thread task job event step phase main pool exec nio line file at in on for by "
    "success ok done started stopped starting stopping true false null none unknown usage hint see code"
)
_NO_COMPONENTS = frozenset(_HAPPENED.split())
"""Words before a colon, or in brackets, that say what happened and not where."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What records say of where they come from. `named`: a field or a prefix that names the component. `hints`: words
    of loggers and file names, which may name more than the component. `words`: all constant words of the message."""

    named: frozenset[str] = frozenset()
    hints: tuple[Words, ...] = ()
    words: Words = ()


def origin_of(pattern: PatternCounts) -> Origin:
    named: set[str] = set()
    hints: list[Words] = []
    texts = {pattern.template, *(example.text.partition("\n")[0] for example in pattern.examples)}
    for name in (*pattern.services, *(name for text in sorted(texts) for name in _led_by(text[:_LOOKED_AT]))):
        words = words_of(name)
        if _LOGGER.match(name):
            hints.append(words)
        elif _telling(words):
            named.add(name)
    hints += [words_of(name) for name in {example.source for example in pattern.examples}]
    return Origin(frozenset(named), tuple(hints), words_of(pattern.template))


def _led_by(text: str) -> Iterable[str]:
    """Names in front of a message; those that only say what happened are left out."""
    found = [pair[1] for pair in _PAIR.finditer(text)]
    at = 0
    for _ in range(_BRACKETS):
        if (bracketed := _BRACKETED.match(text, at)) is None:
            break
        found += [bracketed[1]] * bool(_NAME.fullmatch(bracketed[1]))
        at = bracketed.end()
    if prefix := _PREFIX.match(text, at):
        found.append(prefix[1])
    return [name for name in found if not set(words_of(name)) & _NO_COMPONENTS]


@lru_cache(maxsize=1 << 12)
def words_of(name: str) -> Words:
    """`checkout-api`, `checkout_api` and `CheckoutApi` have the same words; numbers are none."""
    return tuple(word.lower() for word in _WORD.findall(name))


def _telling(words: Words) -> Words:
    return tuple(word for word in words if word not in _OF_NOTHING)


def fits(catalogued: Iterable[str], origin: Origin) -> dict[str, Fit]:
    """Of each component that the catalogue names, how it fits. OTHER is told only where the records' own is known, by
    themselves or because the catalogue holds it."""
    found = {name: _fit_of(name, origin) for name in catalogued}
    if not origin.named and all(each is Fit.UNKNOWN for each in found.values()):
        return found
    return {name: Fit.OTHER if each is Fit.UNKNOWN else each for name, each in found.items()}


def best(found: Iterable[Fit]) -> Fit:
    return min(found, key=list(Fit).index, default=Fit.UNKNOWN)


def _fit_of(component: str, origin: Origin) -> Fit:
    """UNKNOWN where nothing of the records names the component."""
    if _plain(component) in {_plain(name) for name in origin.named}:
        return Fit.SAME
    words = words_of(component)
    wanted = _telling(words) or words
    if not wanted:
        return Fit.UNKNOWN
    names = [_telling(words_of(name)) for name in origin.named]
    if wanted in names:
        return Fit.SAME
    if any(_holds(name, wanted) or _holds(wanted, name) for name in names) or _is_hinted(wanted, origin):
        return Fit.PART
    return Fit.MENTIONED if _holds(origin.words, wanted) else Fit.UNKNOWN


def _is_hinted(wanted: Words, origin: Origin) -> bool:
    return any(_holds(words, wanted) for words in origin.hints)


def _holds(words: Words, wanted: Words) -> bool:
    """Whether the wanted words stand in the others one behind the other."""
    size = len(wanted)
    return bool(wanted) and any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")
