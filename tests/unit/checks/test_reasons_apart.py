"""What is refused for several reasons is told for each of them: a sentence about many calls holds for all of them."""

import json
from typing import Any

import pytest
from tests.evidence import START, call, found, har, token
from tests.unit.test_leading import evidence, failing, refused_token

from sevline.core.finding import State

URL = "https://api.example.com/v1/orders"
BLOCKED = {"Server": "cloudflare", "CF-Ray": "8a1b-FRA"}
EXPIRED = {"Authorization": "Bearer " + token({"iss": "https://idp.example.net", "exp": int(START.timestamp()) - 90})}


def of_orders(status: int, number: int, **told: Any) -> dict[str, Any]:
    return call(status, url=f"{URL}/{number}", after=number, **told)


def invalid(number: int, field: str) -> dict[str, Any]:
    return of_orders(422, number, method="PATCH", body=json.dumps({"errors": [{"field": field, "message": "bad"}]}))


def test_each_field_that_answers_name_is_told() -> None:
    fields = ("email", "phone", "zip", "iban")

    told = found("API02", har(*(invalid(number, field) for number, field in enumerate(fields))))

    assert [finding.title.partition(": ")[2] for finding in told] == [
        f"the answer names “{field} · bad”." for field in fields
    ]


def test_what_many_answers_name_each_for_itself_is_told_as_the_first_of_several() -> None:
    told = found("API02", har(*(invalid(number, f"field_{chr(97 + number)}") for number in range(9))))

    assert len(told) == 6
    assert "4 times for different reasons, of which this is the first: the answer names “field_f" in told[-1].title


def test_numbers_and_ids_make_no_other_reason() -> None:
    said = [json.dumps({"error": f"order {number} of 0a1b2c3d4e5f{number:04x} is locked"}) for number in range(9)]

    (finding,) = found("API02", har(*(of_orders(400, number, body=body) for number, body in enumerate(said))))

    assert "answered 400 9 times" in finding.title


def test_a_firewall_and_a_missing_permission_are_two_refusals() -> None:
    blocked = of_orders(403, 1, received=BLOCKED, body="<h1>Sorry, you have been blocked</h1>")
    denied = [of_orders(403, number, body='{"error": "missing permission orders.read"}') for number in range(2, 7)]

    told = found("API04", har(blocked, *denied))

    assert [finding.title.rpartition(": ")[2] for finding in told] == [
        "a web application firewall blocked it (Cloudflare, cf-ray 8a1b-FRA).",
        "the answer says “missing permission orders.read”.",
    ]


@pytest.mark.parametrize("apart", [True, False])
def test_calls_without_a_credential_are_told_beside_one_with_an_expired_token(apart: bool) -> None:
    urls = [f"{URL}/{number if apart else 1}" for number in range(1, 7)]
    bare = [call(401, url=url, after=at) for at, url in enumerate(urls[1:], start=1)]

    told = found("API03", har(call(401, url=urls[0], sent=EXPIRED), *bare))

    assert len(told) == 2
    assert "had expired 90 s before the call" in told[0].title
    assert "no Authorization header" in told[1].title


def test_a_missing_credential_still_fails_where_a_token_at_the_same_address_had_expired() -> None:
    bare = [call(401, url="https://api.example.com/v2/me", after=at) for at in (10, 20)]

    told = failing(evidence(refused_token(), *bare))

    assert "no Authorization header" in told["API03"].title


def test_calls_that_got_no_response_are_told_by_what_stopped_them() -> None:
    errors = ("net::ERR_NAME_NOT_RESOLVED", "net::ERR_CONNECTION_RESET")

    told = found("API01", har(*(call(0, url=URL, error=error) for error in errors)))

    assert len({finding.title for finding in told}) == 2
    assert {finding.state for finding in told} == {State.FAIL}


def test_gateway_errors_are_told_by_the_layer_that_made_them() -> None:
    made = (of_orders(502, 1, received={"Server": "awselb/2.0"}), of_orders(502, 1, received={"Server": "cloudflare"}))

    assert len(found("API12", har(*made))) == 2


def test_a_clock_that_one_of_many_refusals_names_is_told() -> None:
    denied = [of_orders(403, number) for number in range(1, 6)]
    skewed = of_orders(403, 7, body="<Error><Code>RequestTimeTooSkewed</Code></Error>")

    (finding,) = found("API16", har(*denied, skewed))

    assert finding.evidence[0].locator.startswith("/log/entries/5/")
