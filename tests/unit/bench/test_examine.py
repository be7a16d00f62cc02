import base64
import json
from pathlib import Path

import pytest
from tests.evidence import ACS, SAMPLES, START, call, har_bytes, ids, metadata, saml_xml, shared, signed
from tests.unit.bench.examining import examined

from sevline.bench.examination import ArtifactState, Examination
from sevline.bench.modes import FORMS
from sevline.core.finding import State
from sevline.core.readers.place import Places
from sevline.core.redaction import Mode

SECRET = "hunter2-correct-horse"


def assert_cited(examination: Examination, stored: dict[str, bytes]) -> int:
    """Every excerpt is found again at its locator in the stored redacted artefact."""
    modes = {artifact.id: artifact.mode for artifact in examination.artifacts}
    cited = 0
    for finding in examination.findings:
        for evidence in finding.evidence:
            places = Places.of(FORMS.get(Mode(modes[evidence.artifact]), "lines"), stored[evidence.artifact])
            assert places.excerpt(evidence.locator) == evidence.excerpt, (finding.check_id, evidence)
            cited += 1
    return cited


def test_files_given_together_are_read_together() -> None:
    from lxml import etree

    provider = etree.tostring(metadata("idp").root)

    alone, _ = examined(("response.xml", signed(saml_xml())), at=START)
    together, _ = examined(("response.xml", signed(saml_xml())), ("idp.xml", provider), at=START)

    assert "SAML12" not in ids(alone.findings, State.PASS)
    assert "SAML12" in ids(together.findings, State.PASS)
    assert ids(together.findings, State.FAIL) == set()


def test_a_response_inside_a_recording_is_judged_at_the_time_of_its_call() -> None:
    packed = base64.b64encode(signed(saml_xml())).decode().replace("+", "%2B").replace("=", "%3D")
    recording = har_bytes(call(302, method="POST", url=ACS, post=f"SAMLResponse={packed}&RelayState=x", after=2_000))

    examination, stored = examined(("login.har", recording))

    late = [finding for finding in examination.findings if finding.check_id == "SAML09"]
    assert [finding.state for finding in late] == [State.FAIL]
    assert examination.artifacts[1].parent == examination.artifacts[0].id
    assert b"kim@example.com" not in b"".join(stored.values())


def test_only_redacted_content_leaves_the_process() -> None:
    headers = {"Authorization": f"Bearer {SECRET}", "Cookie": f"sid={SECRET}"}
    log = f"2026-03-02 09:00:00 ERROR login failed for kim@example.com password={SECRET}\n".encode() * 20

    examination, stored = examined(("a.har", har_bytes(call(401, sent=headers))), ("app.log", log))

    everything = repr(examination).encode() + b"".join(stored.values())
    assert SECRET.encode() not in everything
    assert b"kim@example.com" not in everything
    assert examination.redactions.counts


def test_a_finding_without_a_citation_is_redacted_too() -> None:
    icon = call(404, url="https://kim%40example.com:pw@app.example.com/favicon.ico")
    mail = call(404, url="https://app.example.com/users/kim@example.com/../favicon.ico")
    lone = call(404, url="https://kim@example.com/favicon.ico")

    examination, _ = examined(("a.har", har_bytes(icon, mail, lone)))

    assert "kim@example.com" not in repr(examination)


def test_every_excerpt_of_our_own_samples_is_found_again_at_its_locator() -> None:
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.rglob("*")) if path.is_file()]

    examination, stored = examined(*files)

    assert assert_cited(examination, stored) > 10


@pytest.mark.slow
@pytest.mark.parametrize("path", shared(), ids=lambda path: path.name)
def test_every_excerpt_of_a_third_party_file_is_found_again_at_its_locator(path: Path) -> None:
    examination, stored = examined((path.name, path.read_bytes()))

    assert examination.refused == ""
    assert_cited(examination, stored)


@pytest.mark.slow
@pytest.mark.parametrize("path", shared("har"), ids=lambda path: path.name)
def test_a_healthy_recording_has_no_false_failure(path: Path) -> None:
    examination, _ = examined((path.name, path.read_bytes()))

    assert ids(examination.findings, State.FAIL) == set()


def test_the_same_key_gives_the_same_report_twice() -> None:
    files = (("app.log", b"2026-03-02 09:00:00 ERROR no route to 192.0.2.7\n" * 5),)

    assert examined(*files) == examined(*files)


def test_logs_are_grouped_into_patterns_with_the_time_they_cover() -> None:
    log = b"".join(b"2026-03-02 09:%02d:00 INFO job %d finished\n" % (minute, minute) for minute in range(30))

    examination, _ = examined(("jobs.log", log))

    assert examination.patterns[0].count == 30
    assert examination.time_range == ("2026-03-02T09:00:00+00:00", "2026-03-02T09:29:00+00:00")


def test_what_is_missing_names_the_checks_that_wait_for_it() -> None:
    examination, _ = examined(("response.xml", saml_xml()), at=START)

    waiting = {missing.what: missing.checks for missing in examination.missing}
    assert "SAML07" in waiting["the identity provider's metadata"]


def test_a_file_larger_than_the_limit_is_refused_and_the_next_one_is_read() -> None:
    from sevline.bench.limits import Limits

    examination, _ = examined(
        ("big.log", b"x" * 3_000_000), ("a.log", b"09:00:00 INFO a\n"), limits=Limits(source=1_000_000)
    )

    assert [artifact.state for artifact in examination.artifacts] == [ArtifactState.REFUSED, ArtifactState.READ]


def test_words_of_a_refusal_in_the_body_of_an_error_hide_nothing_else_that_it_tells() -> None:
    problem = {"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "Must have admin rights to it."}

    examination, _ = examined(("problem.json", json.dumps(problem).encode()))

    assert {"API04", "PERM03"} <= {one.check_id for one in examination.findings if one.state is State.FAIL}
