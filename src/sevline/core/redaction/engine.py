"""Runs the detectors over many strings at once: Polars finds, Python judges each distinct match once."""

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sevline.core.redaction.alike import MASKED, Alike, Told
from sevline.core.redaction.compiled import between_marks, contains, keep
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.few import FewRows
from sevline.core.redaction.folding import mask_each, mask_folded
from sevline.core.redaction.long_rows import LongRows
from sevline.core.redaction.matches import MOST, Matches
from sevline.core.redaction.people import PERSON, Ways, names_behind, told_by, ways_of
from sevline.core.redaction.pieces import PSEUDONYM, halves, shown, unchanged
from sevline.core.redaction.plan import Excerpts, Group, Plan, by_literal, gated, plan_of
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.questions import WRITTEN_OR_STAND_IN, alike_of
from sevline.core.redaction.repeats import Known, by_form, is_telling, patterns, with_one_of
from sevline.core.redaction.replaced import behind
from sevline.core.redaction.rows import Step, lines_of, marks_for, numbers, on_rows, put, where
from sevline.core.redaction.shield import STAND_IN, NoRoomError, Shield, has_stand_ins
from sevline.core.redaction.sifted import Sifted
from sevline.core.redaction.tally import Tally
from sevline.core.redaction.views import UNMARKED, VIEWS, Spans, View, encoded
from sevline.core.redaction.whole import WholeText

if TYPE_CHECKING:
    import polars as pl

#: Masking can bring pieces of text together that then look like a value, hence more passes than one.
MAX_PASSES = 24
#: Detectors of a group from which one search for the literals of all of them is cheaper than one for each.
FEW = 5
#: How deep encodings are looked through: a percent sign in base64, and one more.
DEPTH = 2
#: Matches of a kind whose replacement is remembered, and how long one may be for that.
REMEMBERED = 16_384
LONG = 256
keep(pattern for view in VIEWS for pattern in (view.pattern, view.gate))
_LINE = re.compile(r"[^\n]+")
Judge = Callable[[Counter[str]], dict[str, str]]


@dataclass(frozen=True)
class Engine:
    """A detector set under one case's key. Strings go in and come out in order; stand-ins never reach the outside."""

    detectors: tuple[Detector, ...]
    pseudonyms: Pseudonyms
    allowed: frozenset[str]
    known: Known = field(default_factory=Known)
    keeps_beside: bool = False
    """Whether `Tally.beside` is wanted: only who tells of a text needs it, and every found value is asked for it."""

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.detectors)

    @cached_property
    def alike(self) -> Alike:
        return alike_of(self.detectors)

    def mask(self, strings: Sequence[str], *, people: Set[str] = frozenset()) -> tuple[list[str], Tally]:
        """The strings with every found value replaced, and what was replaced; `people` are names known already.

        Where there are more different values than stand-ins, each half is masked by itself, and then what it gives away
        is looked for in the other. Lines of base64 that were folded are one.
        """
        return mask_each(self, strings, people=people)

    def mask_rows(
        self, strings: Sequence[str], *, people: Set[str] = frozenset(), secrets: Set[str] = frozenset()
    ) -> tuple[list[str], Tally]:
        """As `mask`, without folds; `secrets` are known already."""
        import polars as pl

        run = _Run(self, lenient=len(strings) < 2)
        run.tally.people |= people
        run.tally.secrets |= secrets
        try:
            rows = run.covered(pl.Series("text", strings, dtype=pl.String), "".join(strings))
            return run.shown(run.masked(rows)).to_list(), run.tally
        except NoRoomError:
            half = len(strings) // 2
            first, tally = self.mask_rows(strings[:half], people=people, secrets=secrets)
            second, more = self.mask_rows(strings[half:], people=people, secrets=secrets)
            tally.add(more)
            whole = _Run(self, lenient=True)
            whole.tally.people |= tally.people
            whole.tally.secrets |= tally.secrets
            strings = first + second
            rows = whole.covered(pl.Series("text", strings, dtype=pl.String), "".join(strings))
            left = whole.shown(whole.beside(rows)).to_list()
            tally.add(whole.tally)
            return left, tally

    def mask_text(self, text: str, depth: int = 0) -> tuple[str, Tally]:
        """A text of many lines, each looked at by itself except by detectors of blocks; folded lines are one."""
        return mask_folded(self, text, depth) if depth < DEPTH else self.mask_lines(text)

    def mask_lines(self, text: str, known: Tally | None = None, told: Told | None = None) -> tuple[str, Tally]:
        """As `mask_text`, without folds; `known` is what another part of it gave away, `told` what forms tell."""
        blocks, before = _Run(self, lenient=True), text
        told = self.alike.of_lines(text) if told is None else told
        text, tally = blocks.blocks(text, told), blocks.tally
        if known is not None:
            tally.people |= known.people
            tally.secrets |= known.secrets
        run = _Run(self)
        run.tally.people |= tally.people
        run.tally.secrets |= tally.secrets
        try:
            rows = run.covered(lines_of(text), text, told := told if text == before else None)
            masked = run.shown(run.masked(rows, told if run.shield.is_empty else None))
        except NoRoomError:
            lines, more = self.mask_rows(text.split("\n"), people=tally.people, secrets=tally.secrets)
            tally.add(more)
            return "\n".join(lines), tally
        tally.add(run.tally)
        return masked.str.join("\n").item(), tally

    def mask_secrets(
        self, text: str, secrets: set[str], *, people: Set[str] = frozenset(), markup: bool = False
    ) -> tuple[str, Tally]:
        """The text, which was masked already, without these values; `markup` writes their tokens as XML does."""
        run = _Run(self, lenient=True)
        rows, _ = run.without(secrets, run.covered(lines_of(text), text), markup=markup)
        if people:
            rows = run.without_people(set(people - self.allowed), rows)
        return run.shown(rows).str.join("\n").item(), run.tally

    def replace(self, entry: Detector, value: str, remembered: dict[str, str]) -> str:
        """What stands for a match, `value` itself where it is not real; logs repeat themselves, so it is remembered."""
        if self.allowed and (value in self.allowed or entry.normalise(value) in self.allowed):
            replaced = value
        else:
            replaced = entry.replace(value, self.pseudonyms)
        if len(value) <= LONG:
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            remembered[value] = replaced
        return replaced

    def remembered(self, entry: Detector) -> dict[str, str]:
        """What stands for matches that were judged before."""
        return self._memory.setdefault(entry.kind, {})

    @cached_property
    def _memory(self) -> dict[str, dict[str, str]]:
        return {}


class _Run:
    """One call: its stand-ins, what it counted, and how deep in encodings it stands."""

    def __init__(
        self, engine: Engine, outer: "_Run | None" = None, *, lenient: bool = False, in_clear: bool = True
    ) -> None:
        self.engine, self.lenient, self.in_clear = engine, lenient, in_clear
        self.depth: int = outer.depth + 1 if outer else 0
        self.shield: Shield = Shield(lenient=lenient, outer=outer.shield if outer else None)
        self.tally = Tally()
        self.marks = ("", "")
        self.only_thins = True

    def covered(self, rows: "pl.Series", joined: str, told: Told | None = None) -> "pl.Series":
        """Rows, `joined` in one text, in which every pseudonym that stands there already is a stand-in. Decoded rows
        have stand-ins already for all that is of their range."""
        import polars as pl

        self.marks = marks_for(joined)
        cover = self.shield.cover_more if self.depth else self.shield.cover
        if not self.depth and not joined.isascii() and has_stand_ins(joined):
            self.shield.own(joined)  # before pseudonyms may have left no room for them
            return pl.Series("text", [cover(text) for text in rows.to_list()], dtype=pl.String)
        hits = told.rows((MASKED,)) if told else where(contains(rows, WRITTEN_OR_STAND_IN))
        if hits.is_empty():
            return rows
        covered = [cover(text) for text in rows[hits].to_list()]
        return put(rows, hits, pl.Series("text", covered, dtype=pl.String))

    def shown(self, rows: "pl.Series") -> "pl.Series":
        """The rows as they leave, with pseudonyms in place of stand-ins."""

        if self.shield.is_empty:
            return rows
        wide = where(rows.str.len_bytes() != rows.str.len_chars())  # a stand-in is no ASCII
        hits = wide.filter(contains(rows[wide], STAND_IN))
        if hits.is_empty():
            return rows
        if self.shield.size <= MOST:
            return put(rows, hits, rows[hits].str.replace_many(*self.shield.everything()))
        matches = Matches(rows[hits], STAND_IN, self.marks)
        stand_ins = list(matches.found)
        return put(rows, hits, matches.exchanged(dict(zip(stand_ins, self.shield.each_shown(stand_ins), strict=True))))

    def blocks(self, text: str, told: Told | None = None) -> str:
        """Values that span lines, before the text is cut into lines."""
        import polars as pl

        self.marks = marks_for(text)
        blocks = tuple(entry for entry in self.engine.detectors if entry.stage is Stage.BLOCK)
        whole = WholeText(text, told)
        named = whole.is_worth_asking(blocks)
        for entry in blocks:
            if (named or not entry.keywords) and whole.holds(entry):
                masked = self.apply(entry, pl.Series("text", [self.shield.cover(whole.text)], dtype=pl.String))
                if masked is not None:
                    whole = WholeText(self.shield.show(masked.item()))
        return whole.text

    def masked(self, rows: "pl.Series", told: Told | None = None) -> "pl.Series":
        """All passes; and in clear again for what they gave away."""
        rows = self._settled(rows, told)
        return rows if self.depth else self.beside(rows)

    def beside(self, rows: "pl.Series") -> "pl.Series":
        """The rows without secrets that stand there without the name that gave them away elsewhere, and people's names
        without the address or the closing words."""
        if self.tally.people:
            rows = self.without_people(self.tally.people - self.engine.allowed, rows)
        sought: set[str] = set()
        known = self.engine.known.among(rows, self.engine.pseudonyms)
        while fresh := (self.tally.secrets | known) - sought:
            sought |= fresh
            rows, changed = self.without(fresh, rows)
            if changed is not None:
                rows = put(rows, changed, self._settled(rows[changed]))
        return rows

    def without(
        self, secrets: set[str], rows: "pl.Series", *, markup: bool = False
    ) -> "tuple[pl.Series, pl.Series | None]":
        """The rows without these values, and the numbers of those that changed, None where there are none."""

        def token(value: str) -> str:
            name = self.engine.pseudonyms.secret("SECRET", value)
            return f"&lt;{name[1:-1]}&gt;" if markup else name

        return self._without(by_form(secrets - self.engine.allowed), rows, "secret", token)

    def without_people(self, people: set[str], rows: "pl.Series") -> "pl.Series":
        """The rows without these people in any of the ways in which a text may name them."""
        ways = ways_of(people)
        hits = ways.rows(rows)
        if hits.is_empty():
            return rows
        after = rows[hits]
        for pattern in ways.patterns(after, self.engine.allowed):
            masked = self._replaced(pattern, after, lambda found: self._people(ways, found))
            after = after if masked is None else masked
        return put(rows, hits, after)

    def _people(self, ways: Ways, found: Counter[str]) -> dict[str, str]:
        replacements: dict[str, str] = {}
        for written, count in found.items():
            token = self.engine.pseudonyms.token("PERSON", ways.value(written) or "", kind="term person")
            replacements[written] = self.shield.cover_token(token)
            self.tally.note("person_in_text", token, count)
        return replacements

    def _without(
        self, values: dict[str, str], rows: "pl.Series", kind: str, token: Callable[[str], str]
    ) -> "tuple[pl.Series, pl.Series | None]":
        """As `without`; `values` are the written forms of each value."""

        def judged(found: Counter[str]) -> dict[str, str]:
            replacements: dict[str, str] = {}
            for form, count in found.items():
                replacements[form] = self.shield.cover_token(token(values[form]))
                self.tally.note(kind, token(values[form]), count)
            return replacements

        literals = list(values)
        hits = with_one_of(rows, literals)
        if hits.is_empty():
            return rows, None
        before = after = rows[hits]
        there = before.str.extract_many(literals, overlapping=True).explode().unique()
        for pattern in patterns(there.to_list()):
            masked = self._replaced(pattern, after, judged)
            after = after if masked is None else masked
        moved = where(after != before)
        return (rows, None) if moved.is_empty() else (put(rows, hits, after), hits[moved])

    def _settled(self, rows: "pl.Series", told: Told | None = None) -> "pl.Series":
        """A row that changed is looked at again until it does not change."""
        changed = due = known = None
        for _ in range(MAX_PASSES):
            before = rows if changed is None else rows[changed]
            told = (told or self.engine.alike.of_rows(before, self.marks[1])) if due is None else None
            sifted = Sifted(self.engine.plan, before, due, known, told)
            after = self._pass(before, sifted)
            if after is before:
                break
            moved = where(after != before)
            due, known = sifted.due(moved), sifted.known(moved)
            rows = after if changed is None else put(rows, changed, after)
            changed = moved if changed is None else changed[moved]
            if changed.is_empty():
                break
        return rows

    def _pass(self, rows: "pl.Series", sifted: Sifted) -> "pl.Series":
        for number, group in enumerate(self.engine.plan.groups):
            hits = sifted.hits(number, group, rows)
            if len(hits):
                self.only_thins = True
                before, rows = rows, on_rows(hits, rows, self._steps(group, rows, hits, sifted.long))
                if rows is not before:
                    sifted.changed(number, before, rows, hits, thinned=self.only_thins)
        return self._through_encodings(rows, sifted) if self.depth < DEPTH else rows

    def _steps(self, group: Group, rows: "pl.Series", hits: "pl.Series", long: LongRows | None) -> "list[Step]":
        """The detectors of a group that are worth trying on the rows of these numbers."""
        within, inner = None, rows[hits]
        if long is not None:
            group = long.narrowed(group, rows, hits)
            within = long.excerpts(group, inner, hits)
        wanted = [entry for entry in group.detectors if self.in_clear or not entry.in_clear]
        if group.alone:
            return [partial(self._found, entry) for entry in wanted]
        if group.keywords is None or len(group.detectors) < FEW:
            return [partial(self._detect, entry, within, None) for entry in wanted]
        named = by_literal(group.detectors, within.words if within else inner, group.keywords)
        return [partial(self._detect, entry, within, named[entry.kind]) for entry in wanted if entry.kind in named]

    def _through_encodings(self, rows: "pl.Series", sifted: Sifted) -> "pl.Series":
        """What is found once runs are decoded is masked in the runs; those of all encodings are one batch."""
        number, due = len(self.engine.plan.groups), sifted.worth_decoding()
        asked = rows if due is None else rows[due]
        masked = self._decoded(asked, sifted.few) if len(asked) else asked
        if masked is asked:
            return rows
        after = masked if due is None else put(rows, due, masked)
        hits = numbers(len(rows)) if due is None else due
        sifted.changed(number, rows, after, hits)
        return after

    def _decoded(self, rows: "pl.Series", few: FewRows | None) -> "pl.Series":
        """The rows with what is found in their encoded runs masked."""
        unmarked = where(contains(rows, UNMARKED))
        inner = {one: _Run(self.engine, self, lenient=self.lenient, in_clear=not one) for one in (True, False)}
        found: dict[bool, list[tuple[View, pl.Series, dict[str, str]]]] = {True: [], False: []}
        for view in VIEWS:
            hits = encoded(view, rows, few) if view.marks else unmarked
            if len(hits) and (readings := self._readings(view, rows[hits], inner[view.by_chance].shield)):
                found[view.by_chance].append((view, hits, readings))
        for by_chance, run in inner.items():
            rows = self._inside(found[by_chance], rows, run)
        return rows

    def _inside(
        self, found: "list[tuple[View, pl.Series, dict[str, str]]]", rows: "pl.Series", inner: "_Run"
    ) -> "pl.Series":
        """The rows with what stands in these runs masked."""
        if not found:
            return rows
        texts = list(dict.fromkeys(text for _, _, readings in found for text in readings.values()))
        at = dict(zip(texts, self._spans(texts, inner), strict=True))
        for view, hits, readings in found:
            spans = {run: at[text] for run, text in readings.items() if at[text]}
            if spans:
                rows = on_rows(hits, rows, [partial(self._rewrite, view, spans)])
        return rows

    def _spans(self, texts: list[str], inner: "_Run") -> list[Spans]:
        """What is masked in each of these, which have stand-ins of the inner run."""
        import polars as pl

        try:
            covered = inner.covered(pl.Series("text", texts, dtype=pl.String), "".join(texts))
            masked = inner.masked(covered).to_list()
        except NoRoomError:
            if not self.lenient:
                raise  # fewer strings at once may do
            return self._spans_of_parts(texts, inner)
        self.tally.secrets |= inner.tally.secrets
        self.tally.people |= inner.tally.people
        return [inner.shield.spans(text) for text in masked]

    def _spans_of_parts(self, texts: list[str], inner: "_Run") -> list[Spans]:
        """As `_spans`, of texts that hold more than there are stand-ins for: of each half by itself, and of what has no
        half the whole lines."""
        half = len(texts) // 2
        if half:
            return [spans for some in (texts[:half], texts[half:]) for spans in self._part(some, inner)]
        first, second = halves(texts[0])
        if not second:
            token = self.engine.pseudonyms.secret("SECRET", inner.shield.show(first))
            return [[(*line.span(), token, "secret") for line in _LINE.finditer(first)]]
        before, after = self._part([first], inner)[0], self._part([second], inner)[0]
        moved = [(start + len(first), stop + len(first), shown, kind) for start, stop, shown, kind in after]
        return [before + moved]

    def _part(self, texts: list[str], inner: "_Run") -> list[Spans]:
        """`_spans` with stand-ins of their own."""
        part = _Run(self.engine, inner, lenient=self.lenient, in_clear=inner.in_clear)
        part.depth = inner.depth
        return self._spans([part.shield.inherited(text) for text in texts], part)

    def _readings(self, view: View, rows: "pl.Series", inner: Shield) -> dict[str, str]:
        """What the runs of this encoding say, with stand-ins of the inner shield."""
        mark, end = self.marks
        runs = end.join(between_marks(rows, view.pattern, mark).to_list()).split(mark)[1::2]
        covered = {run: inner.inherited(run) for run in dict.fromkeys(runs)}
        read = {run: view.read(written, inner.own) for run, written in covered.items()}
        return {run: text for run, text in read.items() if text and text != covered[run]}

    def _rewrite(self, view: View, spans: dict[str, Spans], rows: "pl.Series") -> "pl.Series":
        masked = self._replaced(view.pattern, rows, lambda found: self._written(view, spans, found))
        return rows if masked is None else masked

    def _written(self, view: View, spans: dict[str, Spans], found: Counter[str]) -> dict[str, str]:
        """The runs in which something was found, written with it masked."""
        replacements: dict[str, str] = {}
        for run in [run for run in found if run in spans]:
            written, used = view.write(run, spans[run], self.shield.own)
            for _, _, token, kind in used:
                self.tally.note(kind, shown("", token) if PSEUDONYM.search(token) else "", found[run])
            kind = used[0][3] if used else ""  # one piece of the encoding around it, hence one kind
            if self.depth:
                replacements[run] = self.shield.put(self.shield.show(written), run, kind)
            else:
                replacements[run] = self.shield.cover_more(written)
        return replacements

    def _found(self, entry: Detector, rows: "pl.Series") -> "pl.Series":
        """The rows, whose gate was asked before, with what the detector found replaced."""
        masked = self.apply(entry, rows)
        return rows if masked is None else masked

    def _detect(
        self, entry: Detector, within: Excerpts | None, named: "pl.Series | None", rows: "pl.Series"
    ) -> "pl.Series":
        hits = gated(entry, rows, within, named)
        if hits is None:
            return rows
        masked = self.apply(entry, rows[hits])
        return rows if masked is None else put(rows, hits, masked)

    def apply(self, entry: Detector, rows: "pl.Series") -> "pl.Series | None":
        """The rows with what the detector found replaced; None where it found nothing real."""
        return self._replaced(entry.pattern, rows, lambda found: self._judged(entry, found))

    def _judged(self, entry: Detector, found: Counter[str]) -> dict[str, str]:
        replacements: dict[str, str] = {}
        remembered = self.engine.remembered(entry)
        total = 0
        tells = entry.gives_away or (self.engine.keeps_beside and entry.in_context)
        for value, count in found.items():
            plain = value if value.isascii() else self.shield.show(value)
            replaced = remembered.get(plain) or self.engine.replace(entry, plain, remembered)
            if replaced != plain:
                replacements[value] = self._stand_in(entry, value, replaced)
                if not total or self.tally.wants(entry.kind):
                    self.tally.note(entry.kind, shown(plain, replaced), 0)
                total += count
                if tells or PERSON in replaced:
                    self._tell(entry, plain, replaced)
        if total:
            self.tally.counts[entry.kind] += total
        return replacements

    def _tell(self, entry: Detector, plain: str, replaced: str) -> None:
        """Keep what a match gives away about other places."""
        if self.engine.keeps_beside and entry.in_context and not self.depth:
            self.tally.stands_for(behind(plain, replaced))
        self.tally.secrets.update(filter(is_telling, entry.secrets(plain)))
        self.tally.people.update(told_by(entry.people(plain), certain=True))
        if PERSON in replaced:
            self.tally.people.update(told_by(names_behind(plain, replaced), certain=False))

    def _stand_in(self, entry: Detector, value: str, replaced: str) -> str:
        """Inside an encoding the places count, so what changed has one stand-in with its place."""
        if not self.depth:
            return self.shield.cover_token(replaced) if entry.render is None else self.shield.cover(replaced)
        start, stop = unchanged(value, replaced)
        end = len(value) - stop
        mark = self.shield.put(replaced[start : len(replaced) - stop], value[start:end], entry.kind)
        return value[:start] + mark + value[end:]

    def _replaced(self, pattern: str, rows: "pl.Series", judge: Judge) -> "pl.Series | None":
        """The rows with what the judge says in place of the matches; None where that is nothing."""
        matches = Matches(rows, pattern, self.marks)
        replacements = judge(matches.found) if matches.found else {}
        if not replacements:
            return None
        self.only_thins = self.only_thins and matches.thins(replacements)
        return matches.exchanged(replacements)
