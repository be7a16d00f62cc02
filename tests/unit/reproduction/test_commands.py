"""curl commands as browsers, documents and people write them, and the requests that curl itself would send for them."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.reproduction.render import FORMS, curl, httpx_script
from sevline.core.reproduction.request import RequestSpec, from_curl
from tests.generators.echo import Echoed, echoing
from tests.generators.faults import CURL

needs_curl = pytest.mark.skipif(CURL is None, reason="curl is not installed.")
JSON = "-H 'content-type: application/json'"


def went(seen: Echoed) -> tuple[str, str, list[tuple[str, str]], str, str]:
    return seen.method, seen.path, sorted(seen.query.items()), seen.body, seen.headers.get("content-type", "")


def run(command: str) -> None:
    subprocess.run(["/bin/bash", "-c", command], check=True, capture_output=True, timeout=20)


@needs_curl
@pytest.mark.parametrize(
    "options",
    [
        f'{JSON} --data-raw $\'{{"note":"it\\\'s \\u00e9\\n!"}}\'',
        "-G -d q=1 --data-urlencode 'name=a b&c'",
        "--data-urlencode 'name=a b&c' --data-urlencode '=x y' -d z=1",
        "--json '{\"a\":1}'",
        "-I",
        "-d a=1",
        "-d ''",
        "-X DELETE",
        "-sSLk -XPUT -da=1 --compressed",
        "--max-redirs 5 --noproxy '*'",
        "-H 'Content-Type:' -d a=1",
        "-H 'X-Empty;' -H 'X-Gone:'",
        "--url-query a=1",
        "--dump-header /dev/null -o /dev/null",
        "--keepalive-time 3 --trace-ascii /dev/null",
        "-d a=1 # as in the ticket",
        "-d 'a=1\\\n b=2'",
        "-d a=1\n",
        "| cat",
        "> /dev/null 2>&1",
    ],
)
def test_a_pasted_command_becomes_the_request_that_curl_sends_for_it(options: str) -> None:
    with echoing() as (base, seen):
        command = f"curl {base}/v1/a {options}"
        run(command)
        run(curl(from_curl(command)))

    own, ours = seen
    spaced = [re.sub(r"\s", "", one.body) for one in seen]
    assert went(replace(ours, body="")) == went(replace(own, body=""))
    assert spaced[0] == spaced[1]
    assert ours.headers.get("x-empty") == own.headers.get("x-empty")


@needs_curl
def test_brackets_in_an_address_are_sent_as_they_are() -> None:
    with echoing() as (base, seen):
        run(curl(RequestSpec("GET", f"{base}/v1/a?filter[name]=x")))

    assert seen[0].query == {"filter[name]": "x"}


def test_a_body_without_a_type_stays_without_one_in_a_script(tmp_path: Path) -> None:
    script = tmp_path / "repeat.py"
    with echoing() as (base, seen):
        script.write_text(httpx_script(RequestSpec("POST", f"{base}/v1/a", body="<a/>")))
        subprocess.run([sys.executable, str(script)], check=True, capture_output=True, timeout=30)

    assert "content-type" not in seen[0].headers


def test_forms_that_add_a_type_by_themselves_are_told_not_to() -> None:
    spec = RequestSpec("POST", "https://a.example/x", body="<a/>")

    assert all("content-type:" in FORMS[form](spec).split() or "'content-type:'" in FORMS[form](spec) for form in
               ("curl", "httpie"))  # fmt: skip


WINDOWS = """curl "https://api.example.com/v1/a" ^
  -H "accept: */*" ^
  --data-raw ^"^{^\\^"a^\\^":1^}^"
"""


@pytest.mark.parametrize(
    ("command", "url"),
    [
        (WINDOWS, "https://api.example.com/v1/a"),
        (
            'PS C:\\Users\\kim> curl.exe "https://api.example.com/v1/a" `\n -H "accept: */*"',
            "https://api.example.com/v1/a",
        ),
        ("$ /usr/bin/curl https://api.example.com/v1/a?x=1&y=2", "https://api.example.com/v1/a?x=1&y=2"),
        ("curl api.example.com/v1/a -H 'accept: */*' | jq .", "http://api.example.com/v1/a"),
        ("curl https://api.example.com/v1/a --interface eth0", "https://api.example.com/v1/a"),
    ],
)
def test_the_address_is_found_in_every_writing(command: str, url: str) -> None:
    assert from_curl(command).url == url


def test_the_body_of_a_windows_command_is_read() -> None:
    assert from_curl(WINDOWS).body == '{"a": 1}'


def test_a_sign_that_a_browser_wrote_in_two_halves_is_one_sign() -> None:
    assert from_curl("curl https://a.example -d $'x=\\ud83d\\ude00'").body == "x=\N{GRINNING FACE}"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("curl -F file=@a.txt https://a.example", "sends a form in parts"),
        ("curl -T up.bin https://a.example", "uploads a file"),
        ("curl -d @body.json https://a.example", "stands in the file “body.json”"),
        ("curl -b cookies.txt https://a.example", "cookies stand in the file"),
        ("curl -K options.txt", "options from a file"),
        ("curl https://a.example https://b.example", "several addresses"),
        ("curl https://a.example --next https://b.example", "several requests"),
    ],
)
def test_what_cannot_be_repeated_as_it_stands_is_refused_with_a_sentence(command: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        from_curl(command)


def test_the_bearer_that_an_option_names_becomes_a_variable() -> None:
    spec = from_curl("curl --oauth2-bearer abc-def https://a.example")

    assert dict(spec.headers) == {"authorization": "Bearer {{authorization}}"}


def test_a_login_in_the_address_is_a_credential_as_for_curl() -> None:
    spec = from_curl("curl https://kim:pw0rd-x@api.example.com/v1/a?x=1")

    assert spec.url == "https://api.example.com/v1/a?x=1"
    assert dict(spec.headers) == {"authorization": "Basic {{authorization}}"}


def test_a_query_of_its_own_is_encoded() -> None:
    assert from_curl("curl --url-query 'q=a b&c' https://a.example/x").url == "https://a.example/x?q=a+b%26c"


@pytest.mark.parametrize(
    ("command", "headers"),
    [
        ('$ curl https://a.example/x\n{"ok":true}\n', []),
        ("curl https://a.example/x\n  -H 'accept: text/plain'", [("accept", "text/plain")]),
        ("curl --proxy-cacert ca.pem --tlsuser u https://a.example/x", []),
    ],
)
def test_what_a_command_printed_and_files_of_its_options_are_no_addresses(
    command: str, headers: list[tuple[str, str]]
) -> None:
    spec = from_curl(command)

    assert (spec.url, list(spec.headers)) == ("https://a.example/x", headers)


def test_an_address_without_a_scheme_that_names_another_one_in_its_query_goes_by_http() -> None:
    assert from_curl("curl 'example.com/?to=https://x.example/'").url == "http://example.com/?to=https://x.example/"


def test_what_a_command_asks_for_besides_and_is_not_kept_is_named_without_its_value() -> None:
    spec = from_curl(
        "curl -sSk -L --resolve a.example:443:10.0.0.5 -x http://kim:secret-1@proxy.example:3128 -o out.json "
        "-G https://a.example/x 2>/dev/null | jq .items"
    )

    assert spec.left_out == ("--resolve", "-x", "-L", "-k", "what stands behind “|”")
    assert "secret-1" not in repr(spec)


def test_of_a_command_that_says_nothing_besides_nothing_is_named() -> None:
    assert from_curl("curl -sS -i --compressed 'https://a.example/x?a=1' > out.txt").left_out == ()
    assert from_curl("curl https://a.example/x;").left_out == ()
