"""The redactor of one case: text, bytes, documents and names in, pseudonyms out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from sevline.core.redaction.chunks import PIECE, Source, byte_chunks, text_chunks
from sevline.core.redaction.codec import Encoding, decode, sniff
from sevline.core.redaction.detector import DETECTOR_SET_VERSION
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.dumps import Columns
from sevline.core.redaction.engine import Engine
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.national_phone import national_phone
from sevline.core.redaction.pdf import CONFIRM as CONFIRM_PDF
from sevline.core.redaction.pdf import redacted_pdf
from sevline.core.redaction.pictures import CONFIRM as CONFIRM_PICTURE
from sevline.core.redaction.pictures import without_metadata
from sevline.core.redaction.pool import in_processes
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.repeats import Known
from sevline.core.redaction.structure import StructureError, structural, what_is_left
from sevline.core.redaction.tally import Tally
from sevline.core.redaction.terms import Term, term_detectors

THREADS = 2
GoesOn = Callable[[], bool]
#: Endings of files. Behind an address anything else, such as `.de` or `.example`, belongs to the address.
_ENDINGS = re.compile(
    r"(?:\.(?:7z|bak|bin|bz2|cer|cfg|conf|config|crt|csv|dmp|docx?|dump|eml|env|err|gif|gz|har|heic|html?|ics|ini|jpe?g"
    r"|js|jsonl?|key|ldif|log|md|msg|ndjson|old|out|p12|pcap|pcapng|pdf|pem|pfx|png|pptx?|properties|ps1|py|rar|rtf|sh|sql"
    r"|svg|tar|tbz2|tgz|toml|trace|tsv|txt|txz|vcf|webp|xlsx?|xml|xz|ya?ml|zip|zst))+(?:\.\d{1,4})?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RedactedText:
    """`counts` by kind of value; `samples` are up to five pseudonyms of each kind.

    `secrets` are those that only their names gave away, as the redactor takes them for `known`: hashes, not values.
    """

    text: str
    counts: dict[str, int]
    samples: dict[str, tuple[str, ...]]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedactedData:
    """`notes` are sentences for the report, such as why a document was redacted as plain text; `secrets` as for a text.
    `beside` are values that were masked for what stands around them, with what stands for each: whoever tells of the
    document masks them too, and never stores them.
    `left`: signs at the end that were not looked at, and are not in `data`, because the caller wanted no more.

    Where `confirm` is a sentence, a person must look at the result before anybody else does.
    """

    data: bytes
    counts: dict[str, int]
    samples: dict[str, tuple[str, ...]]
    notes: tuple[str, ...] = field(default=())
    confirm: str = ""
    secrets: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict, repr=False)
    left: int = 0


class Redactor:
    """Masks under one key of 32 bytes: the same value has the same pseudonym in everything this key redacts.

    `terms` are the case's own words, hosts, people and tenants; `allowed` are values that are to stay as they are.
    `known` are the case's secrets by their hashes, from what was redacted before; they are masked wherever they stand.
    `beside`: also say what was masked for what stands around it (see `RedactedData`).
    `regions` are countries (DE, GB) whose telephone numbers are known in free text without their country code.
    Redacting what is redacted changes nothing. No method raises on any content.
    """

    version = DETECTOR_SET_VERSION

    def __init__(
        self,
        key: bytes,
        *,
        terms: Sequence[Term] = (),
        allowed: Sequence[str] = (),
        regions: Sequence[str] = (),
        known: Sequence[str] = (),
        beside: bool = False,
    ) -> None:
        self._pseudonyms = Pseudonyms(key)
        self._make = partial(
            Redactor, key, terms=tuple(terms), allowed=tuple(allowed), regions=tuple(regions), known=tuple(known)
        )  # for pieces of a stream, whose `beside` nobody asks for
        detectors = (*every_detector(), *term_detectors(terms))
        self._engine = Engine(detectors, self._pseudonyms, frozenset(allowed), Known(frozenset(known)), beside)
        national = (national_phone(regions),) if regions else ()
        self._prose = replace(self._engine, detectors=(*detectors, *national)) if regions else self._engine

    @property
    def pseudonyms(self) -> Pseudonyms:
        """Where this redactor's tokens are made."""
        return self._pseudonyms

    @property
    def key_fingerprint(self) -> str:
        return self._pseudonyms.fingerprint

    def pseudonym(self, label: str, value: str) -> str:
        """`<LABEL-16 hex>` for a value that is personal by its place, such as the key of a row."""
        return self._pseudonyms.token(label, value)

    def text(self, text: str) -> RedactedText:
        """A text of any length; lone surrogates in it come out as they went in."""
        if not text.strip():
            return RedactedText(text, {}, {}, ())  # as most fields of a form are: some dozens of questions saved
        decoded = decode(text.encode("utf-8", "surrogatepass"), Encoding("utf-8", "surrogateescape"))
        masked, tally = self._masked(decoded.text, self._prose)
        data = decoded.encode(masked)
        return RedactedText(
            data.decode("utf-8", "surrogatepass"), dict(tally.counts), _frozen(tally), self._secrets(tally)
        )

    def texts(self, texts: Sequence[str]) -> list[str]:
        """Many short texts at once, in their order: a run of the detectors costs as much for one as for a thousand."""
        alone = [text for text in texts if "\n" in text or not text.isprintable()]
        together = [text for text in dict.fromkeys(texts) if text.strip() and "\n" not in text and text.isprintable()]
        masked = dict(zip(together, self._prose.mask(together)[0], strict=True)) if together else {}
        masked |= {text: self.text(text).text for text in dict.fromkeys(alone)}
        return [masked.get(text, text) for text in texts]

    def data(self, data: bytes) -> RedactedData:
        """Bytes of text in UTF-8, UTF-16 or UTF-32; what is not text passes through unchanged, byte for byte."""
        return self._data(data, sniff(data))

    def document(self, mode: Mode, data: bytes, *, goes_on: GoesOn | None = None) -> RedactedData:
        """As `data`, by structure where the mode has one. A broken document is redacted as text, and a note says so.

        `goes_on` is asked before each piece of a log or text but the first; where it says no, the rest is left out.
        """
        if mode is Mode.LOGS:
            return self._data(data, sniff(data), goes_on=goes_on)
        if mode is Mode.TEXT:
            return self._data(data, sniff(data), self._prose, goes_on=goes_on)
        if mode in (Mode.PICTURE, Mode.PDF):
            return self._binary(mode, data)
        try:
            decoded = decode(data, sniff(data))
            masked, tally = structural(mode, decoded.text, data, self._engine)
        except StructureError as error:
            return self._as_text(mode, data, error)
        decoded = replace(decoded, text="")  # a large document is not held a second time while it is written
        return self._made(decoded.encode(masked), tally)

    def _as_text(self, mode: Mode, data: bytes, error: StructureError) -> RedactedData:
        """A document as text. Of JSON the structure is followed first: a cut-off HAR tells its cookies only by it."""
        if mode not in (Mode.JSON, Mode.HAR):
            return replace(self.data(data), notes=(f"{error} It was redacted as plain text.",))
        decoded = decode(data, sniff(data))
        followed, tally = what_is_left(decoded.text, self._engine)
        masked, more = self._masked(followed, self._engine)
        tally.add(more)
        note = f"{error} What is left of its structure was followed, and it was redacted as plain text besides."
        return replace(self._made(decoded.encode(masked), tally), notes=(note,))

    def _made(self, data: bytes, tally: Tally) -> RedactedData:
        return RedactedData(
            data, dict(tally.counts), _frozen(tally), secrets=self._secrets(tally), beside=dict(tally.beside)
        )

    def _secrets(self, tally: Tally) -> tuple[str, ...]:
        return Known.of(tally.secrets, self._pseudonyms)

    def _binary(self, mode: Mode, data: bytes) -> RedactedData:
        """A picture or PDF written anew; nothing at all where that cannot be done, and a note says why."""
        try:
            if mode is Mode.PICTURE:
                return RedactedData(without_metadata(data), {}, {}, confirm=CONFIRM_PICTURE)
            written, tally = redacted_pdf(data, self._engine)
        except StructureError as error:
            return RedactedData(b"", {}, {}, (f"{error} Nothing of it was kept.",))
        return replace(self._made(written, tally), confirm=CONFIRM_PDF)

    def stream(self, source: Source, *, processes: int = 1) -> Iterator[RedactedData]:
        """A stream of any size in pieces of some MB, which joined are the redacted stream.

        More than one process is worth its start for some ten MB; the pieces come in order all the same.
        """
        head = source.read(4096)
        encoding = sniff(head)
        newline = "\n".encode(encoding.name)
        columns = self._columns()
        pieces = byte_chunks(_Rewound(head, source), newline, PIECE)
        pieces = columns.each(pieces) if encoding == Encoding() else pieces
        redacted = (
            in_processes(pieces, encoding, self._make, processes)
            if processes > 1
            else (self.piece(piece, encoding) for piece in pieces)
        )
        for piece in redacted:
            yield replace(piece, data=columns.without(piece.data))

    def _columns(self) -> Columns:
        """For a dump from its beginning. The mark is of the key, and so in no text."""
        told = self._pseudonyms.hex16("columns of a dump", "")
        return Columns("z" + "".join(chr(ord("a") + int(digit, 16)) for digit in told))

    def piece(self, data: bytes, encoding: Encoding) -> RedactedData:
        """A part of a stream that ends with a line, in the encoding of the stream."""
        decoded = decode(data, encoding)
        masked, tally = self._engine.mask_text(decoded.text)
        return replace(self._made(decoded.encode(masked), tally), beside={})  # pieces go from process to process

    def holds_known(self, text: str) -> bool:
        """Whether one of the known secrets stands in a text that was redacted before it was known."""
        return bool(self._known_in(text.encode("utf-8", "replace").decode()))

    def without_known(self, data: bytes, encoding: Encoding, *, markup: bool = False) -> RedactedData:
        """Bytes that were redacted before the secrets were known, without them; nothing else is looked for."""
        decoded = decode(data, encoding)
        if not (values := self._known_in(decoded.text)):
            return RedactedData(data, {}, {})
        masked, tally = self._engine.mask_secrets(decoded.text, values, markup=markup)
        return self._made(decoded.encode(masked), tally)

    def _known_in(self, text: str) -> set[str]:
        import polars as pl

        return self._engine.known.among(pl.Series("text", text.split("\n"), dtype=pl.String), self._pseudonyms)

    def knowing(self, secrets: Sequence[str]) -> "Redactor":
        """The same redactor, to which these secrets are known too."""
        known = self._engine.known.secrets.union(secrets)
        return self._make(known=tuple(sorted(known)))

    def name(self, name: str) -> str:
        """A file's or member's name; folders and the ending stay, and so does a name in which nothing was found."""
        return "/".join(self._one_name(part) for part in name.split("/"))

    def _one_name(self, name: str) -> str:
        stem, ending = _parted(name)
        masked = self.text(stem).text
        if masked == stem:
            masked, ending = self.text(name).text, ""
        return (masked + ending).translate({ord("<"): None, ord(">"): None}) if masked != name else name

    def _data(
        self, data: bytes, encoding: Encoding, engine: Engine | None = None, goes_on: GoesOn | None = None
    ) -> RedactedData:
        decoded = decode(data, encoding)
        columns = self._columns()
        pieces = [columns.named(piece) for piece in text_chunks(decoded.text)]
        masked, tally, done = self._in_pieces(pieces, engine or self._engine, goes_on)
        made = self._made(decoded.encode(columns.unnamed(masked)), tally)
        left = sum(len(columns.unnamed(piece)) for piece in pieces[done:])
        return replace(made, left=left) if done < len(pieces) else made

    def _masked(self, text: str, engine: Engine) -> tuple[str, Tally]:
        columns = self._columns()
        masked, tally, _ = self._in_pieces([columns.named(piece) for piece in text_chunks(text)], engine, None)
        return columns.unnamed(masked), tally

    @staticmethod
    def _in_pieces(pieces: list[str], engine: Engine, goes_on: GoesOn | None) -> tuple[str, Tally, int]:
        """What they are redacted, the tally, and how many of them that are."""
        if len(pieces) < 2:
            return *engine.mask_text("".join(pieces)), len(pieces)
        total, masked = Tally(), []

        def mask(numbered: tuple[int, str]) -> tuple[str, Tally] | None:
            number, piece = numbered
            return engine.mask_text(piece) if not number or goes_on is None or goes_on() else None

        with ThreadPoolExecutor(THREADS) as pool:
            for found in pool.map(mask, enumerate(pieces)):
                if found is None:
                    break
                masked.append(found[0])
                total.add(found[1])
            if total.secrets or total.people:
                told = partial(engine.mask_secrets, secrets=total.secrets, people=total.people)
                for number, (piece, tally) in enumerate(pool.map(told, masked)):
                    masked[number] = piece
                    total.add(tally)
            done = len(masked)
        return "".join(masked), total, done


class _Rewound:
    """A stream whose head was read already."""

    def __init__(self, head: bytes, source: Source) -> None:
        self._head, self._source = head, source

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head + self._source.read(size) if len(head) < size else head


def _frozen(tally: Tally) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(tokens) for kind, tokens in tally.samples.items()}


def _parted(name: str) -> tuple[str, str]:
    """A name without the ending of a file, and that ending with its dot."""
    if "@" in name:
        found = _ENDINGS.search(name)
        return (name[: found.start()], found.group()) if found and found.start() else (name, "")
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem and ending.isalnum() and len(ending) <= 8 else (name, "")
