"""The corpus itself: labelled lines, decoys, and a log of any size for figures of speed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tests.redaction_corpus import persons_made, secrets_made
from tests.redaction_corpus.surroundings import (
    ANYWHERE,
    DECOYS,
    ENCODED_ANYWHERE,
    PERSON_FIELDS,
    SECRET_PAIRS,
    framed,
    when,
)


class Sort(StrEnum):
    SECRET = "secret"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Labelled:
    """`text` holds `value` as written in `form`; after redaction neither `value` nor `form` may be in it."""

    sort: Sort
    kind: str
    value: str
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Corpus:
    labelled: tuple[Labelled, ...]
    decoys: tuple[str, ...]


Maker = Callable[[Random], str]


def labelled_corpus(seed: int, *, labels: int = 20_000, decoys: int = 20_000, encoded: bool = False) -> Corpus:
    """About `labels` values of every kind in turn, and lines in which nothing is to be masked."""
    random = Random(seed)
    makers = list(_plain())
    lines = []
    for number in range(labels):
        sort, kind, make = makers[number % len(makers)]
        lines.append(_encoded(sort, kind, make, random) if encoded else make_line(sort, kind, make, random))
    return Corpus(tuple(lines), tuple(random.choice(DECOYS)(random) for _ in range(decoys)))


def _plain() -> Iterator[tuple[Sort, str, Maker]]:
    for kind, make in secrets_made.SHAPED.items():
        yield Sort.SECRET, kind, make
    for kind in ("password", "generic secret"):
        for _ in range(12):
            yield Sort.SECRET, kind, secrets_made.password if kind == "password" else secrets_made.generic
    yield Sort.SECRET, "private key", secrets_made.private_key
    for kind, make in persons_made.SHAPED.items():
        for _ in range(4):
            yield Sort.PERSONAL, kind, make
    for kind, (_, make) in persons_made.NAMED.items():
        yield Sort.PERSONAL, kind, make
    yield from ((Sort.PERSONAL, "person", lambda random: random.choice(persons_made.FIRST)) for _ in range(4))


def make_line(sort: Sort, kind: str, make: Maker, random: Random) -> Labelled:
    if kind == "person":
        return _person(random)
    value = make(random)
    if kind == "private key":
        return Labelled(sort, kind, value, f"before\n{value}\nafter", value.split("\n")[1])
    if kind in ("password", "generic secret"):
        frame = random.choice(SECRET_PAIRS)
    elif kind in persons_made.NAMED:
        name = random.choice(persons_made.NAMED[kind][0])
        frame = random.choice((name + "={}", f'{{{{"{name}": "{{}}"}}}}', f"The {name} is {{}}.", f"{name}: {{}}"))
    else:
        frame = random.choice(ANYWHERE)
    text = framed(frame, value, random)
    return Labelled(sort, kind, value, text, value if value in text else _written(frame, value))


def _written(frame: str, value: str) -> str:
    from urllib.parse import quote

    if "{url}" in frame:
        return quote(value, safe="")
    return value.replace(";", "").replace('"', "") if "{cookie}" in frame else value


def _person(random: Random) -> Labelled:
    first, last = random.choice(persons_made.FIRST), random.choice(persons_made.LAST)
    login = f"{first[0].lower()}{last.lower()}"
    frame = random.choice(PERSON_FIELDS)
    text = frame.format(first=first, last=last, login=login, n=random.randrange(9000), when=when(random))
    value = login if "{login}" in frame else first if "{first}" in frame else last
    return Labelled(Sort.PERSONAL, "person", value, text, value)


def _encoded(sort: Sort, kind: str, make: Maker, random: Random) -> Labelled:
    value = make(random)
    if kind in ("private key", "person") or kind in persons_made.NAMED:
        kind, sort, value = "email", Sort.PERSONAL, persons_made.email(random)
    if kind in ("password", "generic secret"):
        value = f"password={value}"
    how = random.choice(tuple(ENCODED_ANYWHERE))
    form = ENCODED_ANYWHERE[how](value)
    return Labelled(sort, f"{kind} as {how}", value, framed(random.choice(ANYWHERE[:5]), form, random), form)


def mixed_log(size: int, seed: int = 7) -> Iterator[str]:
    """Lines of a log of about `size` bytes: one in four holds a value.

    As in the logs of a service, addresses and people come back: each is drawn from as many as there are 2,500 bytes in
    the log, or made afresh, so that 100 MB hold about 120,000 different values.
    """
    random = Random(seed)
    shaped = [make for _, kind, make in _plain() if kind not in ("private key", "person", "password", "generic secret")]
    common = (persons_made.email, persons_made.ipv4, persons_made.ipv6, persons_made.phone, persons_made.card)
    pool = [random.choice(common)(random) for _ in range(max(200, size // 2_500))]
    written = 0
    while written < size:
        line = _line(random, pool, shaped)
        written += len(line.encode()) + 1
        yield line


def _line(random: Random, pool: list[str], shaped: list[Maker]) -> str:
    chance = random.random()
    if chance < 0.20:
        return framed(random.choice(ANYWHERE), random.choice(pool), random)
    if chance < 0.22:
        return framed(random.choice(ANYWHERE), random.choice(shaped)(random), random)
    if chance < 0.24:
        return framed(random.choice(SECRET_PAIRS), secrets_made.password(random), random)
    if chance < 0.25:
        return _person(random).text
    return random.choice(DECOYS)(random)
