"""One artefact from its original bytes to evidence, redacted bytes, patterns and facts. Runs in the parser process."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from sevline.bench.amounts import without_amounts
from sevline.bench.apart import UNEXPECTED, apart
from sevline.bench.comparing import compare_all
from sevline.bench.ending import Ending
from sevline.bench.examination import Artifact, ArtifactHead, ArtifactState, FoundFact, Pattern
from sevline.bench.extracts import parquet, profile, without_secrets
from sevline.bench.factstext import facts_text
from sevline.bench.mined import as_kept, is_named_log
from sevline.bench.modes import FORMS, MODES
from sevline.bench.pasted import PASTED_INTO, saml_taken_out, stands_for_one
from sevline.bench.pictures import PDF_MARK, NotShownError, drawn_anew, is_picture, text_of_pdf
from sevline.core.amount import amount
from sevline.core.extraction import extract_facts
from sevline.core.extraction.spoken import topics_of
from sevline.core.finding import Given
from sevline.core.mining import LogPattern, LogState, mine
from sevline.core.mining.shares import MOST_RECORDS, NamedValues
from sevline.core.mining.state import SHAPE_CAP
from sevline.core.readers import oidc
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.documents.cloud_text import cloud_xml
from sevline.core.readers.foreign import TABLE_ROLES, in_cut_json, in_json, in_lines, in_text, in_traffic, is_known
from sevline.core.readers.har import NotAHarError, read_har
from sevline.core.readers.http import Har
from sevline.core.readers.insidehar import Inside, saml_inside
from sevline.core.readers.jsontext import BadJsonError, decode, mended
from sevline.core.readers.logs.exported import is_export
from sevline.core.readers.logtemplates import templates_of
from sevline.core.readers.meaning import json_evidence, text_evidence
from sevline.core.readers.network import Around
from sevline.core.readers.place import Places
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.readers.roles import Role, kind_for
from sevline.core.readers.saml import BrokenSaml, NotSamlError, read_saml, unwrap
from sevline.core.readers.samltracer import as_har
from sevline.core.readers.sniff import Kind, Sniffed, sniff
from sevline.core.readers.stacktrace import TraceSet, read_traces
from sevline.core.readers.wrapped import unquoted
from sevline.core.readers.wrappedtokens import tokens_joined
from sevline.core.readers.xml import BadXmlError, parse
from sevline.core.redaction import Mode, RedactedData, Redactor
from sevline.core.sync import SyncDifference
from sevline.core.sync.pairing import Pair

MAX_PATTERNS = 50_000
MAX_FACTS = 2_000
FACT_BYTES = 2_000_000
LAST_LINES = 50_000
TEXT_BYTES = 20_000_000
SPOKEN_BYTES = 200_000
#: Kinds in which a token may stand on several lines.
BROKEN_OVER_LINES = frozenset({Kind.TEXT, Kind.LOG, Kind.TABLE})

Emit = Callable[[ArtifactHead, bytes], None]


@dataclass
class Reading:
    """What has been read so far, over all artefacts of one examination."""

    redactor: Redactor
    emit: Emit
    at: datetime | None
    artifacts: list[Artifact] = field(default_factory=list)
    evidence: list[Given] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    facts: list[FoundFact] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    beside: dict[str, str] = field(default_factory=dict)  # values by their tokens: for findings alone, never sent
    not_looked_at: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    judge_only: bool = False
    prefix: str = ""
    first: int = 0
    arrived: datetime | None = None
    ending: Ending = field(default_factory=Ending)

    def begin(self, prefix: str, at: datetime | None, arrived: datetime | None = None) -> None:
        """The next source begins: ids of its artefacts are counted from one behind its prefix."""
        self.at, self.arrived = at, arrived
        if prefix != self.prefix:
            self.prefix, self.first = prefix, len(self.artifacts)

    def shown(self, name: str) -> str:
        """The redacted name; folders recur in archives, so each part is redacted once."""
        for part in name.split("/"):
            if part not in self.names:
                self.names[part] = self.redactor.name(part)
        return "/".join(self.names[part] for part in name.split("/"))

    def refuse(self, name: str, reason: str, *, size: int = 0, digest: str = "") -> None:
        """What is not opened is named, and nothing of it is shown."""
        shown = self.shown(name)
        self.artifacts.append(
            Artifact(self.next_id(), shown, "refused", "", size, digest, 0, ArtifactState.REFUSED, reason)
        )
        self.not_looked_at.append(f"{shown}: {reason}")

    def read(self, name: str, data: bytes, role: str = "", written: datetime | None = None, *, cut: str = "") -> None:
        """`written`: when its archive says that it was last changed, from which a missing year is told. `cut`: why this
        is not all of it."""
        found = sniff(data)
        digest = sha256(data).hexdigest()
        shown = self.shown(name)
        if found.kind is Kind.EMPTY:
            reason = "The file is empty." if not data else "The file holds nothing but white space."
            empty = Artifact(self.next_id(), shown, "empty", "", len(data), digest, 0, ArtifactState.EMPTY, reason)
            self.artifacts.append(empty)
            return
        if is_picture(data) or data.startswith(PDF_MARK):
            self._picture(name, data, digest)
            return
        if found.kind is Kind.BINARY:
            self.refuse(
                name, f"{found.note} It was not looked at, and nothing of it is shown.", size=len(data), digest=digest
            )
            return
        item = _Artefact(self, shown, found, size=len(data), digest=digest, origin=name)
        item.role = role
        if cut:
            item.partly(cut)
        known = self.at or self.arrived
        item.written = written if written and (known is None or written < known) else known
        item.read(kind_for(role, found.kind))

    def _picture(self, name: str, data: bytes, digest: str) -> None:
        """A picture as its pixels, which a person has to look at; of a PDF its text, redacted like any other."""
        try:
            made = drawn_anew(data) if is_picture(data) else text_of_pdf(data)
        except NotShownError as problem:
            self.refuse(name, str(problem), size=len(data), digest=digest)
            return
        shown = self.shown(name)
        if not is_picture(data):
            item = _Artefact(self, shown, Sniffed(Kind.TEXT, made), size=len(data), digest=digest)
            item.partly("It is the text of a PDF; pictures and layout in it are not shown.")
            item.read(Kind.TEXT)
            return
        key, reason = self.next_id(), "What can be read in a picture is not redacted: a person has to look at it."
        self.emit(ArtifactHead(key, shown, "image", "", ""), made)
        self.artifacts.append(Artifact(key, shown, "image", "", len(data), digest, 0, ArtifactState.READ, reason))
        self.not_looked_at.append(f"{shown}: {reason}")

    def inside(self, parent: str, name: str, message: Inside) -> None:
        """A SAML message in a recording is an artefact of its own, since redaction masks it where it stands."""
        data = message.packed.encode()
        found = Sniffed(Kind.SAML, data)
        part = f"{name} {message.field} at {message.locator}"
        item = _Artefact(self, part, found, size=len(data), digest=sha256(data).hexdigest(), parent=parent)
        item.at, item.sent_to = message.at, message.sent_to
        item.read(Kind.SAML)

    def together(self) -> None:
        """What files show only side by side (`bench.comparing`)."""
        compare_all(self, self._keep_comparison)

    def _keep_comparison(self, pair: Pair, packed: bytes) -> None:
        name = f"Comparison of {pair.source.name} and {pair.target.name}"
        found, digest = Sniffed(Kind.JSON, packed), sha256(packed).hexdigest()
        _Artefact(self, name, found, size=len(packed), digest=digest, parent=pair.source.artifact).compared()

    def around(self, today: datetime) -> None:
        """When all of it was recorded, for what tells no time of its own; `today` where nothing does."""
        known = [self.at] if self.at else self.moments
        self.evidence.append(Around(min(known, default=today), max(known, default=today), today=not known))

    def note(self, redacted: RedactedData) -> None:
        self.counts.update(redacted.counts)
        self.secrets.update(redacted.secrets)
        self.beside.update(redacted.beside)
        for kind, tokens in redacted.samples.items():
            known = self.samples.setdefault(kind, [])
            known += [token for token in tokens if token not in known][: 5 - len(known)]

    def forget(self, known: int) -> None:
        """What was read since there was so much evidence: it is of a file that is not shown, so nothing masks it."""
        del self.evidence[known:]

    def next_id(self) -> str:
        return f"{self.prefix}a{len(self.artifacts) - self.first + 1}"


class _Artefact:
    def __init__(
        self, whole: Reading, name: str, found: Sniffed, *, size: int, digest: str, parent: str = "", origin: str = ""
    ) -> None:
        """`name` is redacted and shown, `origin` is the sender's path and is not."""
        self.whole, self.name, self.size, self.digest, self.found = whole, name, size, digest, found
        self.origin = origin or name
        self.id = whole.next_id()
        self.parent = parent
        self.at, self.sent_to, self.role = whole.at, "", ""
        self.written = whole.at or whole.arrived
        self.state, self.reason = ArtifactState.READ, ""
        self.inner: list[Inside] = []

    def read(self, kind: Kind) -> None:
        """Read the original first (signatures hold there only), then redact, then read what needs the redacted text."""
        text, mode = self._unwrapped(kind), MODES[kind]
        original = {Kind.HAR: self._har, Kind.SAML: self._saml, Kind.XML: self._xml, Kind.JSON: self._json}.get(kind)
        if original is not None:  # an error here refuses the file: what was read of it says what else is to be masked
            text, mode = original(text)
        if FORMS.get(mode) is None and kind not in {Kind.SAML, Kind.HAR}:
            text = self._text(kind, text)
        redacted = self.whole.redactor.document(mode, text, goes_on=lambda: not self.whole.ending.has_come())
        if redacted.left:
            self.partly(f"{self.whole.ending.reason} Its last {redacted.left:,} characters were not read.")
        redacted = without_secrets(redacted, self.whole.evidence, self.whole.redactor)
        redacted = without_amounts(redacted, self.whole.evidence, self.id, self.whole.redactor)
        self.whole.note(redacted)
        for sentence in redacted.notes if mode is not Mode.CSV else ():  # a table without names is read as lines
            self.partly(sentence)
        self._keep(kind, mode, redacted.data)
        with apart(self._unexpected):
            self._read_shown(kind, mode, redacted.data)
        for message in self.inner:
            known = len(self.whole.evidence)
            with apart(partial(self._not_inside, known)):
                self.whole.inside(self.id, self.name, message)

    def _read_shown(self, kind: Kind, mode: Mode, data: bytes) -> None:
        """What is read of the redacted text."""
        if kind is Kind.TEXT:
            self.whole.spoken |= topics_of(data[:SPOKEN_BYTES].decode("utf-8", "replace"))
        if FORMS.get(mode) is None:
            self._lines(kind, data)
        elif kind is Kind.JSON and is_export(data):
            self._mine(data)
        self._facts(data)

    def _not_inside(self, known: int) -> None:
        """A message in it that could not be redacted: nothing is told of it."""
        self.whole.forget(known)
        self._unexpected()

    def _apart(self) -> AbstractContextManager[None]:
        return apart(self._unexpected)

    def _unexpected(self) -> None:
        """Said once, also where the artefact is kept already."""
        if UNEXPECTED not in self.reason:
            self.partly(UNEXPECTED)
            self._partly_kept(UNEXPECTED)

    def _unwrapped(self, kind: Kind) -> bytes:
        """The original with what was pasted into it taken out, and what was broken over lines put together."""
        text = self.found.data
        if kind in PASTED_INTO:
            text, self.inner = saml_taken_out(kind, text, self.whole.redactor)
        if kind in BROKEN_OVER_LINES and len(text) <= TEXT_BYTES:
            text = tokens_joined(text)
        if "NUL bytes" in self.found.encoding:
            self.partly("NUL bytes were dropped.")
        if "not UTF-8" in self.found.encoding:
            self.partly("Some bytes were not UTF-8 and were replaced.")
        return text

    def compared(self) -> None:
        redacted = self.whole.redactor.document(Mode.JSON, self.found.data)
        self._keep(Kind.JSON, Mode.JSON, redacted.data)
        self.whole.evidence.append(SyncDifference(self.id, decode(redacted.data)))

    def partly(self, reason: str) -> None:
        """Only a part was read, or not as what it is; the reason says which."""
        self.state = ArtifactState.PARTIAL
        self.reason = f"{self.reason} {reason}".strip()

    def _har(self, data: bytes) -> tuple[bytes, Mode]:
        try:
            result = read_har(data, self.id)
        except NotAHarError as problem:
            self.partly(f"{problem} It was read as text.")
            return data, Mode.TEXT
        self.whole.evidence += [result.har, *oidc.from_har(result.har), *in_traffic(result.har, self.name)]
        self.inner += [one for one in saml_inside(result.har) if not stands_for_one(one.packed)]
        self._moments(result.har)
        if not result.har.cut:
            return data, Mode.HAR
        import msgspec

        self.partly(result.har.cut)
        return msgspec.json.encode(result.document), Mode.HAR

    def _text(self, kind: Kind, data: bytes) -> bytes:
        """What is read of a text in its original form; of a large or binary table only a profile is kept."""
        kept, data = data, unquoted(data) if kind is Kind.TEXT else data
        if self.role not in TABLE_ROLES and kind is not Kind.PARQUET:
            self.whole.evidence += text_evidence(data[:TEXT_BYTES], self.id, self.role, self.at, name=self.name)
        if kind is Kind.ACCESS_LOG or self.role in {Role.SCIM_IDP, Role.SCIM_APP}:
            return kept
        if self.found.kind is Kind.PARQUET:
            found, kept = parquet(data, self.id, self.name, self.role)
            self.whole.evidence += found
            return kept
        found = list(in_text(data, self.id, self.name, at=self.whole.at, role=self.role))
        self.whole.evidence += found
        return profile(found, kept)

    def _moments(self, har: Har) -> None:
        times = [call.started for call in har.exchanges if call.started]
        self.whole.moments += [min(times), max(times)] if times else []

    def _saml(self, data: bytes) -> tuple[bytes, Mode]:
        try:
            message = unwrap(data)
        except NotSamlError as problem:
            return self._broken(data, str(problem), 1, 1)
        try:
            self.whole.evidence += read_saml(message, self.id, at=self.at, sent_to=self.sent_to)
        except BadXmlError as problem:
            return self._broken(message, str(problem), problem.line, problem.column)
        except NotSamlError as problem:
            self.partly(str(problem))
            return message, Mode.XML
        return message, Mode.SAML

    def _broken(self, data: bytes, reason: str, line: int, column: int) -> tuple[bytes, Mode]:
        lines = data.count(b"\n") + 1
        self.whole.evidence.append(BrokenSaml(self.id, reason, min(line, lines), 1 if line > lines else column))
        self.partly(f"{reason} It was read as text.")
        return data, Mode.TEXT

    def _xml(self, data: bytes) -> tuple[bytes, Mode]:
        try:
            parse(data)
        except BadXmlError as problem:
            self.partly(f"{problem} It was read as text.")
            return data, Mode.TEXT
        self.whole.evidence += cloud_xml(self.id, data)
        return data, Mode.XML

    def _json(self, data: bytes) -> tuple[bytes, Mode]:
        try:
            document = decode(data)
        except BadJsonError as problem:
            return self._cut_json(data, str(problem))
        if (recording := as_har(document)) is not None:
            import msgspec

            return self._har(msgspec.json.encode(recording))
        self.whole.evidence += self._of_document(document, data)
        return data, Mode.JSON

    def _cut_json(self, data: bytes, problem: str) -> tuple[bytes, Mode]:
        """A document that ends too early is read as far as it is whole; one that is wrong is a text."""
        whole = mended(data)
        if whole is None:
            self.partly(f"{problem} It was read as text.")
            return data, Mode.TEXT
        self.partly(f"The JSON ends early, after {len(data):,} bytes; what is whole of it was read.")
        source, document = Source(self.id, self.origin, self.at, cut=True, written=self.written), decode(whole)
        self.whole.evidence += [
            *read_all(Form.JSON, source, document, apart=self._apart),
            *in_cut_json(document, self.id, self.at),
        ]
        return whole, Mode.JSON

    def _of_document(self, document: Any, data: bytes) -> list[Given]:
        """What readers of fixed forms find; only where they find nothing, the readers that go by keys and content."""
        known: list[Given] = []
        if self.role not in TABLE_ROLES:
            known += json_evidence(document, self.id, self.role, self.at)
            known += read_all(Form.JSON, self._source(), document, apart=self._apart)
        more = in_json(document, data, self.id, self.name, at=self.whole.at, role=self.role)
        return known if is_known(known) else [*known, *more]

    def _source(self) -> Source:
        return Source(self.id, self.origin, self.at, written=self.written)

    def _keep(self, kind: Kind, mode: Mode, data: bytes) -> None:
        whole = self.whole
        whole.emit(ArtifactHead(self.id, self.name, kind, mode, self.parent), data)
        lines = data.count(b"\n") + (not data.endswith(b"\n"))
        state, encoding = self.state, self.found.encoding
        whole.artifacts.append(
            Artifact(
                self.id, self.name, kind, mode, self.size, self.digest, lines, state, self.reason, self.parent, encoding
            )
        )
        whole.places[self.id] = Places.of(FORMS.get(mode, "lines"), data)

    def _lines(self, kind: Kind, data: bytes) -> None:
        lines = self.whole.places[self.id].lines
        if kind is Kind.TEXT and (plain := unquoted(data)) is not data:
            lines = plain.decode("utf-8", "replace").split("\n")
        if kind in {Kind.LOG, Kind.ACCESS_LOG} or (
            kind is Kind.TEXT and (is_named_log(self.origin) or is_export(data))
        ):
            self._mine(data, lines=not is_export(data))
        if self.whole.ending.has_come():
            lines = self._first(lines)
        if kind is Kind.ACCESS_LOG:
            log = read_access_log(lines, self.id)
            self.whole.evidence += [log, *in_traffic(log, self.name)]
        elif kind in {Kind.LOG, Kind.TEXT}:
            self.whole.evidence += in_lines(lines, self.id, at=self.whole.at)
        if traces := tuple(read_traces(lines, self.id)):
            self.whole.evidence.append(TraceSet(self.id, traces))
        elif kind is Kind.LOG:
            self.whole.evidence.append(TraceSet(self.id, ()))
        self.whole.evidence += read_all(
            Form.LINES, self._source(), lines, lambda: not self.whole.ending.is_near(), apart=self._apart
        )

    def _first(self, lines: list[str]) -> list[str]:
        """As many lines as checks may read where reading had to end."""
        if len(lines) > LAST_LINES:
            self.whole.not_looked_at.append(
                f"{self.name}: {self.whole.ending.reason} Checks looked at its first {LAST_LINES:,} lines."
            )
        return lines[:LAST_LINES]

    def _kept_patterns(self, state: LogState) -> tuple[LogPattern, ...]:
        """The first of the patterns; what is not kept, or was taken together to keep memory bounded, is said."""
        found = state.patterns()
        if (left := len(found) - MAX_PATTERNS) > 0:
            self.whole.not_looked_at.append(f"{self.name}: {amount(left, 'pattern')} of the lowest rank are not kept.")
        if state.level:
            self.whole.not_looked_at.append(
                f"{self.name}: it has more than {SHAPE_CAP:,} kinds of message, so alike ones were taken for one."
            )
        return found[:MAX_PATTERNS]

    def _mined_in_part(self, mined: int, size: int) -> None:
        """All of it is shown and searched; only its patterns are of a part."""
        reason = f"{self.whole.ending.reason} Its patterns are those of its first {mined:,} of {size:,} bytes."
        self._partly_kept(reason)
        self.whole.not_looked_at.append(f"{self.name}: {reason}")

    def _partly_kept(self, reason: str) -> None:
        for row, known in enumerate(self.whole.artifacts):
            if known.id == self.id:
                said = f"{known.reason} {reason}".strip()
                self.whole.artifacts[row] = replace(known, state=ArtifactState.PARTIAL, reason=said)

    def _mine(self, data: bytes, *, lines: bool = False) -> None:
        """`lines`: a record begins on the line whose number it has, so that the line names what the record names."""
        lines = lines and not self.whole.judge_only
        named = NamedValues()
        blocks = self.whole.ending.blocks(data)
        state = mine(blocks, source=self.name, reference=self.written, watch=named.watch if lines else None)
        if (taken := state.sources[self.name].bytes) < len(data) and self.whole.ending.reason:
            self._mined_in_part(taken, len(data))
        shares = named.count(data.split(b"\n"), state.pattern_of()) if lines else {}
        if named.cut:
            self.whole.not_looked_at.append(
                f"{self.name}: tenants, regions, versions and hosts were counted in its first {MOST_RECORDS:,} records."
            )
        mined = self._kept_patterns(state)
        self.whole.evidence += templates_of(mined, self.id)
        if self.whole.judge_only:
            return
        for found in mined:
            self.whole.moments += [moment for moment in (found.first, found.last) if moment]
            self.whole.patterns.append(as_kept(found, self.id, shares.get(found.id, {})))

    def _facts(self, data: bytes) -> None:
        if self.whole.judge_only:
            return
        text = facts_text(self.found.kind, data[:FACT_BYTES].decode("utf-8", "replace"))
        for fact in extract_facts(text)[:MAX_FACTS]:
            self.whole.facts.append(
                FoundFact(
                    artifact=self.id,
                    kind=fact.kind,
                    value=fact.value,
                    offset=fact.source_offset,
                    confidence=fact.confidence,
                    instant=fact.instant.isoformat() if fact.instant else "",
                    zone_known=fact.zone_known,
                )
            )
