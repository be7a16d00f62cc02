"""A desk of thousands of cases for measurements: the demo desk's cases, worked by real actions, copied row by row.

A copy is a case of its own: new numbers, times moved back, every row that hangs on the case, and its events at the end
of the audit chain with valid MACs, so that `sevline audit verify` passes. Left out are keys, sealed originals and jobs:
no page that is measured opens one.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from sevline.cases.models import Case, Message
from sevline.cli.desk.loading import load
from sevline.escalations.models import Escalation
from sevline.platform import audit
from sevline.platform.models import Event

LEFT_OUT = frozenset({"vault.CaseKey", "vault.SealedText", "vault.SealedFile", "platform.Event"})
APART = timedelta(minutes=7)
BATCH = 50  # cases written at a time
SHORT = 20  # a case of fewer events counts as a short one
RARE = 100  # the case with the large sample file is copied once in so many
_KEY = re.compile(r"\b(C|ESC)-(\d+)\b")
Row = dict[str, Any]
Plan = list[tuple[type[models.Model], list[Row]]]


def build(cases: int, events: int) -> None:
    """Fill an empty installation up to that many cases and at least that many events; all or nothing."""
    load("a long password of the measurement")
    templates = [_Template(case) for case in Case.objects.order_by("number")]
    wanted = _mixture(templates, cases - len(templates), events - Event.objects.count())
    numbers = _Numbers()
    with transaction.atomic():
        for start in range(0, len(wanted), BATCH):
            _write(wanted[start : start + BATCH], numbers, start)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # as its autovacuum does by itself within a minute
            cursor.execute("ANALYZE")


def _mixture(templates: "list[_Template]", cases: int, events: int) -> "list[_Template]":
    """So many short, long and rare cases that together they have the wanted events, evenly mixed."""
    ordered = sorted(templates, key=lambda one: one.rows)
    rare, common = ordered[-1], ordered[:-1]
    short = [one for one in common if len(one.events) < SHORT]
    long = [one for one in common if len(one.events) >= SHORT]
    mean_short, mean_long = (sum(len(one.events) for one in some) / len(some) for some in (short, long))
    share = min(1.0, max(0.0, (events / cases - mean_short) / (mean_long - mean_short)) + 0.01)
    chosen: list[_Template] = []
    for place in range(cases):
        some = long if int((place + 1) * share) > int(place * share) else short
        chosen.append(rare if place % RARE == RARE - 1 else some[place % len(some)])
    return chosen


class _Template:
    """One worked case: its own row, its events, and every row of other tables that hangs on it, parents first."""

    def __init__(self, case: Case) -> None:
        self.key, self.number = case.key, case.number
        self.plan = list(_hanging_on(case))
        self.rows = sum(len(rows) for _, rows in self.plan)
        self.events = [_plain(event) for event in Event.objects.filter(case_key=case.key).order_by("seq")]
        self.escalations = list(Escalation.objects.filter(case=case).values_list("number", flat=True))


def _hanging_on(case: Case) -> Iterator[tuple[type[models.Model], list[Row]]]:
    found: dict[type[models.Model], set[Any]] = {Case: {case.pk}}
    yield Case, [_plain(case)]
    kept = [model for model in apps.get_models() if model._meta.label not in LEFT_OUT and model is not Case]
    for model in kept:
        where = models.Q()
        for field in model._meta.concrete_fields:
            if field.related_model in found and field.related_model is not model:
                where |= models.Q(**{f"{field.name}__in": found[field.related_model]})
            elif field.name == "case_key":
                where |= models.Q(case_key=case.key)
        rows = list(model._default_manager.filter(where).order_by("pk")) if where else []
        if rows:
            found[model] = {row.pk for row in rows}
            yield model, [_plain(row) for row in rows]


def _plain(row: models.Model) -> Row:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


class _Numbers:
    """The next free key of each table, and of cases, escalations and events."""

    def __init__(self) -> None:
        self.case = Case.objects.order_by("-number").values_list("number", flat=True)[0]
        self.escalation = Escalation.objects.order_by("-number").values_list("number", flat=True)[0]
        self.event, self.mac = Event.objects.order_by("-seq").values_list("seq", "mac")[0]
        self._rows: Counter[type[models.Model]] = Counter()

    def row(self, model: type[models.Model]) -> int:
        if model not in self._rows:
            self._rows[model] = model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
        self._rows[model] += 1
        return self._rows[model]


def _write(chosen: "Iterable[_Template]", numbers: _Numbers, start: int) -> None:
    rows: dict[type[models.Model], list[models.Model]] = {}
    events: list[Event] = []
    for place, template in enumerate(chosen, start=start + 1):
        copy = _Copy(template, numbers, APART * place)
        for model, made in copy.rows():
            rows.setdefault(model, []).extend(made)
        events += copy.events()
    for model in apps.get_models():  # the rooms in their order: parents before what hangs on them
        model._default_manager.bulk_create(rows.get(model, []), batch_size=500)
    Event.objects.bulk_create(events, batch_size=500)
    last = events[-1]
    transaction.on_commit(lambda: audit.write_head(last.seq, last.mac))


class _Copy:
    """A template under new numbers, everything in it moved back in time."""

    def __init__(self, template: _Template, numbers: _Numbers, earlier: timedelta) -> None:
        self.template, self.numbers, self.earlier = template, numbers, earlier
        numbers.case += 1
        self.new: dict[str, str] = {template.key: f"C-{numbers.case}"}
        self.case = numbers.case
        self.pks: dict[tuple[type[models.Model], Any], int] = {}
        for number in template.escalations:
            numbers.escalation += 1
            self.new[f"ESC-{number}"] = f"ESC-{numbers.escalation}"

    def rows(self) -> Iterator[tuple[type[models.Model], list[models.Model]]]:
        for model, rows in self.template.plan:
            yield model, [self._row(model, row) for row in rows]

    def _row(self, model: type[models.Model], row: Row) -> models.Model:
        fresh = {name: self._value(value) for name, value in row.items()}
        pk = self.pks[model, row["id"]] = self.numbers.row(model)
        fresh["id"] = pk
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and (target, row[field.attname]) in self.pks:
                fresh[field.attname] = self.pks[target, row[field.attname]]
            elif field.unique and field.null:
                fresh[field.attname] = None
        if model is Case:
            fresh["number"] = self.case
        elif model is Escalation:
            fresh["number"] = int(self.new[f"ESC-{row['number']}"].removeprefix("ESC-"))
        return model(**fresh)

    def events(self) -> Iterator[Event]:
        for told in self.template.events:
            row = Event(**{name: self._value(value) for name, value in told.items()})
            self.numbers.event += 1
            row.seq = self.numbers.event
            if "message" in row.data:
                row.data["message"] = self._message(told["data"]["message"])
            row.mac = self.numbers.mac = audit.mac_of(row, self.numbers.mac)
            yield row

    def _message(self, pk: int) -> int:
        return self.pks.get((Message, pk), pk)

    def _value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value - self.earlier
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict | list):
            return json.loads(json.dumps(value), object_hook=self._object) if value else value
        return value

    def _object(self, value: dict[str, Any]) -> dict[str, Any]:
        return {name: self._text(one) if isinstance(one, str) else one for name, one in value.items()}

    def _text(self, text: str) -> str:
        if "-" in text:
            moved = _moment(text)
            return (moved - self.earlier).isoformat() if moved else _KEY.sub(self._key, text)
        return text

    def _key(self, found: re.Match[str]) -> str:
        return self.new.get(found[0], found[0])


def _moment(text: str) -> datetime | None:
    """The text as an instant, if it is one with a zone and nothing else."""
    if not 20 <= len(text) <= 32 or text[4] != "-":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
