"""Evidence in files whose form no standard fixes: tables, requests with secrets, output of curl and of databases."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.curl import looks_like_curl, looks_like_timings, read_timings, read_transcript
from sevline.core.readers.curlcommands import commands_in
from sevline.core.readers.denials import Denials, denials_of
from sevline.core.readers.http import Har, Traffic
from sevline.core.readers.latencies import latencies_of
from sevline.core.readers.oidc import errors_of
from sevline.core.readers.pastedtables import tables_within
from sevline.core.readers.postman import (
    is_collection,
    is_newman,
    is_problem,
    read_collection,
    read_newman,
    read_problem,
)
from sevline.core.readers.queries import looks_like_slow_log, read_plan_json, read_plan_text, read_slow_log
from sevline.core.readers.rawhttp import pasted_calls
from sevline.core.readers.tables import Table, table_from_json, table_from_text
from sevline.core.readers.taking import NAMED, ROLES, take, untold
from sevline.core.readers.webhook_request import (
    MAX_SECRET_FILE,
    SIGNED_BY,
    START,
    lone_secret,
    request_from_json,
    request_from_text,
    requests_in,
    secrets_in_json,
    secrets_in_text,
)
from sevline.core.sync import Rows

#: A status line, as it is or as curl shows it: the request above it was pasted with its answer, and is no webhook.
ANSWERED = re.compile(rb"^[ \t]{0,8}(?:< )?HTTP/[\d.]{1,3} [1-5]\d\d\b", re.MULTILINE)
#: Characters of a text that is looked through for tables.
MAX_PASTED_INTO, MAX_PASTED_LINES = 2_000_000, 20_000
TABLE_ROLES = frozenset({*(role.key for role in ROLES), *NAMED})


def is_known(found: Iterable[Given]) -> bool:
    """Whether readers of fixed forms knew a document; words of refusal may stand in one of any form."""
    return any(not isinstance(one, Denials) for one in found)


def in_json(
    document: Any, data: bytes, artifact: str, name: str, *, at: datetime | None, role: str = ""
) -> Iterator[Given]:
    """What a JSON document holds; nothing where it is of no kind known here."""
    if is_collection(document):
        yield read_collection(document, artifact)
    elif is_newman(document):
        yield read_newman(document, artifact, at)
    elif is_problem(document):
        yield read_problem(document, artifact, at)
    elif (plan := read_plan_json(document, artifact)) is not None:
        yield plan
    elif (request := request_from_json(document, artifact, at)) is not None:
        yield request
        yield from secrets_in_json(document, artifact)
    elif timings := _timings(document, artifact, at):
        yield from timings
    elif (table := table_from_json(document, artifact, name)) is not None:
        yield from take(table, data, role)
    elif isinstance(document, dict) and len(document) <= 5:
        yield from secrets_in_json(document, artifact)


def in_cut_json(document: Any, artifact: str, at: datetime | None) -> Iterator[Given]:
    """What a document tells that ended too early: of a Newman report the requests that are whole."""
    executions = document["run"].get("executions") if is_newman(document) else None
    if isinstance(executions, list) and len(executions) > 1:
        kept = document | {"run": document["run"] | {"executions": executions[:-1]}}
        yield replace(read_newman(kept, artifact, at), cut="The report ends early.")


def _timings(document: Any, artifact: str, at: datetime | None) -> list[Given]:
    items = document if isinstance(document, list) else [document]
    places = [
        ("" if item is document else f"/{number}", item)
        for number, item in enumerate(items)
        if isinstance(item, dict) and "time_total" in item
    ]
    run = read_timings("", artifact, places, at) if places else None
    return [run] if run else []


def in_text(data: bytes, artifact: str, name: str, *, at: datetime | None, role: str = "") -> Iterator[Given]:
    """What a text holds in its original form: a table, a request as received, secrets beside it."""
    text = data.decode("utf-8", "replace")
    if (
        not role
        and START.search(data[:MAX_SECRET_FILE])
        and (request := request_from_text(data, artifact, at)) is not None
        and (ANSWERED.search(data) is None or any(map(SIGNED_BY.search, request.headers)))
    ):
        yield request
        yield from secrets_in_text(text, artifact)
    elif (table := table_from_text(text, artifact, name)) is not None:
        yield from _taken(table, data, role, is_json=text.lstrip().startswith("{"))
    elif pasted := _pasted(text, artifact, name, role):
        yield from pasted
    elif len(data) <= MAX_SECRET_FILE:
        found = list(secrets_in_text(text, artifact))
        lone = None if found else lone_secret(text, artifact, name)
        yield from [lone] if lone else found


def _taken(table: Table, data: bytes, role: str, *, is_json: bool) -> list[Given]:
    """What a table is taken for; one whose columns tell nothing is there all the same, unless it is a log in JSON."""
    found = list(take(table, data, role))
    is_told = is_json or any(not isinstance(one, Rows) for one in found)
    return found if is_told else [*found, untold(table)]


def _pasted(text: str, artifact: str, name: str, role: str) -> list[Given]:
    """What tables say that stand between the lines of a letter or behind a prompt."""
    if len(text) > MAX_PASTED_INTO:
        return []
    found = tables_within(text, artifact, name)
    return [given for table, lines in found for given in take(table, lines.encode(), role)]


def in_lines(lines: list[str], artifact: str, *, at: datetime | None) -> Iterator[Given]:
    """What lines hold that are read after redaction: curl's output, slow query logs, plans."""
    head = lines[:60]
    if looks_like_curl(head):
        run = read_transcript(lines, artifact, at)
        yield run
        yield from errors_of(run)
    elif looks_like_timings("\n".join(head)):
        text = "\n".join(lines[:20_000])
        if (timed := read_timings(text, artifact, list(_objects(lines)), at)) is not None:
            yield timed
    elif (plan := read_plan_text(lines[:5_000], artifact)) is not None:
        yield plan
    elif (calls := pasted_calls(lines[:MAX_PASTED_LINES], artifact, at)) is not None:
        yield calls
        yield from errors_of(calls)
    yield from commands_in(lines[:MAX_PASTED_LINES], artifact)
    if looks_like_slow_log(lines[:2_000]) and (log := read_slow_log(lines, artifact)) is not None:
        yield log


def _objects(lines: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    from sevline.core.readers.jsontext import BadJsonError, decode

    for number, line in enumerate(lines[:20_000], 1):
        if line.lstrip().startswith("{"):
            try:
                value = decode(line.encode())
            except BadJsonError:
                continue
            if isinstance(value, dict):
                yield f"{number}:1", value


def in_traffic(traffic: Traffic, name: str) -> Iterator[Given]:
    """What recorded calls hold beside the calls: durations, words of refusal, and webhooks that came in."""
    if (latencies := latencies_of(traffic, name)) is not None:
        yield latencies
    if (denials := denials_of(traffic)) is not None:
        yield denials
    if isinstance(traffic, Har):
        yield from requests_in(traffic)
