"""Amounts of money in billing files: masked where the name of a column or the form of a value says that it is one.

Equal amounts get equal tokens, so that two files can still be compared by a person who may not see what they hold.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import accumulate, pairwise
from typing import NamedTuple

from sevline.core.finding import Given
from sevline.core.readers.billing import BillingEvents
from sevline.core.readers.columns import snake
from sevline.core.readers.columnwords import english
from sevline.core.readers.foreign import in_json, in_text
from sevline.core.readers.jsontext import BadJsonError
from sevline.core.readers.jsontext import decode as json_of
from sevline.core.readers.pastedtables import Drawn, blocks_in, placed_cells
from sevline.core.readers.tables import COPY, INSERT, RULE, VALUE, columns_of, delimiter_of, head_of
from sevline.core.readers.taking import BILLING, TableNote
from sevline.core.redaction import RedactedData, Redactor
from sevline.core.redaction.codec import decode, sniff
from sevline.core.redaction.pseudonym import is_token

KIND, LABEL = "amount", "AMOUNT"
_MONEY = frozenset(
    (
        "amount", "amounts", "total", "totals", "subtotal", "price", "prices", "cost", "costs", "fee", "fees", "tax",
        "taxes", "vat", "net", "gross", "balance", "discount", "credit", "debit", "refund", "refunded", "paid", "due",
        "charge", "charged", "payout", "revenue", "turnover", "mrr", "arr", "sum", "value", "commission", "tip",
    )
)  # fmt: skip
#: Endings of names that say something about money and are none.
_NOT_MONEY = frozenset(
    (
        "id", "ids", "key", "number", "no", "count", "type", "status", "state", "code", "currency", "name", "at", "on",
        "date", "time", "day", "month", "year", "rate", "percent", "pct", "sequence", "seq", "version", "reason",
        "method", "url", "email", "ref", "reference",
    )
)  # fmt: skip
_NUMBER = r"[+-]?(?:\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+|\d{1,15})(?:[.,]\d{1,6})?"
_CODES = "USD|EUR|GBP|CHF|JPY|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|BRL|MXN|SGD|HKD|ZAR|CNY|KRW|TRY|ILS"
_CURRENCY = rf"(?:[€$£¥₹]|\b(?:{_CODES})\b)"
_AMOUNT = re.compile(rf"\(?{_CURRENCY}?\s?{_NUMBER}(?:[eE][+-]?\d{{1,3}})?\s?{_CURRENCY}?\)?")
_BY_FORM = re.compile(rf"{_CURRENCY}\s?{_NUMBER}(?![\w.])|(?<![\w.,<-]){_NUMBER}\s?{_CURRENCY}")
_MEMBER = re.compile(
    r"\"([^\"\\\n]{1,80})\"\s*:\s*(?:\"([^\"\\\n]{1,60})\"|(-?\d[\d.eE+-]{0,40})|\[([\s\d.,+-]{1,4000})\])"
)
_PAIR = re.compile(r"(?<![\w.])([A-Za-z][\w.-]{0,60})=\"?([+-]?\d[\d.,]{0,30})")
#: A quick look before a file is read for what it is.
_SPEAKS_OF_MONEY = re.compile(r"(?i)amount|total|price|value|betrag|preis|summe|montant|prix|importe|precio|monto")
_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"-?\d[\d.eE+-]*")


class _Cell(NamedTuple):
    """Characters `start` to `end` of a text under a column's name; `quoted` where a token needs quotes."""

    start: int
    end: int
    column: str
    quoted: bool = False


def without_amounts(
    redacted: RedactedData, evidence: Iterable[Given], artifact: str, redactor: Redactor
) -> RedactedData:
    """The redacted file of billing events without amounts; every other file as it is."""
    if not any(_is_billing(each) for each in evidence if getattr(each, "artifact", "") == artifact):
        return redacted
    return amounts_gone(redacted, redactor)


def holds_billing(name: str, data: bytes) -> bool:
    """Whether a file, or its beginning, is a list of billing events or holds one."""
    encoding = sniff(data)
    text = decode(data, encoding).text.removeprefix("\ufeff")
    if not _SPEAKS_OF_MONEY.search(text):
        return False
    packed = text.encode("utf-8", "replace")
    if text.lstrip().startswith(("{", "[")):
        try:
            return any(map(_is_billing, in_json(json_of(packed), packed, "", name, at=None)))
        except BadJsonError:
            pass
    return any(map(_is_billing, in_text(packed, "", name, at=None)))


def amounts_gone(redacted: RedactedData, redactor: Redactor) -> RedactedData:
    """A redacted file without the amounts in it."""
    decoded = decode(redacted.data, sniff(redacted.data))
    masked, tokens = masked_amounts(decoded.text, lambda value: redactor.pseudonym(LABEL, value))
    if not tokens:
        return redacted
    shown = tuple(dict.fromkeys(tokens))[:5]
    return replace(
        redacted,
        data=decoded.encode(masked),
        counts=redacted.counts | {KIND: redacted.counts.get(KIND, 0) + len(tokens)},
        samples=redacted.samples | {KIND: shown},
    )


def _is_billing(given: Given) -> bool:
    return isinstance(given, BillingEvents) or (isinstance(given, TableNote) and given.title == BILLING)


def masked_amounts(text: str, token: Callable[[str], str]) -> tuple[str, list[str]]:
    """The text with a token for each amount, and the tokens. `token` is given the amount as a plain number."""
    made: list[str] = []

    def stands_for(value: str) -> str:
        made.append(token(plain_number(value)))
        return made[-1]

    pieces: list[str] = []
    end = 0
    for cell in sorted(set(_cells(text))):
        value = text[cell.start : cell.end]
        if cell.start < end or not (is_money(cell.column) and is_amount(value)):
            continue
        shown = stands_for(value)
        pieces += (text[end : cell.start], json.dumps(shown) if cell.quoted else shown)
        end = cell.end
    masked = "".join((*pieces, text[end:]))
    return _BY_FORM.sub(lambda found: stands_for(found.group()), masked), made


def is_money(column: str) -> bool:
    """Whether a column or member of this name holds money: `amount_cents` and `Total due` do, `tax_id` does not."""
    words = english(snake(column.rpartition(".")[2])).split("_")
    return not _MONEY.isdisjoint(words) and words[-1] not in _NOT_MONEY


def is_amount(value: str) -> bool:
    text = value.strip()
    return bool(text) and not is_token(text) and _DIGIT.search(text) is not None and _AMOUNT.fullmatch(text) is not None


def plain_number(value: str) -> str:
    """`1,299.50`, `1.299,5` and `EUR 1299.50` are one amount."""
    digits = re.sub(r"[^\d.,eE+-]", "", re.sub(r"[A-Z]{3}", "", value))
    last = max(digits.rfind("."), digits.rfind(","))
    if digits.count(",") + digits.count(".") > 1 or ("," in digits and len(digits) - last != 4):
        whole, part = digits[:last], digits[last + 1 :]
        grouped = len(part) == 3 and digits.count(digits[last]) > 1
        digits = re.sub(r"[.,]", "", whole) + (part if grouped else f".{part}")
    else:
        digits = digits.replace(",", "")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return value.strip()
    return f"{(-number if value.strip().startswith('(') else number).normalize():f}"


def _cells(text: str) -> Iterator[_Cell]:
    """Members of JSON and pairs wherever they stand, and the cells of the table that the text is."""
    yield from _members(text)
    yield from (_Cell(*found.span(2), found[1]) for found in _PAIR.finditer(text))
    head, dumped = text[:8192], head_of(text)
    if INSERT.search(dumped):
        yield from _inserted(text)
    elif COPY.search(dumped):
        yield from _copied(text)
    elif any(RULE.match(line) and "|" in above for above, line in pairwise(head.splitlines()[:6])):
        yield from _delimited(text, "|")
    elif not head.lstrip().startswith(("{", "[")) and (delimiter := delimiter_of(head)):
        yield from _delimited(text, delimiter)
    else:
        yield from _pasted(text)


def _pasted(text: str) -> Iterator[_Cell]:
    """The cells of tables that stand between other lines."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for block in blocks_in(lines):
        offset = starts[block.first]
        if block.drawn in {Drawn.RULED, Drawn.DELIMITED}:
            inner = _delimited(text[offset : starts[block.last]], block.delimiter or "|")
            yield from (_Cell(cell.start + offset, cell.end + offset, cell.column) for cell in inner)
        else:
            for number, begin, end, column in placed_cells(lines, block):
                yield _Cell(starts[number] + begin, starts[number] + end, column)


def _members(text: str) -> Iterator[_Cell]:
    """Strings, numbers and lists of numbers that are members of an object."""
    for found in _MEMBER.finditer(text):
        if found[2] is not None:
            yield _Cell(*found.span(2), found[1])
        elif found[3] is not None:
            yield _Cell(*found.span(3), found[1], quoted=True)
        else:
            at = found.start(4)
            for one in _LISTED.finditer(found[4]):
                yield _Cell(at + one.start(), at + one.end(), found[1], quoted=True)


def _delimited(text: str, delimiter: str) -> Iterator[_Cell]:
    """Cells under the first line that has any; quotes around a cell are no part of it."""
    mark = re.escape(delimiter)
    lexeme = re.compile(rf'[ ]*("(?:[^"]|"")*"|[^{mark}\r\n]*)[ ]*({mark}|\r?\n|\r|$)')
    names: list[str] = []
    heading, column, place = True, 0, 0
    while place < len(text) and (found := lexeme.match(text, place)) is not None:
        start = found.start(1)
        end = start + len(found[1].rstrip(" "))
        if text[start:end].startswith('"') and end - start > 1:
            start, end = start + 1, end - 1
        if heading:
            names.append(text[start:end])
        elif column < len(names):
            yield _Cell(start, end, names[column])
        ended = found[2] != delimiter
        heading, column, place = heading and not (ended and len(names) > 1), 0 if ended else column + 1, found.end()
        if heading and ended:
            names = []


def _copied(text: str) -> Iterator[_Cell]:
    names: list[str] = []
    place = 0
    for line in text.splitlines(keepends=True):
        if start := COPY.match(line):
            names = [name.strip().strip('"`') for name in start[1].split(",")]
        elif line.startswith("\\."):
            names = []
        elif names:
            at = place
            for name, cell in zip(names, line.rstrip("\r\n").split("\t"), strict=False):
                yield _Cell(at, at + len(cell), name)
                at += len(cell) + 1
        place += len(line)


def _inserted(text: str) -> Iterator[_Cell]:
    defined: dict[str, list[str]] = {}
    for start in INSERT.finditer(text):
        names = columns_of(text, start, defined)
        at, opening = start.end(), re.compile(r"\s*,?\s*\(")
        while (opened := opening.match(text, at)) is not None:
            at, column = opened.end(), 0
            while (value := VALUE.match(text, at)) is not None:
                group = 1 if value[1] is not None else 2
                if column < len(names):
                    yield _Cell(*value.span(group), names[column])
                column, at = column + 1, value.end()
                if value[3] == ")":
                    break
            else:
                at += 1
