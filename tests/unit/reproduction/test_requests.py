import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.readers.accesslog import read_access_log
from sevline.core.readers.postman import read_collection
from sevline.core.reproduction.render import FORMS, curl, httpx_script, postman
from sevline.core.reproduction.request import RequestSpec, filled, from_curl, from_exchange, from_item
from tests.evidence import SAMPLES, call, har
from tests.generators.echo import Echoed, echoing
from tests.generators.faults import CURL

SECRETS = {
    "bearer": "eyJ" + "hbGciOiJSUzI1NiJ9.eyJzdWIiOiJraW0ifQ.c2lnbmF0dXJl",
    "cookie": "s3ss10n-" + "value-of-kim",
    "key": "k3y-" + "4f9a8b7c6d5e",
    "code": "0auth-" + "code-77aa",
    "password": "hunter2-" + "correct-horse",
}


def recorded(url: str = "https://api.example.com/v1/orders") -> RequestSpec:
    """A call with a secret in every place that holds one."""
    entry = call(
        method="POST",
        url=f"{url}?page=2&code={SECRETS['code']}",
        sent={
            "Authorization": f"Bearer {SECRETS['bearer']}",
            "Cookie": f"sid={SECRETS['cookie']}; theme=dark",
            "X-Api-Key": SECRETS["key"],
            "Content-Type": "application/json",
            "Content-Length": "99",
            ":authority": "api.example.com",
            "Connection": "keep-alive",
        },
        post=json.dumps({"user": "kim", "password": SECRETS["password"], "items": [{"sku": "A-1", "count": 2}]}),
    )
    return from_exchange(har(entry).exchanges[0])


@pytest.mark.requirement("R-061")
@pytest.mark.parametrize("form", FORMS)
def test_no_form_holds_the_value_of_a_secret(form: str) -> None:
    told = FORMS[form](recorded())

    assert [name for name, value in SECRETS.items() if value in told] == []
    assert "{{authorization}}" in told
    assert "{{cookie_sid}}" in told


def test_headers_of_the_connection_are_left_out_and_the_body_keeps_its_hash() -> None:
    spec = recorded()

    assert {name for name, _ in spec.headers} == {"authorization", "cookie", "x-api-key", "content-type"}
    assert len(spec.body_sha256) == 64
    assert spec.variables == ("code", "password", "authorization", "cookie_sid", "cookie_theme", "x_api_key")


VALUES = {"code": "c", "password": "p", "authorization": "t", "cookie_sid": "s", "cookie_theme": "d", "x_api_key": "k"}


def shape(seen: Echoed) -> tuple[Any, ...]:
    """Method, path, names in query and headers, and the body's structure; not what clients write by themselves."""
    own = {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"}
    names = sorted(name for name in seen.headers if name not in own)
    return seen.method, seen.path, sorted(seen.query), names, json.dumps(_types(json.loads(seen.body)), sort_keys=True)


def _types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _types(inner) for key, inner in value.items()}
    return [_types(inner) for inner in value] if isinstance(value, list) else type(value).__name__


EXPECTED = (
    "POST",
    "/v1/orders",
    ["code", "page"],
    ["authorization", "content-type", "cookie", "x-api-key"],
    json.dumps({"user": "str", "password": "str", "items": [{"sku": "str", "count": "int"}]}, sort_keys=True),
)


@pytest.mark.requirement("R-061")
@pytest.mark.skipif(CURL is None, reason="curl is not installed.")
def test_the_curl_command_replayed_to_a_stub_has_the_same_shape() -> None:
    with echoing() as (base, seen):
        command = curl(recorded(f"{base}/v1/orders"))
        command = re.sub(r"\{\{(\w+)\}\}", lambda found: VALUES[found[1]], command)
        subprocess.run(["/bin/sh", "-c", command], check=True, capture_output=True, timeout=20)

    assert shape(seen[0]) == EXPECTED


@pytest.mark.requirement("R-061")
def test_the_httpx_script_replayed_to_a_stub_has_the_same_shape(tmp_path: Path) -> None:
    script = tmp_path / "repeat.py"
    with echoing() as (base, seen):
        script.write_text(httpx_script(recorded(f"{base}/v1/orders")))
        environment = os.environ | {name.upper(): value for name, value in VALUES.items()}
        subprocess.run([sys.executable, str(script)], check=True, capture_output=True, timeout=30, env=environment)

    assert shape(seen[0]) == EXPECTED


@pytest.mark.requirement("R-061")
def test_a_collection_and_a_curl_command_lead_back_to_the_same_request() -> None:
    spec = recorded()

    (item,) = read_collection(json.loads(postman([spec])), "a1").items
    back = from_item(item)
    from_command = from_curl(curl(spec))

    assert (back.method, back.url, back.headers, back.body) == (spec.method, spec.url, spec.headers, spec.body)
    assert replace(from_command, name=spec.name, body_sha256=spec.body_sha256) == spec


def test_a_line_of_an_access_log_becomes_a_request_with_a_variable_for_the_host() -> None:
    line = '192.0.2.7 - - [02/Mar/2026:09:00:00 +0000] "GET /v1/orders?token=abc123secret HTTP/1.1" 500 12'

    spec = from_exchange(read_access_log([line], "a1").exchanges[0])

    assert spec.url == "{{base_url}}/v1/orders?token={{token}}"
    assert "192.0.2.7" not in curl(spec)


def test_what_was_redacted_before_becomes_a_variable_too() -> None:
    masked = call(
        url="https://api.example.com/u/<PERSON-0011223344556677>", sent={"X-Trace": "<SECRET-0011223344556677>"}
    )

    spec = from_exchange(har(masked).exchanges[0])

    assert spec.url == "https://api.example.com/u/{{path_token}}"
    assert spec.headers == (("x-trace", "{{x_trace}}"),)


def test_variables_are_filled_in_or_asked_for() -> None:
    spec = recorded()

    with pytest.raises(Refused, match="Give a value for: code, password"):
        filled(spec, {})
    assert "{{" not in repr(filled(spec, VALUES))


@pytest.mark.parametrize(
    ("command", "reason"), [("curl 'open", "not closed"), ("wget x", "begin with “curl”"), ("curl -s", "no URL")]
)
def test_a_command_that_is_no_curl_command_is_refused_with_a_sentence(command: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        from_curl(command)


def test_the_forms_of_curl_options_are_understood() -> None:
    spec = from_curl(
        "curl -XPUT --header='Accept: text/plain' -u kim:pw --data a=1 -d b=2 https://x.example/a \\\n -o out"
    )

    assert (spec.method, spec.url, spec.body) == ("PUT", "https://x.example/a", "a=1&b=2")
    form = "application/x-www-form-urlencoded"
    assert dict(spec.headers) == {
        "accept": "text/plain", "authorization": "Basic {{authorization}}", "content-type": form
    }  # fmt: skip


def test_every_call_of_our_own_recordings_can_be_written_in_every_form() -> None:
    from sevline.core.readers.har import read_har

    calls = [
        one
        for path in sorted((SAMPLES / "har").glob("*.har"))
        for one in read_har(path.read_bytes(), "a1").har.exchanges
    ]

    assert calls
    assert all(form(from_exchange(one)) for one in calls for form in FORMS.values())


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "FTP://files.example/a", "gopher://127.0.0.1:70/1", "scp://h/x"]
)
def test_an_address_that_http_does_not_reach_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(Refused, match="Only http and https are repeated here"):
        from_curl(f"curl {address}")


@pytest.mark.parametrize("address", ["HTTPS://a.example/x", "{{base}}/x", "a.example/x"])
def test_an_address_of_http_is_taken_however_it_is_written(address: str) -> None:
    assert from_curl(f"curl {address}").url.endswith("/x")
