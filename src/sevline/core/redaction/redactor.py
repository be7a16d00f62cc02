"""The redactor of one case: text, bytes, documents and names in, pseudonyms out."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from sevline.core.redaction.chunks import Source, byte_chunks, text_chunks
from sevline.core.redaction.codec import Encoding, decode, sniff
from sevline.core.redaction.detector import DETECTOR_SET_VERSION
from sevline.core.redaction.detector_set import every_detector
from sevline.core.redaction.engine import Engine, Tally
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.structure import StructureError, structural
from sevline.core.redaction.terms import Term, term_detectors

THREADS = 2


@dataclass(frozen=True, slots=True)
class RedactedText:
    """`counts` by kind of value; `samples` are up to five pseudonyms of each kind."""

    text: str
    counts: dict[str, int]
    samples: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RedactedData:
    """`notes` are sentences for the report, such as why a document was redacted as plain text."""

    data: bytes
    counts: dict[str, int]
    samples: dict[str, tuple[str, ...]]
    notes: tuple[str, ...] = field(default=())


class Redactor:
    """Masks under one key of 32 bytes: the same value has the same pseudonym in everything this key redacts.

    `terms` are the case's own words, hosts, people and tenants; `allowed` are values that are to stay as they are.
    Redacting what is redacted changes nothing. No method raises on any content.
    """

    version = DETECTOR_SET_VERSION

    def __init__(self, key: bytes, *, terms: Sequence[Term] = (), allowed: Sequence[str] = ()) -> None:
        self._pseudonyms = Pseudonyms(key)
        detectors = (*every_detector(), *term_detectors(terms))
        self._engine = Engine(detectors, self._pseudonyms, frozenset(allowed))

    @property
    def key_fingerprint(self) -> str:
        return self._pseudonyms.fingerprint

    def pseudonym(self, label: str, value: str) -> str:
        """`<LABEL-16 hex>` for a value that is personal by its place, such as the key of a row."""
        return self._pseudonyms.token(label, value)

    def text(self, text: str) -> RedactedText:
        """A text of any length; lone surrogates in it come out as they went in."""
        decoded = decode(text.encode("utf-8", "surrogatepass"), Encoding("utf-8", "surrogateescape"))
        masked, tally = self._masked(decoded.text)
        data = decoded.encode(masked)
        return RedactedText(data.decode("utf-8", "surrogatepass"), dict(tally.counts), _frozen(tally))

    def data(self, data: bytes) -> RedactedData:
        """Bytes of text in UTF-8, UTF-16 or UTF-32; what is not text passes through unchanged, byte for byte."""
        return self._data(data, sniff(data))

    def document(self, mode: Mode, data: bytes) -> RedactedData:
        """As `data`, by structure where the mode has one. A broken document is redacted as text, and a note says so."""
        if mode in (Mode.LOGS, Mode.TEXT):
            return self.data(data)
        try:
            decoded = decode(data, sniff(data))
            masked, tally = structural(mode, decoded.text, data, self._engine)
        except StructureError as error:
            plain = self.data(data)
            return replace(plain, notes=(f"{error} It was redacted as plain text.",))
        return RedactedData(decoded.encode(masked), dict(tally.counts), _frozen(tally))

    def stream(self, source: Source) -> Iterator[RedactedData]:
        """A stream of any size in pieces of about 4 MB, which joined are the redacted stream."""
        head = source.read(4096)
        encoding = sniff(head)
        newline = "\n".encode(encoding.name)
        for piece in byte_chunks(_Rewound(head, source), newline):
            yield self._data(piece, encoding)

    def name(self, name: str) -> str:
        """A file's or member's name; folders and the ending stay, and so does a name in which nothing was found."""
        return "/".join(self._one_name(part) for part in name.split("/"))

    def _one_name(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        if not (dot and stem and ending.isalnum() and len(ending) <= 8):
            stem, dot, ending = name, "", ""
        masked = self.text(stem).text
        if masked == stem:
            masked, dot, ending = self.text(name).text, "", ""
        return (masked + dot + ending).translate({ord("<"): None, ord(">"): None}) if masked != name else name

    def _data(self, data: bytes, encoding: Encoding) -> RedactedData:
        decoded = decode(data, encoding)
        masked, tally = self._masked(decoded.text)
        return RedactedData(decoded.encode(masked), dict(tally.counts), _frozen(tally))

    def _masked(self, text: str) -> tuple[str, Tally]:
        pieces = list(text_chunks(text))
        if len(pieces) < 2:
            return self._engine.mask_text(text)
        total, masked = Tally(), []
        with ThreadPoolExecutor(THREADS) as pool:
            for piece, tally in pool.map(self._engine.mask_text, pieces):
                masked.append(piece)
                total.add(tally)
        return "".join(masked), total


class _Rewound:
    """A stream whose head was read already."""

    def __init__(self, head: bytes, source: Source) -> None:
        self._head, self._source = head, source

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head + self._source.read(size) if len(head) < size else head


def _frozen(tally: Tally) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(tokens) for kind, tokens in tally.samples.items()}
