"""A recording of 50 MB with a sign-in in it: the first failure, the memory, and no secret in any form.

How long it takes is a benchmark's figure: `make bench-diagnostics`.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.evidence import call, har_bytes, saml_xml, signed, token
from tests.unit.bench.examining import examined

READ = """
import hashlib, json, resource, sys
from pathlib import Path
from sevline.bench.examine import Source, examine_together
from sevline.bench.nursery import nursery
target = Path(sys.argv[2])
class Sink:
    def __init__(self, path): self.file = path.open("wb")
    def write(self, data): self.file.write(data)
    def close(self): self.file.close()
store = lambda head: Sink(target / f"{head.id}.out")
data = Path(sys.argv[1]).open("rb")
chunks = iter(lambda: data.read(1 << 20), b"")
found = examine_together([Source("large.har", chunks)], key=bytes(32), at=None, store=store)
first = next((one.title for one in found.findings if one.check_id == "API00"), "")
nursery.end()
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([found.refused, first, peak, len(found.artifacts)]))
print(repr(found), file=sys.stderr)
"""
CODE, COOKIE = "SplxlOBeZQQYbYS6WxSbIA", "s%3A9fjKq2LmVx71TzRdQw"
PASSED = "Basic " + base64.b64encode(b"kim.archer:correct-horse-42").decode()
TOKEN = token({"iss": "https://idp.example.net", "sub": "kim.archer", "aud": "desk"})
RESPONSE = base64.b64encode(signed(saml_xml())).decode()
SECRETS = (CODE, COOKIE, PASSED.split()[1], "correct-horse-42", TOKEN, TOKEN.split(".")[1], RESPONSE[80:160])


def forms(secret: str) -> set[bytes]:
    """The ways in which a value may lie in a recording: plain, encoded for a URL, in base64 at each of its offsets."""
    plain = secret.encode()
    packed = {base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)}
    return {plain, quote(secret, safe="").encode(), json.dumps(secret)[1:-1].encode(), *packed}


def sign_in() -> list[dict[str, object]]:
    """The calls of a sign-in that carry a secret each, in every place where one usually stands."""
    cookies = {"Cookie": f"sid={COOKIE}; theme=dark", "Authorization": PASSED}
    form = f"SAMLResponse={quote(RESPONSE, safe='')}&RelayState=abc"
    posted = call(302, method="POST", url="https://desk.example.com/saml/acs", post=form, sent=cookies)
    posted["request"]["postData"]["params"] = [{"name": "SAMLResponse", "value": RESPONSE}]
    posted["request"]["cookies"] = [{"name": "sid", "value": COOKIE}]
    back = call(
        302,
        url=f"https://desk.example.com/callback?code={CODE}&state=xyz",
        received={"Set-Cookie": f"sid={COOKIE}; Path=/; Secure", "Location": f"/home#id_token={TOKEN}"},
    )
    back["request"]["queryString"] = [{"name": "code", "value": CODE}]
    told = json.dumps({"id_token": TOKEN, "token_type": "Bearer"})
    answered = call(200, url="https://idp.example.net/token", body=told)
    answered["request"]["postData"] = {"mimeType": "text/plain", "text": f"grant_type=authorization_code&code={CODE}"}
    return [posted, back, answered, call(200, sent={"Authorization": f"Bearer {TOKEN}"})]


@pytest.mark.slow
@pytest.mark.requirement("R-062")
def test_of_50_mb_the_first_failure_is_named_in_1_gb_and_no_secret_of_the_sign_in_is_left(tmp_path: Path) -> None:
    rows = json.dumps([{"id": number, "mail": f"u{number}@shop.example", "note": "x" * 60} for number in range(120)])
    filling = [json.dumps(call(body=rows, after=number / 10)) for number in range(5)]
    failing = call(503, url="https://api.example.com/v1/first", after=90, received={"Retry-After": "5"})
    middle = [json.dumps(one) for one in (*sign_in(), failing, call(500, after=95))]
    count = 50_000_000 // len(filling[0])
    entries = [filling[number % 5] for number in range(count)]
    entries[count // 2 : count // 2] = middle
    (tmp_path / "large.har").write_text('{"log":{"version":"1.2","entries":[' + ",".join(entries) + "]}}")

    run = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / "large.har"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    refused, first, peak, artifacts = json.loads(run.stdout)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("*.out")) + run.stderr.encode()
    assert (tmp_path / "large.har").stat().st_size >= 50_000_000
    assert refused == ""
    assert "First failing call" in first
    assert "https://api.example.com/v1/first answered 503" in first
    assert 0 < peak <= 1_000_000, f"{peak / 1000:.0f} MB"
    assert artifacts == 2
    assert [secret[:12] for secret in SECRETS if any(form in kept for form in forms(secret))] == []


def test_of_a_small_recording_the_same_holds() -> None:
    failing = call(503, url="https://api.example.com/v1/first", after=90)
    examination, stored = examined(("small.har", har_bytes(*sign_in(), failing, call(500, after=95))))

    kept = b"".join(stored.values()) + repr(examination).encode()
    (first,) = [found for found in examination.findings if found.check_id == "API00"]
    assert "https://api.example.com/v1/first answered 503" in first.title
    assert [secret[:12] for secret in SECRETS if any(form in kept for form in forms(secret))] == []
