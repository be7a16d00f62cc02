"""Evidence as people send it: quoted in letters, cut, in forms, with certificates in odd writings."""

import base64
import textwrap
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.certificates import made
from tests.evidence import START, saml_xml, signed, stamp
from tests.unit.bench.examining import examined

from sevline.bench.examination import Examination
from sevline.core.finding import State

pytestmark = pytest.mark.slow

EXPIRED = signed(saml_xml(until=stamp(-400), since=stamp(-900), name_id="<a:NameID>Kimberley Archer</a:NameID>"))
RESPONDER = '<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/>'
REFUSED = saml_xml(status=f"<p:Status>{RESPONDER}</p:Status>")
BASE64 = base64.b64encode(EXPIRED).decode()
GREETING = "From: helen@brightwater.example\nTo: support@desk.example\nSubject: sign-in\n\nHere it is:\n\n"
LETTER = GREETING + "{}\n\nRegards\nHelen\n"


def quoted(text: str) -> str:
    return textwrap.indent(text, "> ", lambda _line: True)


def letter(text: str) -> bytes:
    return LETTER.format(text).encode()


def said(examination: Examination) -> set[str]:
    return {found.check_id for found in examination.findings if found.state in {State.FAIL, State.WARN}}


PASTED = {
    "quoted in a letter": letter(quoted(f"SAMLResponse={quote(BASE64, safe='')}")),
    "in lines of 76 letters": letter("SAMLResponse=" + "\n".join(textwrap.wrap(BASE64, 76))),
    "in quoted lines of 76 letters": letter(quoted("SAMLResponse=\n" + "\n".join(textwrap.wrap(BASE64, 76)))),
    "as PHP prints it": f"Array\n(\n    [SAMLResponse] => {BASE64}\n    [RelayState] => /home\n)\n".encode(),
    "as a form": f'<html><form><input type="hidden" name="SAMLResponse" value="{BASE64}"/></form>'.encode(),
    "as a form whose signs are references": (
        "<form><input name='SAMLResponse' type='hidden' value='"
        + BASE64.replace("+", "&#x2b;").replace("/", "&#47;").replace("=", "&#x3D;")
        + "'></form>"
    ).encode(),
    "as a form with the value first": f'<INPUT TYPE="hidden" VALUE="{BASE64}" NAME="SAMLResponse">'.encode(),
    "in JSON": f'{{"body": {{"SAMLResponse": "{BASE64}"}}}}'.encode(),
    "as XML in a letter": letter(EXPIRED.decode()),
    "as quoted XML": letter(quoted(EXPIRED.decode())),
}


@pytest.mark.parametrize("way", PASTED)
def test_a_saml_message_is_read_however_it_was_pasted_and_nothing_of_it_is_kept_in_the_clear(way: str) -> None:
    examination, stored = examined(("sent.txt", PASTED[way]))

    text = b"".join(stored.values())
    assert "SAML09" in said(examination)
    assert [file.kind for file in examination.artifacts][1:] == ["saml"]
    assert b"Kimberley" not in text
    assert BASE64[200:280].encode() not in text
    assert next(iter(stored.values())).count(b"\n") == PASTED[way].count(b"\n")


def test_two_messages_in_one_letter_are_judged_apart() -> None:
    both = f"working:\nSAMLResponse={base64.b64encode(signed(saml_xml())).decode()}\n\nfailing:\n{REFUSED.decode()}"

    examination, _ = examined(("sent.txt", letter(both)))

    assert [file.kind for file in examination.artifacts] == ["text", "saml", "saml"]
    assert "SAML03" in said(examination)


def test_a_message_that_was_cut_is_named_as_unreadable() -> None:
    examination, _ = examined(("sent.txt", f"SAMLResponse={BASE64[: len(BASE64) // 2]}".encode()))

    assert "SAML01" in said(examination)


def test_what_a_letter_quotes_is_read_as_if_it_stood_alone() -> None:
    pods = (
        "NAME        READY   STATUS             RESTARTS   AGE\napi-7d9-abc 0/1     CrashLoopBackOff   14         1h\n"
    )

    examination, stored = examined(
        ("sent.txt", letter(quoted(pods + "web-55-xyz  1/1     Running            0          3d")))
    )

    assert "K8S02" in said(examination)
    assert b"> NAME" in b"".join(stored.values())


LEAF, AUTHORITY = made("leaf.example.com", "Authority", dns="leaf.example.com"), made("Authority")
BODY = "".join(LEAF.pem.splitlines()[1:-1])
CHAINS = {
    "lines escaped in YAML": ('crt: "' + (LEAF.pem + AUTHORITY.pem).replace("\n", "\\n") + '"\n').encode(),
    "quoted and indented": letter(quoted(textwrap.indent(LEAF.pem + AUTHORITY.pem, "    "))),
    "without the lines around it": letter("\n".join(LEAF.pem.splitlines()[1:-1])),
    "in one line": f"-----BEGIN CERTIFICATE-----{BODY}-----END CERTIFICATE-----".encode(),
    "in DER": LEAF.certificate.public_bytes(Encoding.DER),
    "with line ends of Windows": (LEAF.pem + AUTHORITY.pem).replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("way", CHAINS)
def test_certificates_are_read_in_odd_writings(way: str) -> None:
    examination, _ = examined(("chain.txt", CHAINS[way]), at=START)

    told = [found for found in examination.findings if found.check_id == "NET06"]
    assert {found.state for found in told} <= {State.PASS, State.WARN}
    assert not any("cannot be read" in found.title for found in told)


@pytest.mark.parametrize(
    "page",
    [
        b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<hr>nginx\r\n</body>\r\n</html>",
        b'<h1>\n  <a href="https://hooks.example">\n</h1>\n\n# Title\n\nSome text & more.\n',
    ],
)
def test_a_page_is_text_and_no_broken_document(page: bytes) -> None:
    examination, _ = examined(("page.html", page))

    assert [(file.kind, str(file.state), file.reason) for file in examination.artifacts] == [("text", "read", "")]


def test_a_table_in_a_western_code_page_keeps_its_letters() -> None:
    rows = "\n".join(f"Gerät{n};{n};2026-03-02 10:00:{n:02}" for n in range(20))

    examination, stored = examined(("extract.csv", f"Gerät;Größe;geändert am\n{rows}\n".encode("cp1252")))

    assert (examination.artifacts[0].kind, examination.artifacts[0].encoding) == ("table", "windows-1252")
    assert "Gerät;Größe" in next(iter(stored.values())).decode()


def test_utf_8_with_one_broken_byte_stays_utf_8() -> None:
    examination, _ = examined(("a.txt", "Größe und Länge, über alles.\n".encode() * 9 + b"\xff"))

    assert examination.artifacts[0].encoding.startswith("utf-8")


CURL = """$ curl -v -X POST https://api.vendor.example/v2/orders -d '{}'
*   Trying 203.0.113.10:443...
* Connected to api.vendor.example (203.0.113.10) port 443 (#0)
> POST /v2/orders HTTP/1.1
> Host: api.vendor.example
> Accept: */*
> Content-Type: application/x-www-form-urlencoded
>
< HTTP/1.1 415 Unsupported Media Type
< Accept-Post: application/json
<
* Connection #0 to host api.vendor.example left intact
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_curl_sends_is_no_quotation_of_a_letter(ending: str) -> None:
    examination, _ = examined(("curl.txt", CURL.replace("\n", ending).encode()))

    assert "API06" in said(examination)
    assert not {found.title for found in examination.findings if found.check_id == "WH03" and found.evidence}
