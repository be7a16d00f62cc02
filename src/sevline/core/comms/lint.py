"""The outbound lint: one rule, one file; its level and its words in a table; what came of it as plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from importlib import import_module

import msgspec

from sevline.core.comms.words import Sentence, Span, sentences
from sevline.core.registry import Registry
from sevline.core.rights import Code, decision_row, strongest, titles_of, with_code
from sevline.core.tables import Row, Table, load, no_repeats


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"


REASON = "reason"
NEVER = "never"


class RuleRow(Row, frozen=True):
    """One rule in words. `override` is “reason”, “never” or the id of a row of the decision rights."""

    code: str
    title: str
    level: Level
    override: str
    fires: str
    instead: str
    lists: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    @property
    def decision(self) -> str:
        """The decision that sets the rule aside, in words: “approve a public time of repair (DR-20)”."""
        row = decision_row(self.override)
        return f"{row.title} ({row.id})" if row else ""

    @property
    def others(self) -> str:
        """Who lets a text stand that this rule keeps back, and who asks them to; empty where no decision does."""
        row = decision_row(self.override)
        if row is None:
            return ""
        deciders = titles_of(with_code(row.id, Code.DECIDE, Code.APPROVE), "or")
        askers = titles_of(with_code(row.id, Code.RECOMMEND), "or")
        asks = f" A {askers} can ask for it." if askers else ""
        return f"Only the {deciders} may let it stand ({row.id}: {row.title}).{asks}"


class OutboundTable(Table, frozen=True):
    rule: tuple[RuleRow, ...]

    def check_rows(self) -> None:
        no_repeats("rule", (row.code for row in self.rule))
        for row in self.rule:
            if row.override not in {REASON, NEVER} and decision_row(row.override) is None:
                raise ValueError(f"{row.code} names the decision {row.override}, which no row of the rights has")
            if row.level is Level.WARN and row.override != REASON:
                raise ValueError(f"{row.code} warns, so a reason must be enough")

    def __getitem__(self, code: str) -> RuleRow:
        return next(row for row in self.rule if row.code == code)


OUTBOUND = load("outbound_lint.toml", OutboundTable)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the case holds when the text is about to go out. Every part has a neutral value for “nothing of it known”.

    `masked` are the pieces of the text that redaction replaces, each with its kind and the token that it becomes;
    `heard` is what the customer wrote so far, redacted as it is kept; `told` what was said to them.
    `signers` are who writes and who owns the case, `colleagues` all others who work here;
    `known_words` are words and hosts that the customer may read: their own surroundings and our public hosts.
    """

    severity: int | None = None
    is_open: bool = True
    is_first: bool = False
    has_next_update: bool = False
    cause_confirmed: bool = False
    fix_validated: bool = False
    has_workaround: bool = False
    is_unavailable: bool = False
    issue_type: str = ""
    case_key: str = ""
    heard: str = ""
    told: str = ""
    masked: tuple["Masked", ...] = ()
    known_words: tuple[str, ...] = ()
    other_customers: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    own_hosts: tuple[str, ...] = ()
    is_template: bool = False  # written by a table of this installation, such as a request for evidence

    @property
    def is_urgent(self) -> bool:
        return self.severity in {1, 2}


@dataclass(frozen=True, slots=True)
class Masked:
    """A piece of a text that redaction replaces: where it stands, what kind it is, and by what."""

    start: int
    end: int
    kind: str
    token: str


@dataclass(frozen=True)
class Draft:
    """A text on its way out."""

    text: str

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.text)


Outbound = Callable[[Draft, Situation], Iterator[Span]]
RULES: Registry[tuple[str, Outbound]] = Registry("rule of the outbound lint")


def rule(code: str) -> Callable[[Outbound], Outbound]:
    """Make the function the rule of that row; it yields the places that it objects to, or one empty place at the
    beginning where it objects to the message as a whole."""

    def add(judge: Outbound) -> Outbound:
        row = OUTBOUND[code]
        RULES.add(row.code, (row.code, judge))
        return judge

    return add


def every_rule() -> Registry[tuple[str, Outbound]]:
    """The rules, loaded. A row without a rule, or a rule without a row, stops the start."""
    RULES.discover(import_module("sevline.core.comms.rules"))
    if idle := {row.code for row in OUTBOUND.rule} - set(RULES.keys()):
        raise ValueError(f"the rule {min(idle)} of the outbound lint stands in the table and nothing judges it")
    return RULES


@dataclass(frozen=True, slots=True)
class Remark:
    """One objection: the rule and the place. An empty place means the message as a whole."""

    code: str
    start: int
    end: int
    phrase: str

    @property
    def row(self) -> RuleRow:
        return OUTBOUND[self.code]

    @property
    def blocks(self) -> bool:
        return self.row.level is Level.BLOCK


def lint(text: str, situation: Situation) -> tuple[Remark, ...]:
    """What the rules object to in a text, by place; the same phrase is named once by each rule."""
    draft = Draft(text)
    remarks: dict[tuple[str, int, int], Remark] = {}
    for code, judge in every_rule():
        for start, end in judge(draft, situation):
            remarks.setdefault((code, start, end), Remark(code, start, end, text[start:end].strip()))
    return tuple(sorted(remarks.values(), key=lambda remark: (remark.start, remark.end, remark.code)))


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A rule that still keeps the text back, and what would let it go: the sentence that the author reads."""

    code: str
    sentence: str
    takes_reason: bool = False


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether a text may go. `overridden` are the rules that were set aside with the author's reason, `approved` those
    set aside by an approval, `askable` the decisions that the author may ask somebody else to approve, by rule."""

    remarks: tuple[Remark, ...] = ()
    outstanding: tuple[Outstanding, ...] = ()
    overridden: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    askable: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_go(self) -> bool:
        return not self.outstanding

    @property
    def version(self) -> str:
        return OUTBOUND.version

    @property
    def by_rule(self) -> tuple[tuple[RuleRow, tuple[str, ...]], ...]:
        """Each rule that objects, those that block first, with the phrases it objects to."""
        codes = sorted({remark.code for remark in self.remarks}, key=lambda code: (OUTBOUND[code].level, code))
        return tuple((OUTBOUND[code], self._phrases(code)) for code in codes)

    def _phrases(self, code: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.phrase for one in self.remarks if one.code == code and one.phrase))

    @property
    def settled(self) -> frozenset[str]:
        return frozenset((*self.overridden, *self.approved))

    @property
    def takes_reason(self) -> frozenset[str]:
        return frozenset(one.code for one in self.outstanding if one.takes_reason)


def may_override(code: str, roles: Iterable[str]) -> bool:
    """Whether one of these roles sets the rule aside with a reason alone."""
    override = OUTBOUND[code].override
    if override in {REASON, NEVER}:
        return override == REASON
    return strongest(roles, override) is Code.DECIDE


def clear(
    remarks: tuple[Remark, ...], *, roles: Iterable[str], reason: str = "", approved: Iterable[str] = ()
) -> Clearance:
    """What the author's roles, their reason and the approvals they hold do about the remarks."""
    held, given = frozenset(roles), frozenset(approved)
    outstanding, overridden, used, askable = [], [], [], {}
    for code, remark in sorted({remark.code: remark for remark in reversed(remarks)}.items()):
        row = OUTBOUND[code]
        if code in given:
            used.append(code)
        elif may_override(code, held):
            if reason.strip():
                overridden.append(code)
            else:
                said = f"{_named(remark)} {row.instead} Or say why it goes out as it is."
                outstanding.append(Outstanding(code, said, takes_reason=True))
        elif row.override == NEVER:
            outstanding.append(Outstanding(code, f"{_named(remark)} {row.instead}"))
        else:
            outstanding.append(Outstanding(code, f"{_named(remark)} {row.instead} {_who(row, held)}"))
            if strongest(held, row.override) is not Code.NONE:
                askable[code] = row.override
    return Clearance(remarks, tuple(outstanding), tuple(overridden), tuple(used), askable)


def _named(remark: Remark) -> str:
    """“was caused by”: cause not confirmed (L09)."""
    title = remark.row.title
    return (
        f"“{remark.phrase}”: {title[:1].lower()}{title[1:]} ({remark.code})."
        if remark.phrase
        else f"{title} ({remark.code})."
    )


def _who(row: RuleRow, roles: frozenset[str]) -> str:
    if strongest(roles, row.override) is Code.NONE:
        return row.others
    return f"To let it out as it is needs an approval: {row.decision}."
