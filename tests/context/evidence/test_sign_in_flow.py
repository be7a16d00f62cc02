"""A recorded sign-in is drawn as a sequence with the step that fails, and its checks lead to their findings."""

import base64
import io
import json
import re
import zipfile

import pytest
from lxml import etree

from sevline.evidence.models import Upload
from tests import make
from tests.context.evidence.test_pages import attached, page
from tests.evidence import ACS, ENTITY, call, har_bytes, metadata
from tests.signon import oidc
from tests.signon.catalogue import FAULTS
from tests.signon.draft import Draft
from tests.signon.faults import made

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def recorded(data: bytes) -> bytes:
    packed = base64.b64encode(data).decode().replace("+", "%2B").replace("=", "%3D")
    return har_bytes(call(302, method="POST", url=ACS, post=f"SAMLResponse={packed}&RelayState=x"))


def bundle(data: bytes) -> bytes:
    """A recording of a sign-in by SAML, and the metadata that it is judged by, in one archive."""
    recording = recorded(data)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("login.har", recording)
        archive.writestr("idp.xml", etree.tostring(metadata("idp").root))
        archive.writestr("sp.json", json.dumps({"sp": {"entityId": ENTITY, "assertionConsumerService": {"url": ACS}}}))
    return held.getvalue()


def saml(fault: str = "") -> Upload:
    draft = made(*(one for one in FAULTS if one.name == fault)) if fault else Draft()
    return attached(make.case(severity=2), bundle(draft.data()), "sign-in.zip")


def text_of(upload: Upload) -> str:
    return str(page(f"/evidence/uploads/{upload.pk}").content.decode())


def test_the_step_that_fails_is_red_crossed_named_and_in_the_table() -> None:
    text = text_of(saml("altered after signing"))

    assert "Step 6 fails first: do key and signature hold." in text
    assert text.count('<g data-tone="bad">') == text.count('class="cross"') == 1
    assert "Step 6, Our app: do key and signature hold, fails." in text
    assert re.search(r"6\. do key and signature hold</th>.*?>fails<", text)


def test_a_check_beside_the_picture_leads_to_its_finding() -> None:
    text = text_of(saml("another audience"))

    (anchor,) = re.findall(r'<a href="#(finding-\d+)">SAML06</a>', text) or [""]
    assert f'id="{anchor}"' in text


def test_what_is_said_of_several_files_names_each() -> None:
    case = make.case(severity=2)
    for name, draft in (
        ("monday.zip", Draft()),
        ("tuesday.zip", made(*(one for one in FAULTS if one.name == "another audience"))),
    ):
        attached(case, bundle(draft.data()), name)
    text = str(page(f"/cases/{case.key}/diagnosis").content.decode())

    steps = text.partition('<ol class="flow-steps"')[2].partition("</ol>")[0]

    assert '<span class="muted">monday.zip</span></li>' in steps
    assert '<span class="muted">tuesday.zip</span></li>' in steps
    assert "sign-in.zip</span></li>" not in text_of(saml("another audience"))


def test_a_healthy_sign_in_has_no_failing_step() -> None:
    text = text_of(saml())

    assert "No step fails by what is there." in text
    assert '<g data-tone="bad">' not in text


def test_a_step_with_a_check_that_lacks_its_settings_never_holds() -> None:
    text = text_of(attached(make.case(severity=2), recorded(Draft().data()), "login.har"))

    assert "Step 5, Our app: is it meant for us, and in time, not judged." in text
    assert "Step 5, Our app: is it meant for us, and in time, holds." in text_of(saml())


@pytest.mark.slow
def test_an_openid_connect_sign_in_is_drawn_and_a_plain_recording_is_not() -> None:
    flow = har_bytes(oidc.authorize(), oidc.callback(state="s-2"), oidc.redeem())
    case = make.case(severity=2)

    drawn = text_of(attached(case, flow, "oidc.har"))
    plain = text_of(attached(case, har_bytes(call(200), call(502)), "plain.har"))

    assert "Step 3 fails first: code and state by the browser." in drawn
    assert "sign-in, step by step" not in plain
