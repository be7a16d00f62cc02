"""Delivery logs and outboxes of products in several languages, told apart from each other."""

import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.core.finding import State
from sevline.core.readers.deliveries import Deliveries, EmittedEvents

N = range(40)
MINUTES = [f"2026-11-25T{9 + n // 60:02d}:{n % 60:02d}:00Z" for n in N]
OUTBOX = "\n".join(
    f'{{"event_id": "e{n}", "tenant_id": "t-{n % 3}", "type": "parcel.scanned", "emitted_at": "{MINUTES[n]}"}}'
    for n in N
)
LOGS = {
    "delivery_uid,event_id,tenant,event_type,attempted_at,response_code,latency_ms": "d{n},e{n},t-{t},p.s,{at},200,90",
    "message_id,event_type,sent_at,http_status": "e{n},p.s,{at},202",
    "event_id,type,created_at,tenant,status_code,took_ms": "e{n},p.s,{at},t-{t},204,80",
    "event_id;topic;timestamp (UTC);response status": "e{n};p.s;{at};200",
    "Ereignis-ID;Thema;Gesendet (UTC);Statuscode;Versuch": "e{n};p.s;{at};200;1",
    "id événement;sujet;envoyé le;code http;tentative": "e{n};p.s;{at};200;1",
    "ID evento,tema,enviado (UTC),código http,intento": "e{n},p.s,{at},200,1",
    "webhook_id,topic,attempt,delivered_at,response_code": "e{n},p.s,1,{at},200",
}


def delivered(header: str, lost: range) -> str:
    row = LOGS[header]
    return foreign.table(header, *(row.format(n=n, t=n % 3, at=MINUTES[n]) for n in N if n not in lost))


def emitted(text: str = OUTBOX) -> EmittedEvents:
    given: EmittedEvents = foreign.only(EmittedEvents, foreign.text(text, name="outbox.jsonl"))
    return given


@pytest.mark.parametrize("header", [one for one in LOGS if "attempt" in one or "ersuch" in one or "int" in one
                                    or "latency" in one])  # fmt: skip
def test_a_log_that_bears_the_answers_is_one_of_deliveries_beside_an_outbox(header: str) -> None:
    log = foreign.only(Deliveries, foreign.text(delivered(header, range(10, 15))))
    (finding,) = found("WH11", log, emitted())

    assert finding.state is State.FAIL
    assert "5 of 40 emitted events were not delivered, 5 of them were never tried" in finding.title


@pytest.mark.parametrize("header", [one for one in LOGS if "attempt" in one or "ersuch" in one or "int" in one
                                    or "latency" in one])  # fmt: skip
def test_an_outbox_of_which_all_was_sent_passes(header: str) -> None:
    log = foreign.only(Deliveries, foreign.text(delivered(header, range(0))))

    assert states("WH11", log, emitted()) == {State.PASS}


@pytest.mark.parametrize(
    "header", ["event_id,tenant,event_type,emitted_at,status", "message_id,type,occurred_at,tenant_id,version,code"]
)
def test_an_outbox_with_states_of_its_own_stays_a_list_of_emitted_events(header: str) -> None:
    extra = header.count(",") - 3
    rows = [f"e{n},t-1,p.s,{MINUTES[n]}" + ",1" * extra for n in N]
    rows = rows if header.startswith("event") else [f"e{n},p.s,{MINUTES[n]},t-1" + ",1" * extra for n in N]

    assert emitted(foreign.table(header, *rows)).events[0].event == "e0"


@pytest.mark.parametrize(
    ("header", "limit"),
    [
        ("Webhook-ID;Thema;Versuch;Gesendet (UTC);Dauer (ms);HTTP-Status;Ergebnis", 5_000),
        ("Nachrichten-ID;Versuch;Versendet am;Antwortzeit (ms);Statuscode;Ergebnis;Thema", 5_000),
        ("id message;tentative;envoyé le;durée (ms);code http;résultat;sujet", 10_000),
        ("ID mensaje;intento;enviado el;duración (ms);código http;resultado;tema", 3_000),
    ],
)
def test_answers_near_the_senders_timeout_are_told_in_any_language(header: str, limit: int) -> None:
    assert states("WH12", log_of(header, limit, slow=True)) == {State.FAIL}
    assert states("WH12", log_of(header, limit, slow=False)) == {State.PASS}


def log_of(header: str, limit: int, *, slow: bool) -> Deliveries:
    values = {
        "id": "m{n}", "sujet": "o.u", "tema": "o.u", "versuch": "1", "tentative": "1", "intento": "1",
        "ms": "{took}", "http": "{code}", "status": "{code}", "erg": "{word}", "r": "{word}", "thema": "o.u",
    }  # fmt: skip
    told = []
    for n in N:
        late = slow and n % 4 == 0
        took = limit + n % 5 if late else limit * 8 // 10 if slow else 120 + n
        cells = [next((form for word, form in values.items() if _is(name, word)), "{at}") for name in header.split(";")]
        row = ";".join(cells).format(n=n, took=took, code="" if late else 200, word="timeout" if late else "ok",
                                     at=MINUTES[n])  # fmt: skip
        told.append(row)
    log: Deliveries = foreign.only(Deliveries, foreign.text(foreign.table(header, *told)))
    return log


def _is(name: str, word: str) -> bool:
    plain = name.lower()
    if word == "id":
        return plain.endswith("-id") or plain.startswith("id ")
    return plain.startswith(("résult", "result")) if word == "r" else word in plain
