"""Facts in a text: what they are, where they stand, and which instants they name."""

from datetime import UTC, datetime

import pytest

from sevline.core.extraction import FactKind, extract_facts

TEN = datetime(2026, 11, 23, 10, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T10:00:00Z",
        "2026-11-23T11:00:00+01:00",
        "2026-11-23 05:00:00-0500",
        "2026-11-23 10:00:00 UTC",
        "23/Nov/2026:10:00:00 +0000",
        "23.11.2026 11:00 CET",
        "23.11.2026 um 11:00 Uhr MEZ",
        "Nov 23, 2026 10:00 AM UTC",
        "11/23/2026 3:30:00 PM +05:30",
        "1795428000",
        "1795428000000",
        "1795428000.000",
    ],
)
def test_an_instant_with_a_zone_is_right(written: str) -> None:
    (fact,) = extract_facts(f"seen at {written} there")
    assert fact.kind is FactKind.TIMESTAMP
    assert fact.instant == TEN
    assert fact.zone_known


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2026-11-23 10:00:00", (10, 0)),
        ("2026-11-23T10:00:00.123", (10, 0)),
        ("11/23/2026 10:00 PM", (22, 0)),
        ("Nov 23, 2026 12:05 AM", (0, 5)),
        ("23 Nov 2026 12:05 pm", (12, 5)),
    ],
)
def test_a_time_without_a_zone_is_marked_as_such(written: str, clock: tuple[int, int]) -> None:
    (fact,) = extract_facts(f"seen at {written} there")
    assert not fact.zone_known
    assert fact.instant is not None
    assert fact.instant.tzinfo is None
    assert (fact.instant.hour, fact.instant.minute) == clock


@pytest.mark.parametrize("written", ["Nov  3 10:11:12", "3:15 pm", "10:00:00", "03/04/2026 10:00"])
def test_a_time_whose_day_is_not_told_has_no_instant(written: str) -> None:
    (fact,) = extract_facts(f"seen {written} there")
    assert (fact.kind, fact.instant, fact.zone_known) == (FactKind.TIMESTAMP, None, False)


@pytest.mark.parametrize("text", ["2026-13-45 10:00:00Z", "took 25:61", "2026-11-23 24:00 PM", "99:99:99"])
def test_what_is_no_time_names_no_instant(text: str) -> None:
    assert all(fact.instant is None for fact in extract_facts(text))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("trace_id=4bf92f3577b34da6a3ce929d0e0e4736", "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("X-Request-Id: req-7f3a9", "request_id", "req-7f3a9"),
        ('"requestId":"3f2504e0-4f89-11d3-9a0c-0305e82c3301"', "request_id", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ("Correlation ID: 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "request_id", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ("tenant id: 0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f", "tenant", "0a1b2c3d-0a1b-4a1b-8a1b-0a1b2c3d4e5f"),
        ("see https://api.example.com/v1/x?y=(1)).", "url", "https://api.example.com/v1/x?y=(1)"),
        ("status code 429", "status", "429"),
        ('"GET / HTTP/1.1" 503 12', "status", "503"),
        ("got a 502 Bad Gateway", "status", "502"),
        ("AADSTS50011", "error", "AADSTS50011"),
        ("net::ERR_CERT_DATE_INVALID", "error", "net::ERR_CERT_DATE_INVALID"),
        ("java.lang.NullPointerException", "error", "java.lang.NullPointerException"),
        ('"error":"invalid_grant"', "error", "invalid_grant"),
        ("Error: the door is shut", "error", "the door is shut"),
        ("version 2.14.3-rc.1", "version", "2.14.3-rc.1"),
        ("Chrome/120.0.1.2", "version", "120.0.1.2"),
    ],
)
def test_a_fact_is_told_by_what_stands_beside_it(text: str, kind: str, value: str) -> None:
    facts = extract_facts(f"x {text}\ny")
    assert (kind, value) in [(fact.kind, fact.value) for fact in facts]


@pytest.mark.parametrize(
    "text", ["it took 503 ms", "429 items", "room 404", "request id was missing", "tenant is unknown"]
)
def test_numbers_and_words_in_passing_are_no_facts(text: str) -> None:
    assert [fact for fact in extract_facts(text) if fact.kind in ("status", "request_id", "tenant")] == []


@pytest.mark.parametrize(
    "text",
    [
        "one tenant since 09:42 UTC",
        "It fails for one tenant since the upgrade",
        "every tenant is affected, our tenant sees 503",
        "the tenant after 2026-11-23T10:00:00Z",
        "tenant 2026-11-23T10:00:00Z",
        "for 3 tenants and the tenant id of one",
        "The realm of this customer, realm and all",
        "no tenant on-call was told",
    ],
)
def test_a_word_after_tenant_is_no_tenant(text: str) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.TENANT] == []


@pytest.mark.parametrize(
    ("text", "tenant"),
    [
        ("tenant t_4471 since 09:42 UTC", "t_4471"),
        ("tenant: acme", "acme"),
        ('"tenant_id": "acme"', "acme"),
        ("tenant=brightwater", "brightwater"),
        ("tenant acme.example is slow", "acme.example"),
        ("org-id 12345678", "12345678"),
        ("tenant is eu-west-4471", "eu-west-4471"),
    ],
)
def test_a_tenant_is_told_by_its_form_or_by_the_sign_before_it(text: str, tenant: str) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.TENANT] == [tenant]


def test_what_a_browser_calls_itself_is_no_version_of_a_product() -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

    found = [fact.value for fact in extract_facts(f"orders-sdk/4.2.1 {agent}") if fact.kind is FactKind.VERSION]

    assert found == ["4.2.1"]


@pytest.mark.parametrize(
    "text",
    [
        '{"log": {"version": "1.2", "creator": {}}}',
        '<samlp:Response Version="2.0" ID="_a">',
        "<?xml version='1.0' encoding='UTF-8'?>",
        '{\\"version\\":\\"1.2\\"}',
    ],
)
def test_the_version_of_a_format_is_no_version_of_a_product(text: str) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.VERSION] == []


def test_a_url_ends_where_markup_begins() -> None:
    text = "<saml:Issuer>https://idp.example/</saml:Issuer><samlp:Status> and <https://app.example/a>"
    urls = [fact.value for fact in extract_facts(text) if fact.kind is FactKind.URL]
    assert urls == ["https://idp.example/", "https://app.example/a"]


def test_the_offset_is_where_the_value_stands() -> None:
    text = "ü 2026-11-23T10:00:00Z status=503 trace_id=4bf92f3577b34da6a3ce929d0e0e4736 AADSTS50011"
    facts = extract_facts(text)
    assert len(facts) == 4
    assert all(text[fact.source_offset :].startswith(fact.value) for fact in facts)
    assert all(0 < fact.confidence <= 1 for fact in facts)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Request req-81f3ab20.", ["req-81f3ab20"]),
        ("see req_7f3a91c2d4e8, and REQ-20261118-0007", ["req_7f3a91c2d4e8", "REQ-20261118-0007"]),
        ("The request 7f3a91c2d4e8 failed", ["7f3a91c2d4e8"]),
        ("requests 7f3a91c2 and req-81f3ab20", ["7f3a91c2", "req-81f3ab20"]),
        ("request #81f3ab20 was slow", ["81f3ab20"]),
        ("a request with the id “81f3ab20” hangs", ["81f3ab20"]),
        ("The request's id was 81f3ab20", ["81f3ab20"]),
        ("request no. 81f3ab20", ["81f3ab20"]),
        ("the id of the failing request is 81f3ab20", ["81f3ab20"]),
        ("(request 81f3-ab20-77aa)", ["81f3-ab20-77aa"]),
        ("correlation 9c0a77f2e1b4", ["9c0a77f2e1b4"]),
        ("request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is one", ["3f2504e0-4f89-11d3-9a0c-0305e82c3301"]),
    ],
)
def test_a_request_id_is_read_where_people_name_it_in_a_sentence(text: str, ids: list[str]) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.REQUEST_ID] == ids


@pytest.mark.parametrize(
    "text",
    [
        "request 20261118 of 30000000",
        "we request 12 more seats and request refunds",
        "the request took 12345678ms",
        "a request oauth2-token1 from the portal",
        "request v1beta1 and request 2026.11.3",
        "request 2026-11-18T10:06:12Z",
        "req-body-2mb, req-timeout-30s, req_per_sec_99",
        "request evt_81f3ab20 and request t_44714471",
        "requests-toolbelt-1x2y3z",
        "request sha256-base64",
        "request ab12cd34.example.com",
        "request ab12cd34@customer",
        "https://api.example/req-81f3ab20/logs",
        "request_limit_100 is set",
        "our requests fail, the request is deadbeefcafe",
    ],
)
def test_what_else_follows_the_word_request_is_no_id(text: str) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.REQUEST_ID] == []


def test_an_empty_text_has_no_facts() -> None:
    assert extract_facts("") == ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Okta SSO ends with invalid audience for everybody", "invalid audience"),
        ('Every user sees "The audience is not valid" after the sign-in', "The audience is not valid"),
        ("They get “Sign-in was refused (17)” since Monday", "Sign-in was refused (17)"),
    ],
)
def test_the_words_of_an_error_that_a_ticket_quotes_are_a_fact(text: str, error: str) -> None:
    assert [fact.value for fact in extract_facts(text) if fact.kind is FactKind.ERROR] == [error]


@pytest.mark.parametrize("text", ['The report "Sales by week" is empty', "We are the audience of this page"])
def test_a_name_in_quotes_is_no_error(text: str) -> None:
    assert [fact for fact in extract_facts(text) if fact.kind is FactKind.ERROR] == []


def test_the_id_that_a_browser_gives_its_page_is_no_trace_id() -> None:
    assert not [one for one in extract_facts('"pageref": "page@' + "1bc83cb5" * 4 + '"') if one.kind == "trace_id"]


def test_an_error_in_quoted_json_ends_before_the_mark_of_its_quote() -> None:
    found = extract_facts('{"text": "it says error=\\\\"invalid_token\\\\" to us"}')

    assert {one.value for one in found if one.kind == "error"} == {"invalid_token"}
