"""Answers of the logs into the register of evidence."""

import json
from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction

from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.evidence.actions.counting import answer_of, run_of
from sevline.evidence.actions.register import cite_answer
from sevline.evidence.models import Counting, Item
from sevline.evidence.selectors.counted import scope_rows
from sevline.people.models import Person


@transaction.atomic
def cite_impact(case_key: str, number: int, *, by: Person) -> Item:
    """Put an answer into the register of evidence, once."""
    require(by, Right.EVIDENCE_ATTACH)
    answer = answer_of(by, case_key, number)
    if answer.item is not None:
        return answer.item
    _must_be_done(answer)
    told = answer.impact()
    counted_at = answer.ended_at or answer.at
    lines = [told.sentence, f"Counted {counted_at:%Y-%m-%d %H:%M:%S} UTC in {answer.source}.", *answer.left_out]
    for row in scope_rows(told):
        named = ", ".join(f"{value} ({count:,})" for value, count in row.listed)
        lines.append(f"{row.name}: {row.affected:,} of {row.active:,} active. {named}")
    answer.item = _cited(case_key, told.sentence, by, answer.source, answer.query, lines, answer.scopes)
    answer.save(update_fields=["item"])
    return answer.item


@transaction.atomic
def cite_fix(case_key: str, run_id: int, *, by: Person) -> Item:
    """Put a comparison into the register of evidence, once."""
    require(by, Right.EVIDENCE_ATTACH)
    run = run_of(by, case_key, run_id)
    if run.item is not None:
        return run.item
    _must_be_done(run)
    check = run.check_row
    lines = [
        f"Check, written {check.at:%Y-%m-%d %H:%M} UTC: {check.check_of().sentence}; bad is: {check.query}.",
        f"Fix at {run.fixed_at:%Y-%m-%d %H:%M} UTC" + ("." if run.foretold else ", before the check was written."),
        f"Before: {run.before[1]:,} bad of {run.before[0]:,}. After: {run.after[1]:,} bad of {run.after[0]:,}.",
        *run.left_out,
    ]
    claim = f"{check.metric}: {run.verdict}. {run.reason}"
    run.item = _cited(case_key, claim, by, run.source, check.query, lines, {"before": run.before, "after": run.after})
    run.save(update_fields=["item"])
    return run.item


def _must_be_done(row: Counting) -> None:
    if not row.is_done:
        raise Refused("There is no answer that could go into the register. Wait for it, or ask again.")


def _cited(
    case_key: str, claim: str, by: Person, source: str, query: str, lines: list[str], whole: Mapping[str, object]
) -> Item:
    told = json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()
    return cite_answer(
        case_key, claim[:300], by=by, source=source, query=query, excerpt="\n".join(lines),
        sha256=sha256(told).hexdigest(),
    )  # fmt: skip
