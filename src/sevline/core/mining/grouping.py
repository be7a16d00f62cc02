"""Shapes into groups by the statement that wrote them: a pure function of the set of shapes.

A position is variable where the distinct words seen in the same context weigh enough; see docs/adr/0011.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from sevline.core.mining.errortexts import without_errors
from sevline.core.mining.fieldoutcomes import OUTCOME
from sevline.core.mining.forms import Forms
from sevline.core.mining.jit import compiled
from sevline.core.mining.judging import accepted
from sevline.core.mining.leads import lead_in, level_of, name_processes, without_name
from sevline.core.mining.masking import LEAD, RAISED, is_place, without_end
from sevline.core.mining.rows import parting_rows
from sevline.core.mining.scan import scan
from sevline.core.mining.signclasses import CLASSES, CLOSERS
from sevline.core.mining.signs import parted
from sevline.core.mining.statuses import without_outcomes
from sevline.core.mining.vocabulary import WEIGHT_IDENTIFIER
from sevline.core.mining.vocabulary import number as numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sevline.core.mining.signclasses import Text

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float64]

METHOD = "evidence-9"
"""Changes whenever the same shapes could be grouped otherwise."""

VALUE = "<*>"


@dataclass(frozen=True, slots=True)
class Rules:
    """All constants of the method, one setting for everything; the switches are for measuring what each part adds."""

    need: float = 5.5
    first: float = 1.25
    tail: float = 10.0
    tail_least: float = 4.5
    tail_words: float = 1.5
    tail_value: float = 4.0
    few_tags: float = 1 / 3
    tag_tells: float = 1.5
    sentence_words: float = 2.0
    sentences: int = 8
    rare: int = 2
    rare_words: float = 1.5
    rounds: int = 12
    constants: float = 2.0
    words_beside_keys: float = 2.0
    keys: int = 2
    own_words: float = 4.0
    optional_words: float = 2.0
    use_errors: bool = True
    use_named: bool = True
    use_evidence: bool = True
    use_learned: bool = True
    use_tail: bool = True
    use_optional: bool = True
    use_constants: bool = True
    use_own_words: bool = True
    use_signs: bool = True
    use_rows: bool = True
    use_names: bool = True


@dataclass(frozen=True, slots=True)
class Grouping:
    """A statement is one group, whether its requests failed or not.

    `group_of`: shape -> index into `templates`; a template's variable parts are `<*>`. `leads`: of each template,
    what the header says of all its records."""

    group_of: dict[bytes, int]
    templates: tuple[str, ...]
    leads: tuple[bytes, ...]


def group(shapes: Iterable[bytes], rules: Rules | None = None) -> Grouping:
    """Outcomes, traces and answers change nothing: shapes that differ in them alone are grouped as one."""
    distinct = set(shapes)
    plain = _without_ends(distinct)
    told = {plain.get(shape, shape) for shape in distinct}
    if (rules is None or rules.use_names) and name_processes(told):
        plain = {shape: without_name(plain.get(shape, shape)) for shape in distinct}
        told = set(plain.values())
    grouping = _grouped(sorted(told), rules)
    if not plain:
        return grouping
    return replace(grouping, group_of={shape: grouping.group_of[plain.get(shape, shape)] for shape in sorted(distinct)})


def _without_ends(distinct: set[bytes]) -> dict[bytes, bytes]:
    """Those shapes that say more than which statement it is, without that."""
    plain = {shape: without_end(shape)[0] for shape in distinct if RAISED in shape or b" status " in shape}
    plain |= {
        shape: without_outcomes(plain.get(shape, shape), LEAD)
        for shape in distinct
        if b"4" in shape or b"5" in shape or OUTCOME in shape
    }
    return plain


def _grouped(ordered: list[bytes], rules: Rules | None) -> Grouping:
    if not ordered:
        return Grouping({}, (), ())
    applied = rules or Rules()
    with np.errstate(over="ignore"):
        forms = tokenised(ordered, applied)
        settle(forms, applied)
    labels, texts = forms.label.tolist(), forms.texts(VALUE)
    leads = [b""] * forms.rows
    for shape, label in zip(ordered, labels, strict=True):
        if LEAD in shape:
            leads[label] = lead_in(shape)
    if applied.use_own_words:
        telling = forms.row_sum(forms.words.constant[forms.token]) >= applied.own_words
        # A name in the header may be that of a process, several of which log the same.
        leads = [level_of(lead) if own else lead for lead, own in zip(leads, telling.tolist(), strict=True)]
    if applied.use_signs:
        _part_wordless(forms, ordered, labels, texts, leads)
    if applied.use_rows:
        _part_rows(ordered, labels, texts, leads)
    into, templates, leads = _joined(texts, leads)
    group_of = {shape: into[label] for shape, label in zip(ordered, labels, strict=True)}
    return Grouping(group_of, tuple(templates), tuple(leads))


def _part_wordless(forms: Forms, shapes: list[bytes], labels: list[int], texts: list[str], leads: list[bytes]) -> None:
    """Where no word is left, the signs between the values tell the statements apart: adds groups for them."""
    own = (forms.token != 0) & (forms.words.weight[forms.token] > 0)
    wordless = set(np.flatnonzero(forms.row_sum(own.astype(np.int64)) == 0).tolist())
    members: dict[int, list[int]] = {}
    for index, label in enumerate(labels):
        if label in wordless:
            members.setdefault(label, []).append(index)
    for label, found in members.items():
        signs = parted([shapes[index][len(lead_in(shapes[index])) :] for index in found])
        texts[label] = signs[0]
        number = {signs[0]: label}
        for index, text in zip(found, signs, strict=True):
            if text not in number:
                number[text] = len(texts)
                texts.append(text)
                leads.append(leads[label])
            labels[index] = number[text]


def _part_rows(shapes: list[bytes], labels: list[int], texts: list[str], leads: list[bytes]) -> None:
    """Where a statement prints numbers in a row, their number tells it apart: adds groups for it."""
    plain: dict[int, str] = {}
    number: dict[tuple[int, int], int] = {}
    for index, row in parting_rows(shapes, labels).items():
        label = labels[index]
        if label not in plain:
            plain[label] = texts[label]
            number[label, row] = label
            texts[label] = _repeated(plain[label], row)
        elif (label, row) not in number:
            number[label, row] = len(texts)
            texts.append(_repeated(plain[label], row))
            leads.append(leads[label])
        labels[index] = number[label, row]


def _repeated(template: str, times: int) -> str:
    """The template with its last variable so many times."""
    before, value, behind = template.rpartition(VALUE)
    return before + " ".join([value] * times) + behind


def _joined(templates: list[str], leads: list[bytes]) -> tuple[list[int], list[str], list[bytes]]:
    """Of each group, which one it becomes. Groups of one lead and template are one; so are those whose records name one
    place in the source, which is believed whatever the texts say."""
    same: dict[tuple[bytes, str], list[int]] = {}
    for number, (lead, template) in enumerate(zip(leads, templates, strict=True)):
        same.setdefault((lead, "" if is_place(lead) else template), []).append(number)
    into = list(range(len(templates)))
    for (lead, _), numbers in same.items():
        if len(numbers) > 1 and is_place(lead):
            templates[numbers[0]] = common_template([templates[number] for number in numbers])
        for number in numbers:
            into[number] = numbers[0]
    kept = sorted(set(into))
    rank = {number: index for index, number in enumerate(kept)}
    return [rank[number] for number in into], [templates[number] for number in kept], [leads[number] for number in kept]


def common_template(templates: list[str]) -> str:
    """The words that all have, in their order, with variables where they differ."""
    words = templates[0].split()
    for template in templates[1:]:
        words = _common(words, template.split())
    return " ".join(words) or VALUE


def _common(one: list[str], two: list[str]) -> list[str]:
    from difflib import SequenceMatcher

    out: list[str] = []
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    at, to = 0, 0
    for begin, start, size in blocks:
        if (begin > at or start > to) and (not out or out[-1] != VALUE):
            out.append(VALUE)
        for word in one[begin : begin + size]:
            if word != VALUE or not out or out[-1] != VALUE:
                out.append(word)
        at, to = begin + size, start + size
    return out


def tokenised(shapes: list[bytes], rules: Rules) -> Forms:
    text = b"\n".join(shapes)
    if rules.use_errors:
        text = without_errors(text)
    ends = np.cumsum([len(shape) + 1 for shape in shapes]) - 1
    starts = np.concatenate(([0], ends[:-1] + 1))
    leads = starts - 1
    if LEAD in text:
        leads = starts + np.fromiter((shape.find(LEAD) for shape in shapes), np.int64, len(shapes))
    out = np.empty((2 * len(text) // 3 + 3 * len(shapes) + 8, 4), np.int64)
    stack = np.empty(64, np.uint8)
    # As they are, kernels read bytes several times faster than arrays.
    view = np.frombuffer(text, np.uint8) if compiled() else cast("Text", text)
    classes = CLASSES if compiled() else cast("Text", CLASSES.tobytes())
    count = scan(view, starts, leads, ends, out, classes, CLOSERS, stack)
    out = out[:count]
    vocabulary, token = numbered(text, out[:, 0].copy(), out[:, 1].copy(), out[:, 2].copy())
    bounds = np.searchsorted(out[:, 3], np.arange(len(shapes) + 1))
    forms = Forms(vocabulary, token, bounds.astype(np.int64))
    forms.judge = accepted if rules.use_learned else None
    # A message that begins with a method is a request, and told apart by it; elsewhere the method is a value.
    forms.mark(vocabulary.method[token] & (np.arange(len(token)) != forms.firsts()[forms.row]))
    forms.mark(forms.beside_values())
    return forms


def settle(forms: Forms, rules: Rules) -> None:
    """Until nothing changes: mark, collapse, join what became equal; once, in between, the tails."""

    def need(words: "Weights", first: "Flags", has_value: "Flags") -> "Weights":
        enough: Weights = rules.need * (0.5 + 1 / np.maximum(words, 1)) * np.where(first & ~has_value, rules.first, 1.0)
        return np.where(words >= 1, enough, np.inf)

    tails_done = not rules.use_tail
    for _ in range(rules.rounds if rules.use_evidence else 0):
        soft = np.bincount(forms.token, minlength=forms.words.size) <= rules.rare
        soft[0] = True
        marked = forms.evident(forms.others_but(soft, rules.rare_words), soft[forms.token], need)
        if rules.use_named:
            named = forms.words.weight >= 3
            marked |= forms.evident(forms.others_but(named), named[forms.token], need)
        marked |= forms.evident(forms.all_others(), np.ones(len(forms.token), bool), need)
        marked &= forms.token != 0
        if marked.any():
            forms.mark(marked)
        elif tails_done or not _mark_tails(forms, rules):
            break
        else:
            tails_done = True
    if rules.use_evidence and rules.use_optional:
        for _ in range(rules.rounds):
            optional = forms.optional(WEIGHT_IDENTIFIER, rules.optional_words)
            if not optional.any():
                break
            forms.mark(optional)
    if rules.use_constants:
        forms.join_by_constants(rules.constants)
        forms.join_by_words(rules.words_beside_keys, rules.keys)


def _mark_tails(forms: Forms, rules: Rules) -> bool:
    """Free text to the end: from a position whose context, the tokens before it, carries enough evidence."""

    def need(words: "Weights", first: "Flags", has_value: "Flags") -> "Weights":
        del first, has_value
        enough: Weights = np.maximum(rules.tail / np.maximum(words, 0.5), rules.tail_least)
        return np.where(words >= rules.tail_words, enough, np.inf)

    # Where most messages begin with a tag, it names a part of the program; where few do, it labels one statement.
    context = forms.all_before(rules.tag_tells if forms.tagged() < rules.few_tags else None)
    hit = forms.evident(context, np.ones(len(forms.token), bool), need, rules.tail_value)
    hit &= ~forms.before_sentences(context, hit, rules.sentence_words, rules.sentences)
    if not hit.any():
        return False
    end = forms.start[1:].copy()
    np.minimum.at(end, forms.row[hit], np.flatnonzero(hit) + 1)
    before = len(forms.token), int((forms.token == 0).sum())
    forms.mark(hit, end)
    return (len(forms.token), int((forms.token == 0).sum())) != before
