"""Running a query for a case: reviewed ones by right, others with a live grant; each run stands in the trail."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max

from sevline.cases.models import Case, number_of
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.core.sql import Admitted, NotAdmitted, admit
from sevline.core.sql.guard import Limits
from sevline.core.sql.library import ParameterRow, SourceRow, check_window, declared, values_hash, values_of
from sevline.core.sql.masking import pseudonymised, salt_of
from sevline.dataquery.events import AnswerCited, QueryAnswered, QueryAsked, QueryFailed, QueryRefused, QueryStarted
from sevline.dataquery.executors import Answer, Caps, run
from sevline.dataquery.models import AdHocQuery, QueryRun
from sevline.dataquery.sources import address, library
from sevline.evidence import actions as evidence
from sevline.evidence.models import Item
from sevline.governance import actions as governance
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import Happening, Ref, record
from sevline.vault import actions as vault

GRANT = "grant_production_data_access"
GRANT_HOURS = 4
RUNS_AN_HOUR = 30
EXCERPT_ROWS = 20
_AT_ONCE = 500
_PLAIN = re.compile(r"-?\d{1,6}|<[A-Z_]{1,20}_[0-9a-f]{16}>", re.ASCII)  # nothing to find: a small number, a pseudonym


def run_prebuilt(case_key: str, query_id: str, typed: Mapping[str, str], *, by: Person) -> QueryRun:
    """Run a reviewed query for a case with parameters as typed; the answer is masked before it is kept."""
    require(by, Right.DATA_QUERY)
    case = _open_case(by, case_key)
    row, admitted = library().prebuilt(query_id)
    values = values_of(row.parameters, typed)
    check_window(row, values)
    kept = _start(case, by, admitted, values, source=row.source, query=row.id, title=row.title)
    return _carry_out(kept, admitted, values, by)


def ask_ad_hoc(case_key: str, *, by: Person, source: str, text: str, parameters: str, purpose: str) -> AdHocQuery:
    """Ask a second person for a grant to run a query of one's own, once, with these parameters, for this case."""
    require(by, Right.DATA_QUERY)
    case = _open_case(by, case_key)
    found = library().find(source)
    given = declared(parameters)
    values = values_of(given.parameters, given.typed)
    admitted = _admitted(case, by, found, text, given.parameters)
    said = vault.redact(case.key, purpose.strip()).text
    if not said:
        raise Refused("Say what the query is for; whoever approves it reads that.")
    with transaction.atomic():
        shown = _redacted(case, values)
        asked = {
            "source": found.title,
            "query_as_it_will_run": admitted.sql,
            "query_hash": admitted.hash,
            "parameters": ", ".join(f"{name} = {value}" for name, value in shown.items()) or "none",
            "parameters_hash": values_hash(values),
        }
        approval = governance.request(
            by=by, decision=GRANT, subject=Ref("case", case.key, case.key), case=case.key, asked=asked, reason=said
        )
        sealed = vault.seal_text(case.key, "parameters of a query", json.dumps(given.typed))
        kept = AdHocQuery.objects.create(
            case=case, source=source, text=text, sql=admitted.sql, hash=admitted.hash, parameters=shown,
            declared=[msgspec.to_builtins(row) for row in given.parameters], sealed=sealed,
            values_hash=asked["parameters_hash"], purpose=said, approval=approval, by=by, at=clock.now(),
        )  # fmt: skip
        record(
            QueryAsked(by=by.ref, subject=case.ref, case=case.key, source=source, sql=admitted.sql,
                       hash=admitted.hash, parameters=shown, purpose=said, approval=approval.pk)
        )  # fmt: skip
        return kept


def run_granted(case_key: str, grant_id: int, *, by: Person) -> QueryRun:
    """Run what was granted, within four hours and once; Refused when query, parameters or case are not the same."""
    require(by, Right.DATA_QUERY)
    case = _open_case(by, case_key)
    asked = AdHocQuery.objects.select_related("approval", "approval__decided_by").filter(pk=grant_id, case=case).first()
    if asked is None or asked.by_id != by.pk:
        raise Refused(f"You asked for no such query in {case.key}.")
    rows = msgspec.convert(asked.declared, tuple[ParameterRow, ...])
    admitted = _admitted(case, by, library().find(asked.source), asked.text, rows)
    values = values_of(rows, json.loads(vault.unseal_text(asked.sealed)))
    _check_grant(asked, admitted, values)
    with transaction.atomic():
        governance.use(asked.approval_id, by=by)
        kept = _start(case, by, admitted, values, source=asked.source, title=asked.purpose[:200], grant=asked)
    return _carry_out(kept, admitted, values, by)


def _check_grant(asked: AdHocQuery, admitted: Admitted, values: Mapping[str, Any]) -> None:
    approval = asked.approval
    if approval.decided_at is None:
        raise Refused("Nobody has approved this query yet.")
    if clock.now() >= approval.decided_at + timedelta(hours=GRANT_HOURS):
        raise Refused(f"The grant ended {GRANT_HOURS} hours after it was given. Ask again.")
    approved = (approval.asked.get("query_hash"), approval.asked.get("parameters_hash"), approval.case_key)
    if approval.decision != GRANT or approved != (admitted.hash, values_hash(values), asked.case.key):
        raise Refused("This is not the query that was approved; its tables may have been listed anew. Ask again.")


@transaction.atomic
def keep_as_evidence(case_key: str, number: int, *, by: Person, claim: str) -> Item:
    """Put the masked answer of a run into the case's evidence register."""
    require(by, Right.EVIDENCE_ATTACH)
    case = _open_case(by, case_key)
    kept = QueryRun.objects.select_for_update(of=("self",)).filter(case=case, number=number, state="answered").first()
    if kept is None:
        raise Refused("There is no such answer.")
    if kept.item is not None:
        raise Refused(f"This answer is {kept.item.key} already.")
    lines = [kept.columns, *kept.rows[:EXCERPT_ROWS]]
    excerpt = "\n".join(" | ".join("null" if cell is None else cell for cell in line) for line in lines)
    kept.item = evidence.cite_answer(
        case.key, claim, by=by, source=f"Data source {kept.source}", query=f"{kept.key} {kept.hash}",
        excerpt=excerpt, sha256=kept.result_hash,
    )  # fmt: skip
    kept.save(update_fields=["item"])
    record(AnswerCited(by=by.ref, subject=_ref(kept), case=case.key, run=kept.key, item=kept.item.key))
    return kept.item


def _open_case(by: Person, case_key: str) -> Case:
    """The case that a query is for; a query for no case, a closed one or one of others is refused."""
    if not case_key.strip():
        raise Refused("Name the case that the query is for.")
    case: Case | None = Case.objects.visible_to(by).filter(number=number_of(case_key)).first()
    if case is None:
        raise Refused(f"There is no case {case_key[:20]}.")
    if not case.is_open:
        raise Refused(f"{case.key} is {case.status}; reopen it before you query data for it.")
    return case


def _admitted(case: Case, by: Person, source: SourceRow, text: str, rows: tuple[ParameterRow, ...]) -> Admitted:
    """The query as it will run; what is refused is in the trail too."""
    try:
        _check_plain(case, text)
        names = [row.name for row in rows]
        return admit(text, library().catalogue(source.key), parameters=names, limits=Limits(rows=source.rows))
    except NotAdmitted as refusal:
        with transaction.atomic():
            record(
                QueryRefused(by=by.ref, subject=case.ref, case=case.key, source=source.key,
                             text=vault.redact(case.key, text[:4000]).text.replace("\0", ""),
                             reason=vault.redact(case.key, refusal.reasons[0]).text)
            )  # fmt: skip
        raise


def _check_plain(case: Case, text: str) -> None:
    """The text is shown to whoever approves it and kept, so nothing in it may be what redaction would hide."""
    if vault.redact(case.key, text).text != text:
        raise NotAdmitted("The query holds a secret or a personal value. Give it as a parameter instead.")


@transaction.atomic
def _start(
    case: Case, by: Person, admitted: Admitted, values: Mapping[str, Any], *, source: str, title: str,
    query: str = "", grant: AdHocQuery | None = None,
) -> QueryRun:  # fmt: skip
    """Note the run before it begins, so that one that never ends is known; Refused over the person's budget."""
    Case.objects.select_for_update().get(pk=case.pk)
    now = clock.now()
    used = QueryRun.objects.filter(by=by, at__gt=now - timedelta(hours=1)).count()
    if used >= RUNS_AN_HOUR:
        raise Refused(f"You have run {used} queries in the last hour; {RUNS_AN_HOUR} are allowed. Try again later.")
    number = (QueryRun.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
    kept = QueryRun.objects.create(
        case=case, number=number, source=source, query=query, title=title, sql=admitted.sql, hash=admitted.hash,
        pattern=admitted.pattern, parameters=_redacted(case, values), grant=grant, by=by, at=now,
    )  # fmt: skip
    approval = grant.approval if grant else None
    record(
        QueryStarted(
            by=by.ref, subject=_ref(kept), case=case.key, run=kept.key, source=source, query=query or "ad hoc",
            sql=admitted.sql, hash=admitted.hash, parameters=kept.parameters,
            approval=approval.pk if approval else None,
            approver=approval.decided_by.name if approval and approval.decided_by else "",
        )
    )  # fmt: skip
    return kept


def _carry_out(kept: QueryRun, admitted: Admitted, values: Mapping[str, Any], by: Person) -> QueryRun:
    """Send the query, outside any transaction of ours, and keep the masked answer or the reason that there is none."""
    case_key, found = kept.case.key, library().find(kept.source)
    happened: Happening
    try:
        key = vault.pseudonym_key(case_key)
        caps = Caps(rows=admitted.rows, seconds=found.seconds)
        catalogue = library().catalogue(kept.source)
        answer = run(address(found), catalogue, admitted, values, salt=salt_of(key), caps=caps)
        _keep(kept, _masked(case_key, key, answer))
        happened = QueryAnswered(
            by=by.ref, subject=_ref(kept), case=case_key, run=kept.key, source=kept.source, rows=len(kept.rows),
            millis=kept.millis, columns=tuple(kept.columns), result_hash=kept.result_hash,
        )  # fmt: skip
    except Refused as refusal:
        kept.state, kept.reason = "failed", refusal.reasons[0][:400]
        happened = QueryFailed(
            by=by.ref, subject=_ref(kept), case=case_key, run=kept.key, source=kept.source, reason=kept.reason
        )
    with transaction.atomic():
        kept.save()
        record(happened)
    return kept


def _keep(kept: QueryRun, answer: Answer) -> None:
    kept.state, kept.columns, kept.rows = "answered", list(answer.columns), [list(row) for row in answer.rows]
    kept.cut, kept.millis = answer.cut, answer.millis
    kept.result_hash = hashlib.sha256(json.dumps([kept.columns, kept.rows]).encode()).hexdigest()


def _masked(case_key: str, key: bytes, answer: Answer) -> Answer:
    """Hashes become pseudonyms, and what an open column holds passes the case's redaction like any other text."""
    texts = {cell for row in (answer.columns, *answer.rows) for cell in row if cell is not None}
    tokens = {text: pseudonymised(key, text).replace("\0", "") for text in texts}
    clean = _redacted_cells(case_key, set(tokens.values()))
    rows = tuple(tuple(None if cell is None else clean[tokens[cell]] for cell in row) for row in answer.rows)
    return Answer(tuple(clean[tokens[name]] for name in answer.columns), rows, answer.cut, answer.millis)


def _redacted_cells(case_key: str, texts: set[str]) -> dict[str, str]:
    """Each text redacted: texts of one line many at a time, because each call has its price, others by themselves."""
    clean = {text: text for text in texts if _PLAIN.fullmatch(text)}
    left = sorted(texts - clean.keys())
    lines = [text for text in left if len(text.splitlines()) == 1]
    for first in range(0, len(lines), _AT_ONCE):
        batch = lines[first : first + _AT_ONCE]
        found = vault.redact(case_key, "\n".join(batch)).text.split("\n")
        if len(found) == len(batch):  # else something was found across lines, and each is looked at alone
            clean |= dict(zip(batch, found, strict=True))
    return clean | {text: vault.redact(case_key, text).text for text in left if text not in clean}


def _redacted(case: Case, values: Mapping[str, Any]) -> dict[str, str]:
    return {name: vault.redact(case.key, str(value)).text for name, value in values.items()}


def _ref(kept: QueryRun) -> Ref:
    return Ref("query_run", str(kept.pk), kept.key)
