"""YAML as kubectl prints it is read as a full reader reads it, each value with its line; anything else is refused."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sevline.core.readers.plainyaml import BadYamlError, document_from

TEXT = """apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      applied: |
        {"kind": "Pod"}
    labels: {app: web, tier: "1"}
    name: web-0
  spec:
    containers:
    - args: []
      image: registry.example/web:9.9
      name: web
    - name: side
  status:
    message: 'It''s a long text that goes on
      in the next line, and there is more:

      an empty one'
    ready: false
    restartCount: 0
kind: List
metadata: {}
"""


def test_what_kubectl_prints_is_read_with_the_line_of_each_value() -> None:
    document = document_from(TEXT.split("\n"))

    (pod,) = document.value["items"]
    assert pod["metadata"]["labels"] == {"app": "web", "tier": "1"}
    assert pod["metadata"]["annotations"]["applied"] == '{"kind": "Pod"}'
    assert [one["name"] for one in pod["spec"]["containers"]] == ["web", "side"]
    assert (pod["status"]["ready"], pod["status"]["restartCount"]) == (False, 0)
    assert pod["status"]["message"].endswith("there is more: an empty one")
    assert document.lines["items", 0, "spec", "containers", 0, "image"] == 14
    assert document.lines["kind",] == 24


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=30),
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z][a-zA-Z0-9./-]{0,20}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-zA-Z]{0,10}", fullmatch=True), DOCUMENTS, min_size=1, max_size=4))
def test_a_document_in_block_form_is_what_a_full_reader_reads(document: dict[str, Any]) -> None:
    text = yaml.safe_dump(document, default_flow_style=False, width=10_000)

    assert document_from(text.split("\n")).value == yaml.safe_load(text)


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: *x", "no colon here", "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 90))]
)
def test_what_people_write_by_hand_is_refused(text: str) -> None:
    with pytest.raises(BadYamlError):
        document_from(text.split("\n"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "{name: c-0, labels: {app: couch, k.io/x: y-0}}",
            {"name": "c-0", "labels": {"app": "couch", "k.io/x": "y-0"}},
        ),
        (
            '[{type: Ready, status: "True"}, {type: "a, {b}"}]',
            [{"type": "Ready", "status": "True"}, {"type": "a, {b}"}],
        ),
        ("{a: [1, two, {c: d}], e: {}, f: [], g: }", {"a": [1, "two", {"c": "d"}], "e": {}, "f": [], "g": None}),
        ("{u: http://x/y, t: 10:30, q: 'it''s'}", {"u": "http://x/y", "t": "10:30", "q": "it's"}),
        ("{a:1}", {"a": 1}),
        ("{a: {b: [c", {"a": {"b": ["c"]}}),
    ],
)
def test_maps_and_lists_in_a_line_may_hold_one_another(written: str, meant: object) -> None:
    assert document_from([f"x: {written}"]).value == {"x": meant}


def test_a_line_of_very_many_brackets_is_refused() -> None:
    with pytest.raises(BadYamlError, match="too deep"):
        document_from(["x: " + "[" * 5_000])
