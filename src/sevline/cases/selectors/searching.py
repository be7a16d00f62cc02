"""Which cases a few words find: all of the words, in any order, each anywhere in what the person may read of the case.

Looked at are titles, what was said on the case as it is kept (redacted), the customer and its tenant, and the facts
found in texts and files. Rooms above this one teach the names of their own records: ESC-116, E-3.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import Q, QuerySet, Value
from django.db.models import When as Then

from sevline.cases.models import Case, CaseFact, CaseQuerySet, Message, number_of
from sevline.core.rights import Right, holds
from sevline.people.models import Person

MOST_FOUND = 20
MOST_WORDS = 8
LONGEST = 200
SHORTEST_FACT = 4
AROUND = 60  # characters shown on each side of the first word
_WORD = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]|([^\s\"“”„]+)")
_CASE = re.compile(r"C-\d{1,9}", re.IGNORECASE)
_FILE = "E-"  # how the source of a fact begins that was found in a file

Records = Callable[[Person, int], Q]
_RECORDS: dict[str, Records] = {}


def teach_records(prefix: str, cases: Records) -> None:
    """Find cases by the name of a record: `cases` says which have the record of that number, for this person."""
    _RECORDS[prefix] = cases


def words_of(text: str) -> tuple[str, ...]:
    """Up to eight words; what stands in quotation marks is one of them."""
    found = (" ".join((match[1] or match[2]).split()) for match in _WORD.finditer(text[:LONGEST]))
    return tuple(dict.fromkeys(word for word in found if word))[:MOST_WORDS]


def matching(person: Person, text: str) -> Q:
    """What keeps of the cases that a person sees those that have every word."""
    every = Q()
    for word in words_of(text):
        every &= _has(person, word)
    return every


def case_named(person: Person, name: str) -> Case | None:
    """The case of that number, if the person may see it: C-1042, or 1042."""
    number = number_of(name)
    visible: CaseQuerySet = Case.objects.visible_to(person).select_related("owner", "account", "product_area")
    return visible.filter(number=number).first() if number >= 0 else None


def find(person: Person, text: str) -> list[Case]:
    """The case of that number, or up to 20 visible cases with all of the words: those that have them in the title
    first, then the newest."""
    words = words_of(text)
    if not words:
        return []
    if len(words) == 1 and (named := case_named(person, words[0])) is not None:
        return [named]
    visible: CaseQuerySet = Case.objects.visible_to(person)
    rows = visible.select_related("owner", "account", "product_area")
    in_title = Q()
    for word in words:
        in_title &= _in("title", word)
    rank = When(Then(in_title, then=Value(0)), default=Value(1))
    return list(rows.filter(matching(person, text)).order_by(rank, "-number")[:MOST_FOUND])


@dataclass(frozen=True, slots=True)
class Said:
    """What was said on a found case, around the first of the words that stands there."""

    before: str
    word: str
    after: str


def excerpts(person: Person, cases: list[Case], text: str) -> dict[int, Said]:
    """By the id of the case: where a word stands in what was said on it, for those whose title lacks one. One query."""
    words = words_of(text)
    lacking = [case for case in cases if not all(word.casefold() in case.title.casefold() for word in words)]
    if not lacking:
        return {}
    wanted = Q()
    for word in words:
        wanted |= _in("text", word)
    visible = Case.objects.visible_to(person).filter(pk__in=[case.pk for case in lacking])
    rows = Message.objects.filter(wanted, case__in=visible).order_by("-at", "-id").values_list("case_id", "text")
    titles = {case.pk: case.title.casefold() for case in lacking}
    found: dict[int, Said] = {}
    for case, said in rows:
        absent = [word for word in words if word.casefold() not in titles[case]]
        if (excerpt := _around(said, absent)) is not None:
            found[case] = excerpt
    return found


def _around(said: str, words: list[str]) -> Said | None:
    flat = " ".join(said.split())
    hits = [match for word in words if (match := re.search(re.escape(word), flat, re.IGNORECASE))]
    if not hits:
        return None
    first = min(hits, key=lambda match: match.start())
    start, end = max(0, first.start() - AROUND), min(len(flat), first.end() + AROUND)
    before, after = flat[start : first.start()], flat[first.end() : end]
    if start:  # begin and end with whole words
        before = f"… {before.partition(' ')[2]}"
    if end < len(flat):
        after = f"{after.rpartition(' ')[0]} …"
    return Said(before, first.group(), after)


def _has(person: Person, word: str) -> Q:
    """One word: somewhere in what the person may read of the case."""
    if _CASE.fullmatch(word):
        return Q(number=number_of(word))
    prefix, _, digits = word.upper().rpartition("-")
    if prefix in _RECORDS and digits.isascii() and digits.isdecimal() and len(digits) < 10:
        return _RECORDS[prefix](person, int(digits)) | _said(word)
    number = number_of(word)
    numbered = Q(number=number) if number >= 0 else Q()
    return _said(word) | numbered | _fact(person, word)


def _said(word: str) -> Q:
    texts = Message.objects.filter(_in("text", word))
    customer = _in("account__name", word) | _in("environment__tenant", word)
    return _in("title", word) | customer | Q(pk__in=texts.values("case"))


def holds_fact(words: str) -> Q:
    """Cases with a fact that has the words, or of that tenant; fewer than four letters find nothing."""
    return _facts(words, CaseFact.objects.all()) | Q(environment__tenant__iexact=words)


def _fact(person: Person, word: str) -> Q:
    """A fact that has the word; what was found in files only for who may see files."""
    readable = CaseFact.objects.all()
    return _facts(word, readable if holds(person, Right.EVIDENCE_VIEW) else readable.exclude(source__startswith=_FILE))


def _facts(words: str, readable: QuerySet[CaseFact]) -> Q:
    if len(words) < SHORTEST_FACT:
        return Q(pk__in=())
    return Q(pk__in=readable.exclude(kind="timestamp").filter(_in("value", words)).values("case"))


def _in(field: str, word: str) -> Q:
    """The word in the field, without regard to case. SQLite folds plain letters only: others are asked for as they
    stand at the beginning, inside and in capitals, so that both databases find the same."""
    forms = [word] if word.isascii() else dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    found = Q()
    for form in forms:
        found |= Q(**{f"{field}__icontains": form})
    return found
