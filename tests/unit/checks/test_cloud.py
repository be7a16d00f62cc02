"""Snippets of providers and of the edge, each with the layer that an expert would look at first."""

import json
import re

import pytest
from tests.evidence import SAMPLES, call, found, har, states

from sevline.core.cloud import CloudLayer, CloudSignatures, recognise
from sevline.core.finding import Given, State
from sevline.core.readers.cloudtext import CloudText
from sevline.core.readers.documents.cloud_text import cloud_xml
from sevline.core.readers.reader import Form, Source, read_all
from sevline.core.tables import TableError, parse

SNIPPETS = [(one["layer"], one["text"]) for one in json.loads((SAMPLES / "cloud_snippets.json").read_text())]
ROW = 'version = "1"\n[[signature]]\nkey = "k"\nprovider = "p"\nlayer = "edge"\nall = [{}]\nmeans = "m"\nnext = "n"'


def read(text: str) -> list[Given]:
    """What the readers find in a text, as one that is attached."""
    source = Source("a1", "answer.txt")
    given = read_all(Form.JSON, source, json.loads(text)) if text.startswith("{") else None
    return [one for one in given or read_all(Form.LINES, source, text.split("\n")) if isinstance(one, CloudText)]


def layer(text: str) -> str:
    signs = [one.sign for one in read(text) if isinstance(one, CloudText)]
    return signs[0].row.layer.value if signs and signs[0] else "unknown"


@pytest.mark.requirement("R-064")
def test_of_thirty_snippets_at_least_28_are_given_the_right_layer_and_the_unknown_are_called_unknown() -> None:
    right = [layer(text) == expected for expected, text in SNIPPETS]
    unknown = [layer(text) for expected, text in SNIPPETS if expected == "unknown"]

    assert len(SNIPPETS) == 30
    assert sum(right) >= 28
    assert set(unknown) == {"unknown"}
    assert "the layer is unknown" in found("CLOUD01", *read(SNIPPETS[-1][1]))[0].title


@pytest.mark.parametrize(("expected", "text"), SNIPPETS)
def test_each_snippet_is_given_its_layer(expected: str, text: str) -> None:
    assert layer(text) == expected


QUOTAS = [
    "api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 32 allows",
    "An error occurred (LimitExceeded) when calling the CreateRole operation: Cannot exceed quota for RolesPerAccount",
    "ServiceQuotaExceededException: This account has reached its quota for the number of clusters",
    "DBInstance: InstanceQuotaExceeded: Cannot create more than 40 DB instances",
    "googleapi: Error 403: Quota 'CPUS_ALL_REGIONS' exceeded. Limit: 72.0 globally.",
    'Code="OperationNotAllowed" Message="it results in exceeding approved Total Regional Cores quota."',
    '{"error": {"code": "QuotaExceeded", "message": "Operation results in exceeding quota limits of Core."}}',
]
SCARCE = [
    "An error occurred (InsufficientInstanceCapacity) when calling the RunInstances operation",
    "ZONE_RESOURCE_POOL_EXHAUSTED: The zone 'europe-west1-b' does not have enough resources available",
    'Code="ZonalAllocationFailed" Message="Allocation failed."',
    'Code="SkuNotAvailable" Message="The requested size is currently not available in location westeurope."',
]
ELSEWHERE = [
    "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'us-east-1' is wrong</Message></Error>",
    "An error occurred (PermanentRedirect) when calling the ListObjectsV2 operation",
    'Could not connect to the endpoint URL: "https://ec2.eu-west-9.amazonaws.com/"',
    "Permission denied on 'locations/europe-west99' (or it may not exist).",
    'Code="LocationNotAvailableForResourceType" Message="The provided location is not available"',
]


@pytest.mark.parametrize(
    ("texts", "said"), [(QUOTAS, "A quota of"), (SCARCE, "no such capacity"), (ELSEWHERE, "region|location")]
)
def test_a_quota_that_is_used_up_and_a_region_that_is_wrong_are_told_apart(texts: list[str], said: str) -> None:
    for text in texts:
        (finding,) = found("CLOUD01", *read(text))

        assert re.search(said, finding.title), finding.title


@pytest.mark.parametrize(
    "text",
    [
        "CacheLimitExceeded is raised by our own code",
        "memory.LimitExceeded = false",
        "quota of 40 left",
        "locations/eu",
    ],
)
def test_words_of_limits_that_no_provider_writes_are_left_alone(text: str) -> None:
    assert found("CLOUD01", *read(text))[0].state in {State.INFO, State.NOT_EVALUATED}


@pytest.mark.parametrize("check_id", ["CLOUD01", "CLOUD02"])
def test_without_input_it_is_said_how_to_get_it(check_id: str) -> None:
    assert states(check_id) == {State.NOT_EVALUATED}


def test_a_text_names_provider_meaning_layer_and_place() -> None:
    (finding,) = found("CLOUD01", *read("HTTP/2 521\nserver: cloudflare\n\nerror code: 521"))

    assert finding.state is State.WARN
    assert finding.title.startswith("Cloudflare: The origin refused the connection.")
    assert finding.title.endswith("Most likely at fault: the server behind it.")
    assert finding.evidence[0].locator == "1:1"


def test_a_long_log_counts_each_signature_once_with_its_first_line() -> None:
    lines = ["2026-11-16T09:42:00Z INFO fine"] * 70 + ["no healthy upstream"] * 3

    (finding,) = found("CLOUD01", *read_all(Form.LINES, Source("a1", "x.log"), lines))

    assert finding.title.startswith("Envoy 3 times:")
    assert finding.evidence[0].locator == "71:1"


def test_a_short_log_names_each_of_its_signatures_and_not_only_the_first() -> None:
    tail = 'client: 192.0.2.7, server: shop.example, request: "GET /api/items HTTP/1.1"'
    log = "\n".join(
        f"2026/11/25 08:0{minute}:02 [error] 31#31: *18{minute} {what}, {tail}"
        for minute, what in enumerate(
            (
                "upstream timed out (110: Connection timed out) while reading response header from upstream",
                "connect() failed (111: Connection refused) while connecting to upstream",
                "no live upstreams while connecting to upstream",
                "connect() failed (111: Connection refused) while connecting to upstream",
            )
        )
    )

    late, refused, none = found("CLOUD01", *read(log))

    assert late.title.startswith("nginx: The server behind nginx did not answer in time.")
    assert (refused.title[:25], refused.evidence[0].locator) == ("nginx 2 times: The server", "2:1")
    assert none.title.startswith("nginx: Every server behind nginx is marked as failed.")


DENIED = "Error 403: Quota 'CPUS' exceeded."


@pytest.mark.parametrize(
    "form",
    [
        "2026-11-24T09:3{n}:02Z ERROR {said}",
        "2026-11-24 09:3{n}:02 ERROR {said}",
        '192.0.2.7 - - [24/Nov/2026:09:3{n}:02 +0000] "{said}"',
        '{{"time":"2026-11-24T09:3{n}:02Z","msg":"{said}"}}',
    ],
)
def test_each_line_of_a_short_log_is_looked_at_however_its_time_is_written(form: str) -> None:
    lines = [form.format(n=n, said=said) for n, said in enumerate(("no healthy upstream", DENIED, "fine", "fine"))]

    given = read_all(Form.LINES, Source("a1", "x.log"), lines)

    assert [one.locator for one in given if isinstance(one, CloudText)] == ["1:1", "2:1"]


def test_recorded_calls_are_recognised_by_headers_and_body() -> None:
    blocked = call(403, received={"Server": "cloudflare"}, body="Sorry, you have been blocked")
    plain = call(500, url="https://api.example.com/v1/x", body="boom")

    recognised, unknown = found("CLOUD02", har(blocked, plain))

    assert "a firewall in front of the application" in recognised.title
    assert (unknown.state, "the layer is unknown" in unknown.title) == (State.INFO, True)


def test_answers_without_a_signature_are_told_in_one_sentence() -> None:
    calls = [call(status, url=f"https://api.example.com/v1/{name}") for status in (403, 500) for name in "abcd"]

    (unknown,) = found("CLOUD02", har(*calls))

    assert unknown.state is State.INFO
    assert unknown.title == (
        "8 calls to 8 addresses answered 403, 500 without a known signature of a provider: the layer is unknown."
    )
    assert len(unknown.evidence) == 5


@pytest.mark.parametrize(
    "text", ["HTTP/1.1 200 OK\nServer: awselb/2.0\nContent-Length: 502", "all is well", "", "GET /items/502 by awsel"]
)
def test_what_does_not_fail_is_left_alone(text: str) -> None:
    assert read(text) == []


def test_an_error_body_of_a_store_in_xml_is_recognised_at_its_root() -> None:
    (given,) = cloud_xml("a1", b"<Error><Code>SlowDown</Code></Error>")

    assert (given.locator, given.sign is not None and given.sign.row.key) == ("/*", "s3-slow")
    assert list(cloud_xml("a1", b"<Orders/>")) == []


def test_a_healthy_recording_gives_nothing() -> None:
    assert found("CLOUD02", har(call(200), call(304))) == []


@pytest.mark.parametrize(("patterns", "said"), [("", "has no pattern"), ("'('", "cannot be used")])
def test_a_wrong_library_is_refused_with_its_place(patterns: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        parse("cloud_signatures.toml", ROW.format(patterns), CloudSignatures)


def test_every_layer_has_a_signature() -> None:
    assert {sign.row.layer for _, text in SNIPPETS if (sign := recognise(text))} >= set(CloudLayer) - {CloudLayer.EDGE}


def test_an_endpoint_that_is_not_reached_need_not_be_a_wrong_region() -> None:
    (finding,) = found(
        "CLOUD01", *read('Could not connect to the endpoint URL: "https://sqs.eu-west-1.amazonaws.com/"')
    )

    assert "was not reached" in finding.title
    assert "the network between the layers" in finding.title


def test_a_limit_of_a_directory_is_no_quota_of_a_provider() -> None:
    told = found("CLOUD01", *read("javax.naming.LimitExceededException: [LDAP: error code 11 - limit exceeded]"))

    assert all("AWS" not in finding.title for finding in told)
