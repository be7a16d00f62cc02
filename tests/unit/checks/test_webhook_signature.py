import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import foreign
from tests.evidence import found, states

from sevline.core.finding import Given, State
from sevline.core.readers.webhook_request import WebhookSecret
from sevline.core.webhooks.schemes import Encoding, digests_of, keys_of, scheme_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
BODY = '{"id": "evt_1", "amount": 12.5, "text": "ünï — ok", "list": [1, 2]}'
KEY = b"0123456789abcdef0123456789abcdef"
WHSEC = "whsec" + "_" + base64.b64encode(KEY).decode()
PLAIN = "a-plain-" + "shared-secret"
VECTORS = Path(__file__).parents[3].joinpath("..", "shared", "vendor-specs", "webhooks", "signature_vectors.json")


def mac(key: bytes, content: bytes, algorithm: str = "sha256") -> bytes:
    return hmac.digest(key, content, algorithm)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def standard(
    signed: str = BODY, *, received: str = BODY, key: bytes = KEY, stamp: str = STAMP, **changes: str
) -> dict[str, Any]:
    """A request in the form of Standard Webhooks, received at NOW."""
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + b64(mac(key, f"msg_1.{stamp}.{signed}".encode())),
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    return {"headers": headers, "body": received, "received_at": NOW.isoformat()}


def given(request: dict[str, Any], *secrets: str, old: str = "") -> list[Given]:
    told = {"signing_secret": list(secrets)} | ({"old_signing_secret": old} if old else {})
    return [*foreign.document(request), *foreign.document(told)]


def test_a_signature_over_the_raw_bytes_passes() -> None:
    (finding,) = found("WH01", *given(standard(), WHSEC))

    assert finding.state is State.PASS
    assert finding.refutes == ("webhook-signature",)


COMPACT = json.dumps(json.loads(BODY), separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    ("request_", "cause"),
    [
        (standard(COMPACT), "the JSON was re-serialised: the signature fits it written without blanks"),
        (standard(json.dumps(json.loads(BODY), indent=2)), "written indented by two, with \\u escapes"),
        (standard(json.dumps(json.loads(BODY), sort_keys=True, ensure_ascii=False)), "with sorted names"),
        (standard(BODY, received=BODY + "\n"), "the body had no line end behind it when it was signed"),
        (standard(BODY + "\n"), "the body had a line end behind it when it was signed"),
        (standard("a\r\nb", received="a\nb"), "line ends were CR LF when it was signed and are LF now"),
        (standard(key=WHSEC.encode()), "the secret was used as plain text"),
        (standard(key=WHSEC.removeprefix("whsec_").encode()), "without “whsec_”, yet was not decoded"),
        (standard(webhook_signature="v1," + b64(mac(KEY, BODY.encode()))), "only the body was signed"),
        (standard(webhook_signature="v1," + b64(mac(KEY, f"{STAMP}.{BODY}".encode()))), "“timestamp.body” was signed"),
        (standard(webhook_signature="v1," + b64(mac(KEY, f"msg_1.{STAMP}000.{BODY}".encode()))), "in milliseconds"),
        (
            standard(webhook_signature="v1," + b64(mac(KEY, f"msg_2.{STAMP}.{BODY}".encode())), svix_id="msg_2"),
            "the value of “svix-id” was signed as the id",
        ),
        (
            standard(webhook_signature="v1," + mac(KEY, f"msg_1.{STAMP}.{BODY}".encode()).hex()),
            "written in hexadecimal",
        ),
    ],
)
def test_the_cause_of_a_signature_that_does_not_fit_is_named(request_: dict[str, Any], cause: str) -> None:
    (finding,) = found("WH01", *given(request_, WHSEC))

    assert finding.state is State.FAIL
    assert cause in finding.title
    assert WHSEC not in repr(finding)


@pytest.mark.parametrize(
    ("signed", "written"),
    [
        ('{"page":"https://a.example/?x=1\\u0026y=2"}', "with “<”, “>” and “&” as \\u escapes"),
        ('{"page":"https:\\/\\/a.example\\/?x=1\\u0026y=2"}', "with “\\/”, and “<”, “>” and “&” as \\u escapes"),
        ('{"page":"https:\\/\\/a.example\\/?x=1&y=2"}', "with “\\/”"),
    ],
)
def test_escapes_that_a_parser_took_away_are_named(signed: str, written: str) -> None:
    parsed = json.dumps(json.loads(signed), separators=(",", ":"))

    (finding,) = found("WH01", *given(standard(signed, received=parsed), WHSEC))

    assert "the JSON was re-serialised: the signature fits it written without blanks" in finding.title
    assert finding.title.endswith(f"{written}.")


def test_a_body_that_holds_other_values_is_explained_by_no_escape() -> None:
    changed = standard('{"page":"a\\u0026b"}', received='{"page":"a&c"}')

    (finding,) = found("WH01", *given(changed, WHSEC))

    assert "under no usual change" in finding.title


def test_an_old_secret_is_recognised_as_old() -> None:
    old = "whsec" + "_" + b64(b"an older key of thirty-two bytes")

    (finding,) = found("WH01", *given(standard(key=b"an older key of thirty-two bytes"), WHSEC, old=old))

    assert "it was made with an old secret (“old_signing_secret”)" in finding.title
    assert "during a rotation accept both" in finding.next_step


def test_two_changes_at_once_are_both_named() -> None:
    (finding,) = found("WH01", *given(standard(COMPACT, key=WHSEC.encode()), WHSEC))

    assert "the secret was used as plain text" in finding.title
    assert "re-serialised" in finding.title


def test_a_signature_that_nothing_explains_fails_without_a_guess() -> None:
    (finding,) = found("WH01", *given(standard(key=b"nobody knows this key"), WHSEC))

    assert "fits not the one secret given" in finding.title
    assert finding.side == "unknown"


def vendor(header: str, value: str, **more: str) -> dict[str, Any]:
    headers = {header: value} | {name.replace("_", "-"): told for name, told in more.items()}
    return {"headers": headers, "body": BODY, "received_at": NOW.isoformat()}


@pytest.mark.parametrize(
    ("request_", "scheme"),
    [
        (vendor("Stripe-Signature", f"t={STAMP},v1={mac(PLAIN.encode(), f'{STAMP}.{BODY}'.encode()).hex()}"), "Stripe"),
        (vendor("X-Hub-Signature-256", "sha256=" + mac(PLAIN.encode(), BODY.encode()).hex()), "GitHub"),
        (
            vendor(
                "X-Slack-Signature",
                "v0=" + mac(PLAIN.encode(), f"v0:{STAMP}:{BODY}".encode()).hex(),
                X_Slack_Request_Timestamp=STAMP,
            ),
            "Slack",
        ),
        (vendor("X-Shopify-Hmac-Sha256", b64(mac(PLAIN.encode(), BODY.encode()))), "Shopify"),
        (vendor("X-Acme-Signature", mac(PLAIN.encode(), BODY.encode()).hex()), "plain"),
        (vendor("X-Hub-Signature", "sha1=" + mac(PLAIN.encode(), BODY.encode(), "sha1").hex()), "WebSub (Jira)"),
    ],
)
def test_common_vendor_schemes_verify(request_: dict[str, Any], scheme: str) -> None:
    (finding,) = found("WH01", *given(request_, PLAIN))

    assert finding.state is State.PASS
    assert finding.title.startswith(f"The signature ({scheme}) fits")


def test_base64_where_a_vendor_writes_hexadecimal_is_named() -> None:
    swapped = vendor("X-Hub-Signature-256", "sha256=" + b64(mac(PLAIN.encode(), BODY.encode())))

    (finding,) = found("WH01", *given(swapped, PLAIN))

    assert "the signature is written in base64; this scheme writes hexadecimal" in finding.title


RAW = "POST /in HTTP/1.1\r\nHost: hooks.example.com\r\n{headers}\r\n{body}"


def raw(body: str, **headers: str) -> str:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return RAW.format(headers=told, body=body)


HOOK, FORM = "https://hooks.example.com/hook?v=1", "To=7&Body=hi+there"

DIGESTED = "/hook?bodySHA256=" + hashlib.sha256(BODY.encode()).hexdigest()


def posted(body: str, target: str = "/hook?v=1", **headers: str) -> list[Given]:
    """A request as it came in behind a proxy, with its secret beside it."""
    return [*foreign.text(raw(body, **headers).replace("/in", target, 1), name="request.http"), *SECRET]


def signed(content: str, algorithm: str = "sha256") -> bytes:
    return mac(PLAIN.encode(), content.encode(), algorithm)


SECRET = foreign.document({"signing_secret": PLAIN})


@pytest.mark.parametrize(
    "request_",
    [
        posted(BODY, **{"Paddle-Signature": f"ts={STAMP};h1={signed(f'{STAMP}:{BODY}').hex()}"}),
        posted(BODY, **{"X-Square-HmacSha256-Signature": b64(signed(HOOK + BODY))}),
        posted(BODY, HOOK, **{"X-Square-HmacSha256-Signature": b64(signed(HOOK + BODY))}),
        posted(
            BODY,
            **{
                "X-HubSpot-Signature-v3": b64(signed(f"POST{HOOK}{BODY}{STAMP}000")),
                "X-HubSpot-Request-Timestamp": f"{STAMP}000",
            },
        ),
        posted(FORM, **{"X-Twilio-Signature": b64(signed(HOOK + "Bodyhi thereTo7", "sha1"))}),
        posted(BODY, DIGESTED, **{"X-Twilio-Signature": b64(signed(f"https://hooks.example.com{DIGESTED}", "sha1"))}),
        posted(
            BODY, X_Forwarded_Host="hooks.example.com, inner", X_Square_HmacSha256_Signature=b64(signed(HOOK + BODY))
        ),
        posted(BODY, **{"X-Acme-Signature": f"t={STAMP},s={signed(f'{STAMP}:{BODY}').hex()}"}),
        posted(
            BODY,
            **{"X-Acme-Hmac": b64(signed(f"{STAMP}{BODY}")), "X-Acme-Timestamp": STAMP},
        ),
    ],
)
def test_senders_that_sign_more_than_the_body_verify_and_so_do_unknown_ones(request_: list[Given]) -> None:
    assert states("WH01", *request_) == {State.PASS}


def test_a_body_that_the_signed_address_does_not_tell_of_is_not_verified() -> None:
    signature = b64(signed(f"https://hooks.example.com{DIGESTED}", "sha1"))

    assert states("WH01", *posted(BODY.replace("evt_1", "evt_2"), DIGESTED, X_Twilio_Signature=signature)) == {
        State.NOT_EVALUATED
    }


def test_of_the_hosts_that_several_proxies_name_the_outermost_is_the_sender_s() -> None:
    request = raw(
        BODY, X_Forwarded_Host="hooks.example.com, inner", X_Square_HmacSha256_Signature=b64(signed(HOOK + BODY))
    )
    inside = request.replace("/in", "/hook?v=1", 1).replace("Host: hooks.example.com\r", "Host: pod-7\r", 1)

    assert states("WH01", *foreign.text(inside, name="request.http"), *SECRET) == {State.PASS}


@pytest.mark.parametrize("name", ["X-Hub-Signature-256", "X-Acme-Signature"])
@pytest.mark.parametrize("at", [0, 1])
def test_of_a_signature_that_stands_there_twice_both_are_tried(name: str, at: int) -> None:
    values = [signed("something else").hex(), signed("something else again").hex()]
    values[at] = signed(BODY).hex()

    (finding,) = found("WH01", *posted(BODY, **{name: values[0], name.upper(): values[1]}))

    assert finding.state is State.PASS
    assert "several signatures" in finding.title


def test_the_change_of_the_body_is_named_for_an_unknown_sender_too() -> None:
    (finding,) = found("WH01", *posted(BODY, **{"X-Acme-Signature": signed(COMPACT).hex()}))

    assert finding.state is State.FAIL
    assert "the JSON was re-serialised" in finding.title


@pytest.mark.parametrize(
    ("called", "says"),
    [
        (HOOK.replace("?", "/?"), "with a slash at its end"),
        (HOOK.replace("https://", "https://www."), "with another host"),
        (HOOK.replace(".com", ".com:443", 1), "with its port"),
    ],
)
def test_an_address_that_the_sender_spells_otherwise_is_named(called: str, says: str) -> None:
    (finding,) = found("WH01", *posted(BODY, **{"X-Square-HmacSha256-Signature": b64(signed(called + BODY))}))

    assert finding.state is State.FAIL
    shown, own = called.partition("?")[0], HOOK.partition("?")[0]
    assert f"it covers the address “{shown}”, {says}, and not “{own}”" in finding.title
    assert "as the sender's settings have it" in finding.next_step


def test_the_address_that_stands_beside_the_secret_is_the_one_that_was_signed() -> None:
    called = "https://hooks.elsewhere.example/a?b=1"
    told = {"webhook_signature_key": PLAIN, "notification_url": called}
    request = foreign.text(
        raw(BODY, **{"X-Square-HmacSha256-Signature": b64(signed(called + BODY))}), name="request.http"
    )

    assert states("WH01", *request, *foreign.document(told)) == {State.PASS}
    assert states("WH01", *request, *foreign.document(told | {"notification_url": HOOK})) == {State.NOT_EVALUATED}


@pytest.mark.parametrize(
    ("header", "value", "state"),
    [
        ("X-Square-HmacSha256-Signature", b64(signed("https://elsewhere.example/" + BODY)), State.NOT_EVALUATED),
        ("X-Acme-Signature", signed("something else").hex(), State.WARN),
    ],
)
def test_what_cannot_be_told_of_the_content_that_was_signed_is_no_failure(
    header: str, value: str, state: State
) -> None:
    assert states("WH01", *posted(BODY, **{header: value})) == {state}


@pytest.mark.skipif(not VECTORS.is_file(), reason="The shared signature vectors are not beside the project.")
def test_every_shared_vector_is_verified() -> None:
    told = json.loads(VECTORS.read_text())
    signed = [one for one in told["vectors"] if any("ignature" in name for name in one.get("headers", {}))]

    for one in signed:
        request = {"headers": one["headers"], "body": told["body"]}
        (finding,) = found("WH01", *given(request, one.get("secret", told["secret"])))
        assert finding.state is State.PASS, one["vendor"]


def test_without_the_secret_it_says_how_to_hand_it_over() -> None:
    (finding,) = found("WH01", *foreign.document(standard()))

    assert finding.state is State.NOT_EVALUATED
    assert finding.missing == ("the signing secret of the webhook endpoint",)
    assert "sevline analyze request.http secret.txt" in finding.next_step


def test_without_a_request_it_says_how_to_record_one() -> None:
    (finding,) = found("WH01")

    assert finding.state is State.NOT_EVALUATED
    assert "nc -l -p 8080 > request.http" in finding.next_step


def test_a_raw_request_with_its_secret_above_it_is_read() -> None:
    signature = "sha256=" + mac(PLAIN.encode(), BODY.encode()).hex()
    file = f"# signing_secret: {PLAIN}\n\n" + raw(BODY + "\n", X_Hub_Signature_256=signature)

    evidence = foreign.text(file, name="request.http")
    (finding,) = found("WH01", *evidence)

    assert finding.state is State.PASS
    assert "which an editor may have added" in finding.title


def test_a_line_end_within_the_measured_body_is_a_fault() -> None:
    signature = "sha256=" + mac(PLAIN.encode(), BODY.encode()).hex()
    file = raw(BODY + "\n", X_Hub_Signature_256=signature, Content_Length=str(len(BODY.encode()) + 1))

    (finding,) = found("WH01", *foreign.text(file), *foreign.text(f"secret={PLAIN}\n", name="s.env"))

    assert finding.state is State.FAIL
    assert "no line end behind it" in finding.title


@pytest.mark.requirement("R-055")
@pytest.mark.parametrize(("age", "state"), [(300, State.PASS), (301, State.FAIL), (-301, State.FAIL)])
def test_a_timestamp_301_s_old_is_outside_a_tolerance_of_300_s(age: int, state: State) -> None:
    stamp = str(int((NOW - timedelta(seconds=age)).timestamp()))

    (finding,) = found("WH02", *foreign.document(standard(stamp=stamp)))

    assert finding.state is state


def test_without_a_time_of_arrival_the_timestamp_is_not_judged() -> None:
    request = standard()
    del request["received_at"]

    assert states("WH02", *foreign.document(request)) == {State.NOT_EVALUATED}
    assert states("WH02", *foreign.document(request, at=NOW)) == {State.PASS}


def test_headers_that_a_proxy_removed_are_named() -> None:
    request = standard(Via="1.1 gateway.example.com")
    del request["headers"]["webhook-id"]

    (finding,) = found("WH03", *foreign.document(request))

    assert finding.state is State.FAIL
    assert "missing: webhook-id. The request went through a proxy" in finding.title
    assert states("WH03", *foreign.document(standard())) == set()


def test_keys_and_digests_are_read_in_the_scheme_s_own_way_first() -> None:
    assert keys_of(WHSEC, "whsec")[0] == ("whsec", KEY)
    assert keys_of(PLAIN, "utf8")[0] == ("utf8", PLAIN.encode())
    assert digests_of("ab" * 32, Encoding.HEX)[0] == (Encoding.HEX, bytes.fromhex("ab" * 32))
    assert scheme_of({"content-type": "application/json"}) is None


@pytest.mark.parametrize("name", ["x-conversation-signature", "x-universal-hmac", "x-traversal-signature"])
def test_a_name_in_which_the_letters_of_an_algorithm_stand_by_chance_holds_a_digest(name: str) -> None:
    scheme = scheme_of({name: "a" * 64})

    assert scheme is not None
    assert scheme.signature == name


@pytest.mark.parametrize("name", ["x-rsa-signature", "x-signature-ed25519", "x-signature-rsasha256", "x-hmac-ecdsa"])
def test_a_signature_of_a_private_key_is_verified_by_no_secret(name: str) -> None:
    assert scheme_of({name: "a" * 64}) is None


@pytest.mark.parametrize("beside", ["x-signature-key-id", "x-signature-cert-fingerprint", "signature-nonce"])
def test_what_tells_of_a_signature_is_none(beside: str) -> None:
    scheme = scheme_of({beside: "d" * 40, "x-signature": "e" * 64})

    assert scheme_of({beside: "d" * 40}) is None
    assert scheme is not None
    assert scheme.signature == "x-signature"


@pytest.mark.parametrize(
    ("name", "content", "values"),
    [
        ("secret.txt", f"{PLAIN}\n", [PLAIN]),
        ("hooks/signing-key", f"\n  {PLAIN}", [PLAIN]),
        ("notes.txt", f"{PLAIN}\n", []),
        ("client_secret.txt", f"{PLAIN}\n", []),
        ("secret.txt", "two words\n", []),
        ("secret.txt", "short\n", []),
    ],
)
def test_a_file_that_holds_one_word_is_a_secret_where_its_name_says_so(
    name: str, content: str, values: list[str]
) -> None:
    found_ = [one.value for one in foreign.text(content, name=name) if isinstance(one, WebhookSecret)]

    assert found_ == values


def written(body: str, note: str, *, length: bool = True, signature: str = "") -> list[Given]:
    """A request as somebody writes it into a file, with a note under its body."""
    told = signature or "sha256=" + mac(PLAIN.encode(), body.encode()).hex()
    size = f"Content-Length: {len(body.encode())}\n" if length else ""
    head = f"POST /hooks HTTP/1.1\nX-Hub-Signature-256: {told}\n{size}"
    return foreign.text(f"{head}\n{body}\n\n{note}\n", name="a.http")


@pytest.mark.parametrize("length", [True, False])
def test_a_secret_that_stands_under_the_body_is_used_and_is_no_part_of_it(length: bool) -> None:
    (finding,) = found("WH01", *written(BODY, f"webhook secret: {PLAIN}", length=length))

    assert finding.state is State.PASS


def test_a_body_whose_last_paragraph_is_no_secret_stays_whole() -> None:
    (finding,) = found("WH01", *written(f"{BODY}\n\nmore: text", f"secret: {PLAIN}", length=False))

    assert finding.state is State.PASS


@pytest.mark.parametrize(
    ("around", "cause"),
    [
        ("{}\n", "the secret that signed has a line end behind it"),
        ("{}\r\n", "the secret that signed has a line end (CR LF) behind it"),
        ('"{}"', "the secret that signed has quotation marks around it"),
        ("{} ", "the secret that signed has a blank behind it"),
    ],
)
def test_what_a_file_or_a_form_put_around_the_secret_is_named(around: str, cause: str) -> None:
    key = around.format(PLAIN).encode()

    (finding,) = found("WH01", *given(vendor("X-Hub-Signature-256", "sha256=" + mac(key, BODY.encode()).hex()), PLAIN))

    assert finding.state is State.FAIL
    assert cause in finding.title
    assert finding.next_step.startswith("Set the secret anew on the side that signs")


@pytest.mark.parametrize(
    ("header", "algorithm", "written"),
    [
        ("X-Vercel-Signature", "sha1", "{}"),
        ("X-Paystack-Signature", "sha512", "{}"),
        ("CircleCI-Signature", "sha256", "v1={}"),
        ("Webhook-Signature", "sha256", "{}"),
        ("X-Sig-Signature", "sha512", "hmac-sha512={}"),
    ],
)
def test_one_digest_is_read_by_its_length_whatever_its_header_is_called(
    header: str, algorithm: str, written: str
) -> None:
    right = vendor(header, written.format(mac(PLAIN.encode(), BODY.encode(), algorithm).hex()))
    wrong = vendor(header, written.format(mac(b"another", BODY.encode(), algorithm).hex()))

    assert states("WH01", *foreign.document(right), *SECRET) == {State.PASS}
    assert states("WH03", *foreign.document(right), *SECRET) == set()
    assert states("WH01", *foreign.document(wrong), *SECRET) == {State.WARN}


def test_the_signature_of_a_private_key_is_not_judged_by_a_secret() -> None:
    signed = vendor("X-Signature-Ed25519", "ab" * 64, x_signature_timestamp=STAMP)

    assert State.WARN not in states("WH01", *foreign.document(signed), *SECRET)


def test_a_header_of_standard_webhooks_without_its_id_and_time_still_lacks_them() -> None:
    alone = vendor("Webhook-Signature", "v1," + b64(mac(KEY, BODY.encode())))

    assert states("WH03", *foreign.document(alone), *SECRET) == {State.FAIL}
