"""Exports of tools: the same events say the same, whatever tool they come from."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sevline.core.readers.logs.events import LogEvent, read_events
from sevline.core.readers.logs.fields import Field

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEVELS = ("INFO", "WARN", "ERROR")
Event = dict[str, Any]


def events() -> list[Event]:
    """A hundred events, 1.5 seconds apart."""
    return [
        {
            "at": START + timedelta(milliseconds=1500 * number),
            "level": LEVELS[number % 3],
            "service": f"svc-{number % 4}",
            "message": f'took "{number}" ms, {number % 7} left; comma, and umlaut ü',
            "trace_id": f"{number:032x}",
            "tenant": f"t-{number % 5}",
            "region": ("eu-1", "us-2")[number % 2],
            "id": f"ID{number}",
        }
        for number in range(100)
    ]


def stamp(event: Event) -> str:
    return str(event["at"].isoformat(timespec="milliseconds")).replace("+00:00", "Z")


def millis(event: Event) -> int:
    return round(float(event["at"].timestamp()) * 1000)


def tags(event: Event) -> Event:
    return {key: event[key] for key in ("trace_id", "tenant", "region")}


def table(names: list[str], rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([names, *rows])
    return out.getvalue().encode()


def datadog_csv(found: list[Event]) -> bytes:
    names = ["Date", "Host", "Service", "Message", "Status", "trace_id", "tenant", "region"]
    rows = [
        [stamp(e), "", e["service"], e["message"], e["level"].lower(), e["trace_id"], e["tenant"], e["region"]]
        for e in found
    ]
    return table(names, rows)


def datadog_api(found: list[Event]) -> bytes:
    data = [
        {
            "id": e["id"],
            "type": "log",
            "attributes": {
                "timestamp": stamp(e),
                "status": e["level"].lower(),
                "service": e["service"],
                "message": e["message"],
                "attributes": tags(e),
            },
        }
        for e in found
    ]
    return json.dumps({"meta": {"status": "done", "warnings": [{"code": "x"}]}, "data": data}, indent=1).encode()


def loki_jsonl(found: list[Event]) -> bytes:
    rows: list[Event] = [
        {
            "labels": {"service": e["service"], "level": e["level"].lower(), **tags(e)},
            "line": e["message"],
            "timestamp": stamp(e),
        }
        for e in found
    ]
    return "\n".join(json.dumps(row) for row in rows).encode()


def loki_streams(found: list[Event]) -> bytes:
    result: list[Event] = [
        {
            "stream": {"service": e["service"], "level": e["level"].lower(), **tags(e)},
            "values": [[str(millis(e) * 1_000_000), e["message"]]],
        }
        for e in found
    ]
    return json.dumps({"status": "success", "data": {"resultType": "streams", "result": result}}).encode()


def loki_csv(found: list[Event]) -> bytes:
    rows = []
    for e in found:
        labels = json.dumps({"service": e["service"], "level": e["level"].lower(), **tags(e)})
        at = str(millis(e) * 1_000_000)
        rows.append([labels, stamp(e), e["message"], at, f"{at}_ab"])
    return table(["labels", "Time", "Line", "tsNs", "id"], rows)


def splunk_jsonl(found: list[Event]) -> bytes:
    rows: list[Event] = [
        {
            "preview": False,
            "offset": number,
            "result": {
                "_raw": e["message"],
                "_time": stamp(e),
                "service": e["service"],
                "log_level": e["level"],
                "_cd": e["id"],
                **tags(e),
            },
        }
        for number, e in enumerate(found)
    ]
    return "\n".join(json.dumps(row) for row in rows).encode()


def splunk_csv(found: list[Event]) -> bytes:
    names = ["_time", "_raw", "service", "log_level", "trace_id", "tenant", "region"]
    return table(
        names, [[stamp(e), e["message"], e["service"], e["level"], *tags(e).values()] for e in found]
    )  # fmt: skip


def new_relic(found: list[Event]) -> bytes:
    rows: list[Event] = [
        {
            "timestamp": millis(e),
            "message": e["message"],
            "level": e["level"],
            "service.name": e["service"],
            "newrelic.source": "api.logs",
            **tags(e),
        }
        for e in found
    ]
    return json.dumps({"results": [{"events": rows}]}).encode()


def sentry(found: list[Event]) -> bytes:
    rows: list[Event] = [
        {
            "eventID": e["id"],
            "title": e["message"],
            "message": e["message"],
            "dateCreated": stamp(e),
            "tags": [
                {"key": key, "value": value}
                for key, value in {"level": e["level"].lower(), "service": e["service"], **tags(e)}.items()
            ],
        }
        for e in found
    ]
    return json.dumps(rows, indent=2).encode()


def cloudwatch_events(found: list[Event]) -> bytes:
    rows: list[Event] = [
        {
            "timestamp": millis(e),
            "message": json.dumps(
                {"message": e["message"], "level": e["level"], "service": e["service"], **tags(e)}, ensure_ascii=False
            ),
            "ingestionTime": millis(e) + 5,
            "eventId": e["id"],
        }
        for e in found
    ]
    return json.dumps({"events": rows, "nextToken": "f/1"}, indent=1).encode()


def cloudwatch_insights_csv(found: list[Event]) -> bytes:
    names = ["@timestamp", "@message", "@logStream", "level", "service", "trace_id", "tenant", "region"]
    return table(
        names,
        [
            [stamp(e).replace("T", " ").rstrip("Z"), e["message"], "s/1", e["level"], e["service"], *tags(e).values()]
            for e in found
        ],
    )


def elastic(found: list[Event]) -> bytes:
    hits = [
        {
            "_index": "logs",
            "_id": e["id"],
            "_source": {
                "@timestamp": stamp(e),
                "log": {"level": e["level"].lower()},
                "service": {"name": e["service"]},
                "message": e["message"],
                **tags(e),
            },
        }
        for e in found
    ]
    return json.dumps({"took": 3, "hits": {"total": {"value": 100}, "hits": hits}}).encode()


def otlp(found: list[Event]) -> bytes:
    lines = [
        {
            "resourceLogs": [
                {
                    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": e["service"]}}]},
                    "scopeLogs": [
                        {
                            "logRecords": [
                                {
                                    "timeUnixNano": str(millis(e) * 1_000_000),
                                    "severityNumber": {"INFO": 9, "WARN": 13, "ERROR": 17}[e["level"]],
                                    "body": {"stringValue": e["message"]},
                                    "traceId": e["trace_id"],
                                    "attributes": [
                                        {"key": key, "value": {"stringValue": e[key]}} for key in ("tenant", "region")
                                    ],
                                }
                            ]
                        }
                    ],
                }
            ]
        }
        for e in found
    ]
    return "\n".join(json.dumps(line) for line in lines).encode()


def plain_csv(found: list[Event]) -> bytes:
    names = ["time", "severity", "service", "text", "trace_id", "tenant", "region"]
    return table(
        names, [[stamp(e), e["level"], e["service"], e["message"], *tags(e).values()] for e in found]
    )  # fmt: skip


EXPORTS = {
    "datadog": datadog_csv,
    "datadog ": datadog_api,
    "loki": loki_jsonl,
    "loki ": loki_streams,
    "loki  ": loki_csv,
    "splunk": splunk_jsonl,
    "splunk ": splunk_csv,
    "new_relic": new_relic,
    "sentry": sentry,
    "cloudwatch": cloudwatch_events,
    "cloudwatch ": cloudwatch_insights_csv,
    "elastic": elastic,
    "otlp": otlp,
    "csv": plain_csv,
}


def read(data: bytes) -> tuple[str, list[LogEvent]]:
    reading, found = read_events([data[at : at + 700] for at in range(0, len(data), 700)])
    return reading.detection.format, list(found)


@pytest.mark.requirement("R-076")
@pytest.mark.parametrize(("tool", "export"), EXPORTS.items(), ids=[export.__name__ for export in EXPORTS.values()])
def test_the_same_100_events_agree_in_every_field_but_the_source(
    tool: str, export: Callable[[list[Event]], bytes]
) -> None:
    form, found = read(export(events()))

    assert form == tool.strip()
    assert [event.normalised() for event in found] == [
        (
            event["at"],
            event["level"],
            event["service"],
            event["message"],
            ((Field.REGION, event["region"]), (Field.TENANT, event["tenant"]), (Field.TRACE, event["trace_id"])),
        )
        for event in events()
    ]


@pytest.mark.parametrize("export", [datadog_api, splunk_jsonl, sentry, elastic])
def test_a_link_leads_back_into_the_tool(export: Callable[[list[Event]], bytes]) -> None:
    _, found = read(export(events()))

    assert "ID7" in found[7].link
    assert len({event.link for event in found}) == 100


def test_a_document_that_is_cut_gives_the_events_before_the_cut_and_says_so() -> None:
    data = elastic(events())
    reading, found = read_events([data[: len(data) // 2]])

    assert 40 < len(list(found)) < 60
    assert ["ends inside an event" in note for note in reading.lines.notes] == [True]


def test_an_export_with_a_stray_bracket_goes_on_line_by_line() -> None:
    data = b'[{"eventID":"1","title":"a"},\n{"eventID":"2","title":"b"}]]\n2026-03-01T10:00:00Z ERROR after\n'
    reading, found = read_events([data])

    assert [event.message for event in found][:2] == ["a", "b"]
    assert "Brackets do not match" in reading.lines.notes[0]


def test_json_lines_whose_first_line_was_cut_by_rotation_are_lines() -> None:
    data = b'{"level":"info","msg":"it was cu\n' + b'{"level":"error","msg":"whole"}\n' * 3
    reading, found = read_events([data])

    assert reading.lines.folded == ""
    assert [event.message for event in found][1:] == ["whole"] * 3


def test_pretty_printed_objects_one_after_another_are_events_with_their_lines() -> None:
    data = b'{\n "level": "warn",\n "msg": "one"\n}\n{\n "level": "error",\n "msg": "two ]} {"\n}\n'
    _, found = read_events([data[:30], data[30:]])

    assert [(event.line_no, event.level, event.message) for event in found] == [
        (1, "WARN", "one"),
        (5, "ERROR", "two ]} {"),
    ]


def test_a_message_over_several_lines_in_a_table_is_one_event() -> None:
    data = (
        b'time,level,message\n2026-03-01T10:00:00Z,error,"boom\n\tat a.B.c(D.java:1)"\n2026-03-01T10:00:01Z,info,ok\n'
    )
    _, found = read_events([data])

    assert [(event.line_no, event.message) for event in found] == [(2, "boom\n\tat a.B.c(D.java:1)"), (4, "ok")]


def test_a_sentence_with_commas_is_no_table() -> None:
    reading, found = read_events([b"well, time, message and more\nyes, it is\n"])

    assert (reading.lines.folded, len(list(found))) == ("", 2)
