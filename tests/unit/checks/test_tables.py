import pytest
from tests import foreign
from tests.evidence import found

from sevline.core.finding import State
from sevline.core.readers.billing import BillingReceived
from sevline.core.readers.deliveries import Deliveries
from sevline.core.readers.foreign import in_lines
from sevline.core.readers.jobs import JobLog
from sevline.core.readers.latencies import Latencies
from sevline.core.readers.tables import table_from_json, table_from_text
from sevline.core.readers.taking import TableNote
from sevline.core.sync import Extract, SyncLog

AT = "2026-03-02T09:00:00Z"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (
            foreign.table("Message ID,Try,Sent At,Response Code,Endpoint URL", f"m1,1,{AT},200,https://h.example"),
            Deliveries,
        ),
        (foreign.table("msgId;attemptNumber;createdAt;httpStatus", f"m1;1;{AT};200", f"m2;1;{AT};200"), Deliveries),
        (foreign.table("jid\tstatus\tts\tqueue", f"1\tenqueued\t{AT}\tmail", f"1\tdone\t{AT}\tmail"), JobLog),
        (foreign.table("time,response_time_ms,path,status", f"{AT},12,/a,200"), Latencies),
        (foreign.table("run_at,high_watermark,rows_read", f"{AT},{AT},10"), SyncLog),
        (foreign.table("id,kind,amount,currency,idempotency_key", "1,paid,5,EUR,k1"), BillingReceived),
        (foreign.table("id,name,updated_at", f"1,a,{AT}", f"2,b,{AT}"), Extract),
        (" id | name | updated_at\n----+------+-----------\n 1 | a | 2026-03-02 \n(1 row)\n", Extract),
        (
            f'{{"event_id":"e1","attempt":1,"at":"{AT}","status":200}}\n{{"event_id":"e2","attempt":1,"at":"{AT}","status":500}}\n',
            Deliveries,
        ),
    ],
)
def test_a_table_is_taken_for_what_its_columns_say(content: str, kind: type) -> None:
    evidence = foreign.text(content, name="received.csv")

    assert isinstance(evidence[0], kind)
    (finding,) = found("TAB01", *evidence)
    assert finding.state is State.INFO


def test_it_says_what_it_took_for_what() -> None:
    (finding,) = found(
        "TAB01", *foreign.text(foreign.table("msgId,try,sentAt,httpStatus", f"m1,1,{AT},200"), name="log.csv")
    )

    assert finding.title.startswith("“log.csv” was read as a webhook delivery log of 1 row: event id = “msgId”")


def test_a_table_in_a_letter_is_cited_at_the_line_of_its_heading() -> None:
    log = foreign.table("msgId,try,sentAt,httpStatus", f"m1,1,{AT},200", f"m2,1,{AT},200")

    (finding,) = found("TAB01", *foreign.text(f"Hello,\n\nhere is our log:\n\n{log}", name="letter.txt"))

    assert [one.locator for one in finding.evidence] == ["5:1"]


def test_when_two_columns_could_be_it_it_asks() -> None:
    twice = foreign.table("webhook_event_id,source_event_id,attempt,attempted_at,status_code", f"m1,s1,1,{AT},200")

    taken, asked = found("TAB01", *foreign.text(twice, name="log.csv"))

    assert (taken.state, asked.state) == (State.INFO, State.NOT_EVALUATED)
    assert "Which column holds the event id: “webhook_event_id” or “source_event_id”?" in asked.title


def test_a_role_that_was_named_is_kept_and_what_it_lacks_is_asked_for() -> None:
    (finding,) = found("TAB01", *foreign.text(foreign.table("a,b", "1,2"), name="log.csv", role="deliveries"))

    assert finding.state is State.NOT_EVALUATED
    assert (
        "is to be read as a webhook delivery log; no column was recognised for: event's id, time of the row"
        in finding.title
    )


def test_text_that_is_no_table_gives_nothing() -> None:
    assert foreign.text("Dear team, it failed again,\nplease look, thank you,\n") == []
    assert table_from_text("2026-03-02 09:00:00 ERROR a, b\n2026-03-02 09:00:01 ERROR c, d\n", "a1", "x") is None
    assert table_from_json({"a": 1}, "a1", "x") is None


def test_nested_attempts_become_a_row_each_with_their_place() -> None:
    table = table_from_json({"data": [{"id": "e1", "attempts": [{"status": 500}, {"status": 200}]}]}, "a1", "x")

    assert table is not None
    assert [row.locator for row in table.rows] == ["/data/0/attempts/0", "/data/0/attempts/1"]
    assert table.rows[1].values == {"id": "e1", "attempt_number": "2", "status": "200"}


def test_a_key_that_no_name_tells_is_taken_by_its_values_and_asked_about() -> None:
    rows = [f"O{n},{n % 3}" for n in range(20)]

    evidence = foreign.text(foreign.table("order_no,total", *rows, "O7,7"), name="s.csv", role="source")
    taken, asked = found("TAB01", *evidence)

    assert "key = “order_no”" in taken.title
    assert asked.state is State.NOT_EVALUATED
    assert "“order_no” was taken, since its values differ from row to row" in asked.title


def test_a_field_that_is_needed_takes_its_column_from_one_that_is_not() -> None:
    log = foreign.table("webhook_id,attempt_no,delivered,code", f"e1,1,{AT},200", f"e2,1,{AT},500")

    (deliveries,) = [one for one in foreign.text(log, name="d.csv") if isinstance(one, Deliveries)]

    assert [one.status for one in deliveries.attempts] == [200, 500]


def test_a_table_whose_columns_tell_nothing_is_passed_over_in_silence() -> None:
    evidence = foreign.text(foreign.table("colour,shape", "red,round", "blue,square"), name="x.csv")

    assert [type(one) for one in evidence] == [TableNote]
    assert found("TAB01", *evidence) == []


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (["We ran", "$ curl -sSk -m 5 -H 'Accept: a/b' https://api.example.com/v1"], "-m, -k"),
        (["", "curl -x http://p.example:3128 \\", "  --resolve a:443:192.0.2.1 \\", "  https://api.example.com/v1"],
         "-x, --resolve"),
    ],
)  # fmt: skip
def test_what_a_curl_command_asks_for_besides_is_told(lines: list[str], options: str) -> None:
    (finding,) = found("TAB01", *in_lines(lines, "a1", at=None))

    assert finding.state is State.INFO
    assert finding.title.startswith(f"The curl command for https://api.example.com/v1 also asks for {options}: ")
    assert finding.evidence[0].locator == "2:1"


@pytest.mark.parametrize(
    "line", ["curl -sS https://api.example.com/v1", "curl -k", "they use curl -k https://a.example"]
)
def test_a_plain_curl_command_and_one_that_is_none_are_passed_over(line: str) -> None:
    assert list(in_lines([line], "a1", at=None)) == []


BALANCER = "type,time,elb,trace_id,elb_status_code,target_status_code,request_verb,request_url"
SENT = "event_id,attempt,sent_at,status_code,endpoint,http_method"


@pytest.mark.parametrize("place", ["https", "h2"])
def test_the_log_of_a_balancer_as_a_table_is_no_log_of_deliveries(place: str) -> None:
    log = foreign.table(
        BALANCER, *[f"{place},{AT},app/a,Root=1-{n},302,302,GET,https://a.example/in" for n in range(9)]
    )

    assert Deliveries not in {type(one) for one in foreign.text(log, name="alb.csv")}


@pytest.mark.parametrize("method", ["POST", "PUT", "", "x"])
def test_deliveries_that_name_how_they_were_sent_stay_deliveries(method: str) -> None:
    log = foreign.table(SENT, *[f"e{n},1,{AT},200,https://h.example,{method}" for n in range(9)])

    assert Deliveries in {type(one) for one in foreign.text(log, name="d.csv")}


def test_rows_that_were_mostly_asked_for_are_no_deliveries() -> None:
    log = foreign.table(SENT, *[f"e{n},1,{AT},200,https://h.example,GET" for n in range(9)])

    assert Deliveries not in {type(one) for one in foreign.text(log, name="d.csv")}
