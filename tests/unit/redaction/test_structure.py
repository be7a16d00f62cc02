"""Redaction by structure: the document stays the same document."""

import base64
import io
import json
import zlib
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from sevline.core.redaction import Mode, RedactedData
from sevline.core.redaction.pdf import _document
from tests.unit.bench.test_pictures import pdf
from tests.unit.redaction.looking import REDACTOR


def redacted(mode: Mode, data: bytes) -> RedactedData:
    once = REDACTOR.document(mode, data)
    assert REDACTOR.document(mode, once.data).data == once.data
    return once


def har(**request: Any) -> bytes:
    entry = {
        "request": {"method": "GET", "url": "https://app.example.com/", **request},
        "serverIPAddress": "203.0.113.9",
    }
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "t"}, "entries": [entry]}}, indent=1).encode()


def first_request(data: bytes) -> Any:
    return json.loads(data)["log"]["entries"][0]["request"]


def test_headers_cookies_query_and_body_of_a_har_are_masked_by_their_place() -> None:
    masked = redacted(
        Mode.HAR,
        har(
            headers=[
                {"name": "Authorization", "value": "Bearer abc.def"},
                {"name": "cookie", "value": "sid=s3cr3t; theme=dark"},
                {"name": "Accept", "value": "text/html"},
            ],
            cookies=[{"name": "sid", "value": "s3cr3t", "httpOnly": True}],
            queryString=[{"name": "code", "value": "Splxl"}, {"name": "page", "value": "2"}],
            postData={"params": [{"name": "SAMLResponse", "value": "PHNhbWw+"}], "text": "SAMLResponse=PHNhbWw%2B&a=1"},
        ),
    )
    request = first_request(masked.data)
    assert request["headers"][0]["value"].startswith("Bearer <AUTHORIZATION-")
    assert request["headers"][1]["value"].startswith("sid=<COOKIE-")
    assert request["headers"][2]["value"] == "text/html"
    assert request["cookies"][0]["name"] == "sid"
    assert request["cookies"][0]["value"] in request["headers"][1]["value"]
    assert [pair["value"] for pair in request["queryString"]][1] == "2"
    for secret in (b"s3cr3t", b"abc.def", b"Splxl", b"PHNhbWw", b"203.0.113.9"):
        assert secret not in masked.data


def test_the_bytes_between_masked_values_of_a_json_document_stay() -> None:
    data = b'{ "a":1.50,\t"a":1e400, "password" : "x\\u0041y",\r\n "n":[true , null],"p\xc3\xbc":"\\/" }'
    masked = redacted(Mode.JSON, data).data
    before, after = data.split(b'"x\\u0041y"')
    assert masked.startswith(before)
    assert masked.endswith(after)


def test_every_pointer_of_a_json_document_still_leads_somewhere() -> None:
    data = json.dumps(
        {"users": [{"mail": "mia@example.com", "pin": 1234, "tokens": ["a1", "b2"], "ok": True}]}
    ).encode()
    masked = json.loads(redacted(Mode.JSON, data).data)
    user = masked["users"][0]
    assert list(user) == ["mail", "pin", "tokens", "ok"]
    assert "mia" not in user["mail"]
    assert [str(user["pin"])[:7], user["tokens"][0][:7], user["ok"]] == ["<SECRET", "<SECRET", True]


#: Entities of which each is ten times the one before it, behind a comment.
ENTITIES = (
    '<?xml version="1.0"?><!-- a --><!DOCTYPE a [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise("abcdefghij"))
    + "]>"
).encode()


@pytest.mark.parametrize(
    ("mode", "data", "reason"),
    [
        (Mode.JSON, b"[" * 100_000 + b'"mia@example.com"' + b"]" * 100_000, "nested too deep"),
        (Mode.HAR, har(url="https://x.example/?m=mia@example.com")[:-9], "cut off"),
        (Mode.HAR, b'{"a":"mia@example.com"}', "no HAR"),
        (Mode.SAML, b"<a>mia@example.com<b></a>", "not well-formed"),
        (Mode.XML, b'<!DOCTYPE a [<!ENTITY x "y">]><a>mia@example.com</a>', "DOCTYPE"),
        (Mode.XML, ENTITIES + b"<a>mia@example.com &j;</a>", "declares a document type (DOCTYPE), which is refused"),
        (Mode.XML, ENTITIES.decode().encode("utf-16") + "<a>mia@example.com &j;</a>".encode("utf-16-le"), "DOCTYPE"),
        (Mode.XML, b"<a>" * 300 + b"mia@example.com" + b"</a>" * 300, "nested too deep"),
    ],
)
def test_a_broken_document_is_redacted_as_text_and_says_so(mode: Mode, data: bytes, reason: str) -> None:
    masked = REDACTOR.document(mode, data)
    assert b"mia@" not in masked.data
    assert masked.counts["email"] == 1
    assert reason in masked.notes[0]


ASSERTION = """<?xml version="1.0"?>
<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1">
 <s:Subject><s:NameID Format="f">mia@example.com<!-- -->.evil.example</s:NameID></s:Subject>
 <s:AttributeStatement><s:Attribute Name="dept"><s:AttributeValue>Sales &amp; more</s:AttributeValue></s:Attribute>
 </s:AttributeStatement><X509Certificate>MIIC4jCCAcqgAwIBAgIQ</X509Certificate>
</s:Assertion>"""


def paths(data: bytes) -> list[str]:
    tree = etree.fromstring(data).getroottree()
    return [tree.getpath(element) for element in tree.iter()]


def test_names_and_attributes_of_an_assertion_go_and_its_elements_stay() -> None:
    data = ASSERTION.encode()
    masked = redacted(Mode.SAML, data).data
    assert paths(masked) == paths(data)
    assert masked.count(b"\n") == data.count(b"\n")
    assert b"<!-- --></s:NameID>" in masked
    assert b"MIIC4jCCAcqgAwIBAgIQ" in masked
    for value in (b"mia", b"evil", b"Sales"):
        assert value not in masked


@pytest.mark.parametrize("deflated", [False, True])
def test_a_packed_message_is_opened_masked_and_packed_again(deflated: bool) -> None:
    data = zlib.compress(ASSERTION.encode())[2:-4] if deflated else ASSERTION.encode()
    masked = base64.b64decode(redacted(Mode.SAML, base64.b64encode(data)).data)
    inside = zlib.decompress(masked, -15) if deflated else masked
    assert b"mia" not in inside
    assert paths(inside) == paths(ASSERTION.encode())


def test_a_number_in_json_and_a_name_in_a_field_are_known_beside_the_name_of_the_field() -> None:
    data = b'{"pesel":83061587974,"card":4111111111111111,"n":1763892000123,"first_name":"Mia","count":12}'
    masked = json.loads(redacted(Mode.JSON, data).data)
    assert masked["pesel"].startswith("<PL-PESEL-")
    assert masked["first_name"].startswith("<PERSON-")
    assert masked["card"].startswith("9")
    assert [masked["n"], masked["count"]] == [1763892000123, 12]


def test_elements_and_attributes_are_known_by_their_names() -> None:
    masked = redacted(Mode.XML, b'<u login="mlind"><firstName>Mia</firstName><pesel>83061587974</pesel></u>').data
    assert not any(value in masked for value in (b"mlind", b"Mia", b"83061587974"))


def test_frames_of_a_websocket_and_the_initiator_of_a_recording_are_masked() -> None:
    frame = base64.b64encode(b"\x01\x02mia@example.com\x00").decode()
    entry = {
        "_initiator": {
            "url": "https://app.example.com/cb?code=SplxlOBeZQQ",
            "stack": [{"url": "https://u:pw1234@x.example/"}],
        },
        "_webSocketMessages": [{"opcode": 1, "data": '{"password":"hunter2"}'}, {"opcode": 2, "data": frame}],
        "request": {"url": "https://app.example.com/?m=mia%40example.com"},
    }
    data = json.dumps({"log": {"version": "1.2", "creator": {"name": "t"}, "entries": [entry]}}).encode()
    masked = redacted(Mode.HAR, data).data
    assert not any(value in masked for value in (b"Splxl", b"pw1234", b"hunter2", b"mia", frame.encode()[:12]))


def test_cells_of_a_table_are_known_by_their_columns_and_the_table_keeps_its_form() -> None:
    data = b'id;first_name;pesel;password;note\r\n1;Mia;83061587974;"hun;ter2";"""hi"" from 203.0.113.9"\r\n2;;;;\r\n'
    masked = redacted(Mode.CSV, data)
    rows = masked.data.split(b"\r\n")
    assert rows[0] == b"id;first_name;pesel;password;note"
    assert rows[1].startswith(b"1;<PERSON-")
    assert rows[1].endswith(b'"')
    assert rows[2] == b"2;;;;"
    assert masked.counts == {"person_field": 1, "pl_pesel": 1, "secret": 1, "ipv4": 1}


def test_a_table_without_names_of_columns_is_redacted_as_text_and_says_so() -> None:
    masked = REDACTOR.document(Mode.CSV, b"mia@example.com\n")
    assert masked.counts == {"email": 1}
    assert "not a table" in masked.notes[0]


def test_the_text_of_a_pdf_is_kept_redacted_and_a_person_is_asked_for() -> None:
    lines = ["from mia@example.com (again)", "to 203.0.113.9"]
    masked = REDACTOR.document(Mode.PDF, _document(lines))
    text = PdfReader(io.BytesIO(masked.data)).pages[0].extract_text()
    assert text.startswith("from u")
    assert "(again)" in text
    assert masked.counts == {"email": 1, "ipv4": 1}
    assert "A person must confirm" in masked.confirm


@pytest.mark.parametrize(
    ("mode", "data"),
    [
        (Mode.PDF, b"%PDF-1.4 junk"),
        (Mode.PDF, pdf("a reference among letters) Tj [3 0 R] TJ (")),
        (Mode.PICTURE, b"\x89PNG\r\n\x1a\njunk"),
    ],
)
def test_of_a_picture_or_pdf_that_cannot_be_read_nothing_is_kept(mode: Mode, data: bytes) -> None:
    masked = REDACTOR.document(mode, data)
    assert masked.data == b""
    assert "damaged" in masked.notes[0]


@pytest.mark.parametrize(
    ("document", "value"),
    [
        ('{"bearer": [{"key": "token", "value": "abcDEF123456ghi", "type": "string"}]}', "abcDEF123456ghi"),
        ('{"header": [{"key": "x-api-key", "value": "nZLpuM4Cp7DKMo"}]}', "nZLpuM4Cp7DKMo"),
        ('{"api_password": {"value": "mZ4-pQ8-xT1", "type": "string"}}', "mZ4-pQ8-xT1"),
        ('{"outputs": {"db": {"sensitive": true, "value": "zzz9-aaa8"}}}', "zzz9-aaa8"),
        ('{"attributes": {"ses_smtp_password_v4": "abcdEFGH12345678"}}', "abcdEFGH12345678"),
    ],
)
def test_a_value_is_secret_by_its_key_its_object_or_because_it_says_so(document: str, value: str) -> None:
    masked = REDACTOR.document(Mode.JSON, document.encode()).data.decode()

    assert value not in masked
    assert "<SECRET-" in masked
