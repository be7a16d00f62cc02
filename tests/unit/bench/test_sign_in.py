"""Sign-in evidence through the whole bench: files read together, citations that are found again, and no leak."""

import base64
import json
import socket
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from tests.evidence import ACS, START, call, har_bytes, ids, metadata, request, saml_xml, settings, shared, signed
from tests.signon import oidc
from tests.signon.catalogue import FAULTS
from tests.signon.draft import Draft, read
from tests.signon.faults import made
from tests.unit.bench.examining import examined
from tests.unit.bench.test_examine import assert_cited

from sevline.bench.examination import Examination
from sevline.bench.report.wording import ranked
from sevline.core.checks import every_check
from sevline.core.finding import State, run

SETTINGS = json.dumps(
    {
        "strict": True,
        "sp": {
            "entityId": "https://desk.example.com/saml",
            "assertionConsumerService": {"url": ACS},
            "attributeConsumingService": {"requestedAttributes": [{"name": "groups", "isRequired": True}]},
        },
        "idp": {"entityId": "https://idp.example.net/metadata"},
        "security": {"wantAssertionsSigned": True},
    },
    indent=1,
).encode()
PROVIDER = etree.tostring(metadata("idp").root)


def posted(data: bytes, after: float = 0.0) -> bytes:
    packed = base64.b64encode(data).decode().replace("+", "%2B").replace("=", "%3D")
    return har_bytes(call(302, method="POST", url=ACS, post=f"SAMLResponse={packed}&RelayState=x", after=after))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, len(FAULTS), 20))
def test_every_excerpt_of_every_fault_is_found_again_at_its_locator(start: int) -> None:
    files = [(f"{n}.xml", made(fault).data()) for n, fault in enumerate(FAULTS[start : start + 20])]

    examination, stored = examined(*files, ("idp.xml", PROVIDER), ("sp.json", SETTINGS), at=START)

    assert examination.refused == ""
    assert assert_cited(examination, stored) > 100
    assert b"kim@example.com" not in b"".join(stored.values())
    assert "kim@example.com" not in repr(examination)


def recording() -> bytes:
    answer = {"id_token": oidc.signed(oidc.claims(exp=oidc.NOW - 90)), "access_token": oidc.signed(kid="k7")}
    keys = {"keys": [oidc.key().as_dict(private=False)]}
    return har_bytes(
        call(200, url=f"{oidc.ISSUER}/keys", body=json.dumps(keys)),
        oidc.authorize(state="state-of-the-moment"),
        oidc.callback(state="another-state-of-the-moment"),
        oidc.redeem(answer=answer),
        call(200, sent={"Authorization": "Bearer " + answer["access_token"]}, after=4),
    )


def test_a_recorded_sign_in_is_read_with_its_keys_and_no_secret_leaves() -> None:
    data = recording()
    secrets = [oidc.VERIFIER, "state-of-the-moment", *data.decode().split("Bearer ")[1][:400].split(".")[:2]]

    examination, stored = examined(("login.har", data))

    assert ids(examination.findings, State.FAIL) >= {"OIDC03", "OIDC06", "OIDC07", "OIDC10"}
    assert assert_cited(examination, stored) > 10
    everything = repr(examination) + b"".join(stored.values()).decode()
    assert [one for one in secrets if one in everything] == []


def test_tokens_errors_and_cookies_of_a_text_are_cited_at_their_lines() -> None:
    error = f"{oidc.CALLBACK}?error=access_denied&error_description=AADSTS50105"
    text = f"id_token: {oidc.signed()}\n{error}\nSet-Cookie: a=1\n"

    examination, stored = examined(("note.txt", text.encode()), at=START)

    assert ids(examination.findings, State.FAIL) == {"OIDC13"}
    assert "OIDC01" in ids(examination.findings, State.PASS)
    assert_cited(examination, stored)


def test_what_a_sign_in_was_refused_for_stands_before_the_status_that_it_produced() -> None:
    refused = call(
        401, method="POST", url=ACS, post=f"SAMLResponse={quote(base64.b64encode(named('another audience')), safe='')}",
        body='{"error": "invalid_audience"}',
    )  # fmt: skip
    log = [
        f"{START:%Y-%m-%dT%H:%M}:{second:02}Z ERROR sso invalid audience expected=urn:a got=urn:b"
        for second in range(9)
    ]

    examination, stored = examined(
        ("login.har", har_bytes(refused, call(401, url="https://desk.example.com/api/me", after=1))),
        ("sso.log", "\n".join(log).encode()),
        ("sp.json", SETTINGS),
    )

    failing = [one.check_id for one in ranked(examination) if one.state is State.FAIL]
    assert failing.index("SAML06") < failing.index("OBS16") < failing.index("API03")
    assert failing == [one.check_id for one in ranked(examined_again(examination)) if one.state is State.FAIL]
    assert_cited(examination, stored)


def examined_again(examination: Examination) -> Examination:
    return replace(examination, findings=tuple(reversed(examination.findings)))


def test_a_saml_tracer_export_is_read_like_a_recording_and_keeps_nobodys_name() -> None:
    data = signed(saml_xml())
    requests = [
        {
            "method": "POST",
            "url": ACS,
            "requestHeaders": [{"name": "Cookie", "value": "sid=hunter2-correct-horse"}],
            "responseHeaders": [{"name": "Location", "value": "/home"}],
            "responseStatus": 302,
            "post": [["SAMLResponse", base64.b64encode(data).decode()], ["RelayState", "x"]],
            "saml": data.decode(),
            "protocol": "SAML-P",
        }
    ]
    export = json.dumps({"timestamp": START.isoformat(), "requests": requests}).encode()

    examination, stored = examined(("tracer.json", export), ("idp.xml", PROVIDER))

    everything = repr(examination) + b"".join(stored.values()).decode()
    assert "SAML12" in ids(examination.findings, State.PASS)
    assert [word for word in ("kim@example.com", "hunter2", "PHA6UmVzcG9uc2") if word in everything] == []
    assert_cited(examination, stored)


def test_a_saml_tracer_export_with_its_request_by_redirect_is_read_whole() -> None:
    asked = (
        f'<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_q1" Version="2.0" '
        f'IssueInstant="{START.isoformat()}" AssertionConsumerServiceURL="{ACS}"/>'
    )
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = engine.compress(asked.encode()) + engine.flush()
    query = f"SAMLRequest={quote(base64.b64encode(deflated), safe='')}"
    pair = {"requestHeaders": [], "responseHeaders": [], "responseStatus": 200}
    requests = [
        pair | {"method": "GET", "url": f"https://idp.example.net/sso?{query}", "get": [query.split("=", 1)]},
        pair
        | {"method": "POST", "url": ACS, "post": [["SAMLResponse", base64.b64encode(signed(saml_xml())).decode()]]},
    ]
    export = json.dumps({"timestamp": START.isoformat(), "requests": requests}, indent=1).encode()

    examination, stored = examined(("tracer.json", export), ("idp.xml", PROVIDER))

    assert ids(examination.findings, State.FAIL) == set()
    assert "SAML12" in ids(examination.findings, State.PASS)
    assert query not in b"".join(stored.values()).decode()


@pytest.mark.parametrize("lost", [1, 2, 3, 401])
def test_a_response_in_base64_that_lost_its_end_is_named_as_cut(lost: int) -> None:
    packed = base64.b64encode(signed(saml_xml())).rstrip(b"=")[: -lost - 400]

    examination, _ = examined(("response.txt", packed))

    assert "SAML01" in ids(examination.findings, State.FAIL)


@pytest.mark.parametrize("form", ["xml", "base64", "redirect", "form"])
def test_a_response_is_read_in_every_wrapping(form: str) -> None:
    data = signed(saml_xml())
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = engine.compress(data) + engine.flush()
    wrapped = {
        "xml": data,
        "base64": base64.encodebytes(data),
        "redirect": b"https://desk.example.com/acs?SAMLResponse=" + quote(base64.b64encode(deflated)).encode(),
        "form": b"SAMLResponse=" + quote(base64.b64encode(data)).encode() + b"&RelayState=x",
    }

    examination, _ = examined(("r", wrapped[form]), ("idp.xml", PROVIDER), at=START)

    assert "SAML12" in ids(examination.findings, State.PASS)


def named(name: str) -> bytes:
    return made(next(fault for fault in FAULTS if fault.name == name)).data()


CRAFTED_FAULTS: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("expired certificate", lambda: Draft(key="expired").data(), "SAML11"),
    ("wrong audience", lambda: named("another audience"), "SAML06"),
    ("310 s of skew", lambda: named("a clock 310 s ahead"), "SAML09"),
    ("missing attribute", lambda: Draft().data(), "SAML17"),
    ("signature wrapping", lambda: named("two assertions"), "SAML14"),
    ("external entity", lambda: named("a DOCTYPE"), "SAML01"),
    ("no signature", lambda: named("nothing signed"), "SAML10"),
    ("wrong issuer", lambda: named("another issuer of the assertion"), "SAML07"),
    ("wrong recipient", lambda: named("another recipient"), "SAML05"),
    ("wrong destination", lambda: named("another destination"), "SAML04"),
    ("expired", lambda: named("conditions that expired"), "SAML09"),
    ("not valid yet", lambda: named("conditions that begin later"), "SAML09"),
    ("NameID empty", lambda: named("an empty NameID"), "SAML16"),
    ("NameID of another recipient", lambda: named("another SPNameQualifier"), "SAML16"),
    ("comment in NameID", lambda: named("a comment in the NameID"), "SAML16"),
    ("rotated certificate", lambda: named("a rotated key"), "SAML11"),
    ("altered", lambda: named("altered after signing"), "SAML12"),
    ("not authenticated", lambda: named("not authenticated"), "SAML03"),
    ("no AuthnStatement", lambda: named("no AuthnStatement"), "SAML18"),
    ("equal IDs", lambda: named("an ID twice"), "SAML02"),
)


@pytest.mark.requirement("R-050")
def test_of_twenty_crafted_responses_twenty_findings_are_named_without_file_or_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The parser process refuses sockets and files by itself; here every opened path and socket is counted as well."""
    crafted = [(name, make(), check) for name, make, check in CRAFTED_FAULTS]
    beside = [metadata("idp"), settings(required_attributes=("groups",)), request()]
    checks = list(every_check())
    run([*read(crafted[3][1], START), *beside], checks)  # libraries are loaded before anything is counted
    touched: list[str] = []
    monkeypatch.setattr(socket, "socket", lambda *_: touched.append("socket"))
    monkeypatch.setattr("builtins.open", lambda path, *_, **__: touched.append(str(path)))

    told = {name: run([*read(data, START), *beside], checks) for name, data, _ in crafted}

    monkeypatch.undo()
    bad = {State.FAIL, State.WARN}
    assert [name for name, _, check in crafted if check not in ids(told[name], *bad)] == []
    assert len(crafted) == 20
    assert touched == []


@pytest.mark.slow
@pytest.mark.parametrize("path", shared("saml"), ids=lambda path: path.name)
def test_a_third_party_sample_is_read_and_its_citations_are_found_again(path: Path) -> None:
    examination, stored = examined((path.name, path.read_bytes()))

    assert examination.refused == ""
    assert_cited(examination, stored)
