"""What an artefact masks for what stands around it stands in no sentence about that artefact either."""

import json

import pytest
from tests.evidence import START, saml_xml
from tests.unit.bench.examining import examined

from sevline.core.checks import every_check
from sevline.core.finding import State
from sevline.core.readers.place import Places
from sevline.core.redaction.replaced import Beside, behind

SID = "DenyAllOutsideVpn7"
TOKEN = "<SECRET-0123456789abcdef>"


def test_the_name_of_a_rule_that_the_policy_masks_is_masked_in_the_finding_that_names_the_rule() -> None:
    deny = {"Sid": SID, "Effect": "Deny", "Action": "files:Read", "Resource": "*"}
    asked = {"action": "files:Read", "resource": "arn:files:desk/1", "context": {}}
    document = {"request": asked, "policies": [{"Statement": [deny]}]}

    examination, stored = examined(("policy.json", json.dumps(document).encode()))

    (finding,) = (one for one in examination.findings if one.check_id == "PERM01")
    assert SID.encode() not in stored["a1"]
    assert SID not in repr(examination)
    assert finding.state is State.FAIL
    assert "the rule “<SECRET-" in finding.title


@pytest.mark.parametrize("field", ["title", "next_step", "missing"])
def test_a_name_id_that_is_masked_by_its_place_stands_in_no_part_of_a_finding(field: str) -> None:
    name = "Marlowe-77"
    xml = saml_xml(name_id=f'<a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{name}</a:NameID>')

    examination, _ = examined(("response.xml", xml), at=START)

    assert name not in repr(examination)
    assert not [one for one in examination.findings if name in str(getattr(one, field))]


def test_values_are_hidden_as_whole_words_and_the_longer_one_first() -> None:
    beside = Beside({"Blue Heron": TOKEN, "Blue": "<PERSON-0123456789abcdef>", "abc": "x", "1234": "x", "true": "x"})

    assert beside.hidden("Blue Heron, Blueish Blue and (Blue)") == (
        f"{TOKEN}, Blueish <PERSON-0123456789abcdef> and (<PERSON-0123456789abcdef>)"
    )
    assert beside.hidden("abc 1234 true") == "abc 1234 true"


def test_a_word_that_checks_say_anyway_is_left() -> None:
    assert Beside({"webhook": TOKEN}, frozenset({"webhook"})).hidden("a webhook failed") == "a webhook failed"


def test_which_values_stand_behind_what_replaced_a_match() -> None:
    assert behind("password=abc;", f"password={TOKEN};") == {"abc": TOKEN}
    assert behind("a=1 b=2", f"a={TOKEN} b={TOKEN[:-2]}0>") == {"1": TOKEN, "2": f"{TOKEN[:-2]}0>"}
    assert behind("secret", f"other {TOKEN}") == {}


def test_what_checks_say_of_themselves_is_left_as_it_is() -> None:
    examination, _ = examined(("note.txt", b"It failed again.\n"))

    own = {check.id: check.title for check in every_check()}
    waiting = [one for one in examination.findings if one.state is State.NOT_EVALUATED]
    assert len(waiting) > 100
    assert [one.title for one in waiting if one.title not in own.values() and "signature" in one.title] == []


def test_a_sentence_on_what_could_not_be_told_is_redacted_like_any_other() -> None:
    rule = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"auth:Factor": "true"}}}
    asked = {"action": "files:Read", "resource": "arn:files:desk/kim@example.com", "context": {}}

    examination, _ = examined(("p.json", json.dumps({"request": asked, "policies": [{"Statement": [rule]}]}).encode()))

    (finding,) = (one for one in examination.findings if one.check_id == "PERM01")
    assert finding.state is State.NOT_EVALUATED
    assert "kim@example.com" not in repr(examination)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("lines", b"container traefik7 is up"),
        ("json", b'{"name": "traefik7"}'),
        ("xml", b"<name>traefik7</name>"),
    ],
)
def test_a_name_that_the_cited_file_shows_is_told_although_another_file_masks_it(form: str, data: bytes) -> None:
    beside = Beside({"traefik7": TOKEN})

    assert beside.hidden("the pod traefik7", Places.of(form, data).shows) == "the pod traefik7"
    assert beside.hidden("the pod traefik7", Places.of("lines", b"nothing").shows) == f"the pod {TOKEN}"


def test_a_next_step_that_repeats_what_a_file_says_is_redacted_and_its_own_examples_stay() -> None:
    who = "kim.miller" + "@" + "corp.example"
    span = {
        "traceId": "1" * 32,
        "spanId": "2" * 16,
        "name": "op",
        "startTimeUnixNano": "1764061200000000000",
        "endTimeUnixNano": "1764061201000000000",
        "status": {"code": 2},
    }
    owner = {"attributes": [{"key": "service.name", "value": {"stringValue": who}}]}
    traces = {"resourceSpans": [{"resource": owner, "scopeSpans": [{"spans": [span]}]}]}
    unresolved = b"Error: getaddrinfo ENOTFOUND shop.corp.example\n"

    state = {"name": "api", "restartCount": 9, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}
    meta = {"name": who, "namespace": "prod"}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "status": {"containerStatuses": [state]}}

    examination, _ = examined(
        ("traces.json", json.dumps(traces).encode()),
        ("pods.json", json.dumps({"kind": "List", "apiVersion": "v1", "items": [pod]}).encode()),
        ("error.txt", unresolved),
    )

    steps = [one.next_step for one in examination.findings]
    assert who not in repr(examination)
    assert any(step.startswith("Ask the owners of ") for step in steps)
    assert any(step.startswith("Run `kubectl logs -n prod ") for step in steps)
    assert any("`dig @1.1.1.1 NAME`" in step for step in steps)
