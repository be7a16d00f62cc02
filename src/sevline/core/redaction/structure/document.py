"""From a document to masked text: the mode's reader says what is where, the engine masks all of it at once."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from sevline.core.redaction.engine import Engine
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.structure.csv_values import masked_csv
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.fields import masked_in_fields
from sevline.core.redaction.structure.json_values import checked_json, json_batches, open_ending
from sevline.core.redaction.structure.spans import Span, Treatment
from sevline.core.redaction.structure.treat import treated
from sevline.core.redaction.structure.xml_values import check_xml, unpacked, xml_values
from sevline.core.redaction.tally import Tally

#: Pieces that are masked at once, each on a thread, and those that wait while the next one is read.
THREADS, AHEAD = 2, 2
#: Values of a document that are known to hold nothing, and how long one may be for that.
REMEMBERED = 100_000
SHORT = 60


def structural(mode: Mode, text: str, data: bytes, engine: Engine) -> tuple[str, Tally]:
    """The masked text of a document; raises StructureError with a sentence where it is not what its mode says.

    What one value gave away as a secret is masked wherever else it stands in the document.
    """
    pieces, tally = _structural(mode, text, data, engine)
    secrets, people = frozenset(tally.secrets), frozenset(tally.people if len(pieces) > 2 else ())
    for number, piece in enumerate(pieces if secrets or people else ()):
        markup = mode in (Mode.XML, Mode.SAML)
        pieces[number], more = engine.mask_secrets(piece, set(secrets), people=people, markup=markup)
        tally.add(more)
    return "".join(pieces), tally


def what_is_left(text: str, engine: Engine) -> tuple[str, Tally]:
    """JSON that is broken or cut off, masked by what is left of its structure; never raises.

    Behind a quotation mark that is missing, values and what is between them are taken for one another: this finds what
    only a document's form gives away, and the whole is to be masked as text besides.
    """
    ending = open_ending(text)
    whole = text if ending is None else text[: len(text) - len(ending)] + '"'
    plain: set[tuple[str, str]] = set()
    pieces, tally = _replaced(whole, json_batches(whole, plain), engine, plain)
    masked = "".join(pieces)
    if tally.secrets:
        masked, more = engine.mask_secrets(masked, set(tally.secrets))
        tally.add(more)
    return (masked if ending is None else masked[:-1] + ending), tally


def _structural(mode: Mode, text: str, data: bytes, engine: Engine) -> tuple[list[str], Tally]:
    """The masked text in pieces that end outside every value."""
    if mode in (Mode.JSON, Mode.HAR):
        text = checked_json(text, har=mode is Mode.HAR)
        plain: set[tuple[str, str]] = set()
        return _replaced(text, json_batches(text, plain), engine, plain)
    if mode is Mode.CSV:
        masked, tally = masked_csv(text, engine)
        return [masked], tally
    if mode is Mode.SAML and (packed := unpacked(text)):
        inner, tally = _inside(packed.text, engine)
        return [packed.pack(inner)], tally
    if mode in (Mode.XML, Mode.SAML):
        check_xml(data)
        return _replaced(text, [xml_values(text)], engine, set())
    raise StructureError(f"There is no structure to follow in “{mode}”.")


def _inside(text: str, engine: Engine) -> tuple[str, Tally]:
    """A message out of its wrapping; where it is broken, what the detectors find in it still goes."""
    try:
        return structural(Mode.XML, text, text.encode(), engine)
    except StructureError:
        return engine.mask_text(text)


def _replaced(
    text: str, batches: Iterable[list[Span]], engine: Engine, plain: set[tuple[str, str]]
) -> tuple[list[str], Tally]:
    """The text with its spans masked. Pieces are masked on threads while the next one is read.

    Short values in which nothing was found go into `plain`, with the names of their fields: documents repeat them.
    """
    tally = Tally()
    pieces: list[str] = []
    end = 0
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[tuple[str, Tally]]] = deque()
        for batch in batches:
            start, end = end, batch[-1].end if batch else end
            waiting.append(pool.submit(_masked, text, start, batch, engine, plain))
            if len(waiting) > AHEAD:
                _take(waiting.popleft(), pieces, tally)
        while waiting:
            _take(waiting.popleft(), pieces, tally)
    pieces.append(text[end:])
    return pieces, tally


def _take(done: "Future[tuple[str, Tally]]", pieces: list[str], tally: Tally) -> None:
    found, counted = done.result()
    pieces.append(found)
    tally.add(counted)


def _masked(text: str, start: int, spans: list[Span], engine: Engine, plain: set[tuple[str, str]]) -> tuple[str, Tally]:
    """The text from `start` to the end of the last span."""
    by_text = [span for span in spans if span.treatment is Treatment.TEXT]
    masked, tally = masked_in_fields([span.framed() for span in by_text], engine)
    others = [span for span in spans if span.treatment is not Treatment.TEXT]
    fresh = dict(zip(map(id, (*by_text, *others)), (*masked, *treated(others, engine, tally)), strict=True))
    if len(plain) < REMEMBERED:
        plain.update(
            (span.field, span.value)
            for span, value in zip(by_text, masked, strict=True)
            if len(span.value) <= SHORT and value == span.value
        )
    pieces: list[str] = []
    end = start
    for span in spans:
        value = fresh[id(span)]
        if value != span.value:
            pieces += (text[end : span.start], span.write(value))
            end = span.end
    last = spans[-1].end if spans else start
    pieces.append(text[end:last])
    return "".join(pieces), tally
