"""The tables by which the workbench decides: rights, decision rights, severity, service levels."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from enum import StrEnum
from typing import get_args, get_type_hints

from sevline.core.calendar import CALENDARS, Calendar
from sevline.core.field_classes import ABOVE_INTERNAL, CLASSES, EVERYBODY, FieldRow
from sevline.core.rights import DECISIONS, RIGHTS, ROLE_TITLES, ROLES, DecisionRow, Role
from sevline.core.service_level import CLOCK_EVENTS, SERVICE_LEVELS, ClockRule, TargetRow
from sevline.core.severity import SEVERITY, SeverityAnswers, SeverityRule
from tools.docs.markdown import code, codes, first_paragraph, table, words


def rights() -> str:
    rows = [(code(row.key), row.may, _titles(row.roles)) for row in RIGHTS.right]
    return "\n\n".join(
        (
            "# Rights",
            (
                f"Table version {code(RIGHTS.version)}. Whoever is not named has not the right. Which records a holder "
                "sees is narrowed further by team, region and restriction."
            ),
            table(("Right", "May", "Roles"), rows),
        )
    )


def field_classes() -> str:
    kinds = [
        (row.title, "everybody" if EVERYBODY in row.roles else _titles(tuple(map(Role, row.roles))) or "nobody")
        for row in CLASSES.of
    ]
    return "\n\n".join(
        (
            "# Field classes",
            (
                f"Table version {code(CLASSES.version)}. A field is masked alike on pages, in exports and in the audit "
                "trail, in notices and mail, and is found by nobody who may not read it. What is confidential or "
                "personal of an account opens under a grant of access to it, for its time and with its reason, and "
                "reading it is kept in the trail. A field without a row is confidential."
            ),
            table(("Class", "Read without a grant by"), kinds),
            "Not everybody reads these:",
            table(("Field", "Class", "And, for their work, by"), map(_field_above_internal, _above_internal())),
            "And these are everybody's who sees the record:",
            table(("Record", "Fields"), ((code(row.key), codes(row.internal)) for row in CLASSES.record)),
        )
    )


def _above_internal() -> Iterable[FieldRow]:
    return (row for row in CLASSES.every_field() if row.of in ABOVE_INTERNAL)


def _field_above_internal(row: FieldRow) -> tuple[str, str, str]:
    purposes = (f"{_titles(one.roles)}, who {one.why}" for one in CLASSES.purpose if one.field == row.key)
    return code(row.key), row.of, next(purposes, "")


def _titles(roles: tuple[Role, ...]) -> str:
    return ", ".join(ROLE_TITLES[role] for role in ROLES if role in roles)


def decision_rights() -> str:
    head = ("Id", "Decision", *(words(role) for role in DECISIONS.roles), "Conditions")
    rows = [_decision(row) for row in DECISIONS.action]
    columns = [(ROLE_TITLES[role], words(column)) for role, column in DECISIONS.columns.items()]
    return "\n\n".join(
        (
            "# Decision rights",
            (
                f"Table version {code(DECISIONS.version)}. D decides alone, A approves, R recommends or asks, X has no "
                "part. An action that is not in the table is denied, and nobody approves a request of their own."
            ),
            table(head, rows),
            "These roles of persons have a column. The council is a body: no role makes somebody the council.",
            table(("Role", "Column"), columns),
        )
    )


def _decision(row: DecisionRow) -> tuple[str, ...]:
    codes_ = [str(row.rights[role]) for role in DECISIONS.roles]
    return row.id, row.title, *codes_, "; ".join(_terms(row))


def _terms(row: DecisionRow) -> Iterator[str]:
    if row.separate_duties:
        yield "asked and approved by different people"
    if row.quorum > 1:
        yield f"quorum of {row.quorum}"
    if row.needs:
        yield f"needs {', '.join(words(need) for need in row.needs)}"
    if row.max_hours is not None:
        yield f"at most {row.max_hours} h"
    if row.after_review_hours is not None:
        yield f"reviewed within {row.after_review_hours} h afterwards"
    if row.notify:
        yield f"tells {', '.join(words(whom) for whom in row.notify)}"
    if row.reviewers:
        yield f"{row.reviewers} reviewer{'s' if row.reviewers > 1 else ''} other than the author"
    if row.regulated is not None:
        yield f"regulated profile: {'; '.join(_overlay(row))}"
    if row.note:
        yield row.note.rstrip(".")


def _overlay(row: DecisionRow) -> Iterator[str]:
    assert row.regulated is not None  # noqa: S101 - asked for by the caller
    if row.regulated.rights:
        yield ", ".join(f"{words(role)} {value}" for role, value in row.regulated.rights.items())
    if row.regulated.quorum is not None:
        yield f"quorum of {row.regulated.quorum}"
    if row.regulated.needs is not None:
        yield f"needs {', '.join(words(need) for need in row.regulated.needs)}"


def severity() -> str:
    return "\n\n".join(
        (
            "# Severity",
            (
                f"Table version {code(SEVERITY.version)}. The first row that holds decides, and its id is stored with "
                "the answers. An answer that is unknown counts as the worst that it could plausibly be; on Sev1 and "
                f"Sev2 it is looked at again after {SEVERITY.review_minutes} minutes. A wide reach begins at "
                f"{SEVERITY.reach_wide_percent:g} % of accounts or seats, a reach of some at "
                f"{SEVERITY.reach_some_percent:g} %."
            ),
            "## Questions",
            table(("Question", "Answers", "Meaning"), [_question(name) for name in _questions()]),
            "## Rows",
            table(("Row", "Severity", "When", "Also"), [_rule(rule) for rule in SEVERITY.rule]),
        )
    )


def _questions() -> list[str]:
    return [field.name for field in fields(SeverityAnswers)]


def _question(name: str) -> tuple[str, str, str]:
    kind = get_type_hints(SeverityAnswers)[name]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return words(name), codes(kind), _meaning(kind)
    assert float in get_args(kind)  # noqa: S101 - a question is a choice or a share
    return words(name), "0 to 100, or unknown", ""


def _meaning(kind: type[StrEnum]) -> str:
    return first_paragraph(kind.__doc__)


def _rule(rule: SeverityRule) -> tuple[str, str, str, str]:
    also = []
    if rule.security_route:
        also.append("goes to Security")
    if rule.lowered_by_validated_workaround is not None:
        also.append(f"Sev{rule.lowered_by_validated_workaround} once a workaround is accepted and validated")
    return rule.id, f"Sev{rule.severity}", rule.title, "; ".join(also)


def service_levels() -> str:
    warnings = [(f"{row.percent} %", _whom(row.tells), _whom(row.ola_tells)) for row in SERVICE_LEVELS.warning]
    parts = [
        "# Service levels",
        (
            f"Table version {code(SERVICE_LEVELS.version)}. The first row that fits decides; a column that is empty "
            "fits all. Where no row fits there is no target."
        ),
        "## Targets",
        table(("Clock", "Kind", "Severity", "Plan", "Type", "Region", "Within", "Calendar"), map(_target, _targets())),
        "## Warnings",
        table(("Used", "Tells", "On an OLA also"), warnings),
        "## Calendars",
        table(("Calendar", "Hours", "Zone", "A day is"), map(_calendar, CALENDARS.values())),
        "## What moves each clock",
    ]
    for clock in CLOCK_EVENTS.clock:
        moves = [(code(rule.event), _does(rule), rule.why) for rule in clock.on]
        parts += [f"### {clock.title}", table(("Event", "Does", "Reason shown"), moves)]
    return "\n\n".join(parts)


def _does(rule: ClockRule) -> str:
    """What an event does to a clock; a stop that is no success says so."""
    ended = " (ended, not met)" if rule.ends else ""
    promised = ", unless a time was promised" if rule.keeps_promise else ""
    return f"{', '.join(rule.does)}{ended}{promised}"


def _whom(tells: tuple[str, ...]) -> str:
    return ", ".join(words(whom) for whom in tells)


def _targets() -> tuple[TargetRow, ...]:
    return SERVICE_LEVELS.target


def _target(row: TargetRow) -> tuple[str, ...]:
    rated = f"Sev{row.severity}" if row.severity else ""
    narrow = (row.plan or "", row.issue_type or "", row.region or "")
    return words(row.metric), row.kind.upper(), rated, *narrow, row.within, code(row.calendar)


def _calendar(row: Calendar) -> tuple[str, ...]:
    return code(row.key), row.title, row.zone.key, f"{row.day_hours:g} h"
