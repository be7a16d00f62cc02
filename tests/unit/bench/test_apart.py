"""What one reader or check does not expect costs nobody what the others say."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from tests.evidence import ACS, call, har_bytes, saml_xml

from sevline.bench import comparing, worker
from sevline.bench import reading as reading_module
from sevline.bench.apart import UNEXPECTED, apart
from sevline.bench.archive import Budget
from sevline.bench.examination import ArtifactHead, ArtifactState
from sevline.bench.judging import judge
from sevline.bench.limits import Limits
from sevline.bench.reading import Reading
from sevline.bench.worker import Announced
from sevline.core.checks import every_check
from sevline.core.finding import ERRED, Check, Finding, State
from sevline.core.readers.reader import READERS, Form, Reader, Source, every_reader
from sevline.core.readers.saml import SamlResponse
from sevline.core.redaction import Mode, Redactor

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRACE = json.dumps({"data": [{"traceID": "a1", "spans": [], "processes": {}}], "mail": "mia.lind@northwind.example"})


@pytest.fixture
def emitted() -> dict[str, bytes]:
    return {}


@pytest.fixture
def reading(emitted: dict[str, bytes]) -> Reading:
    def emit(head: ArtifactHead, data: bytes) -> None:
        emitted[head.name] = data

    return Reading(Redactor(bytes(range(32))), emit, NOW)


def read(reading: Reading, name: str, data: bytes) -> None:
    worker._read_one(reading, Budget(Limits()), Announced(name), data)


def broken(_source: Source, _content: Any) -> Iterator[Any]:
    yield from ()
    raise AttributeError("4711 of mia.lind@northwind.example")


@pytest.mark.parametrize(("form", "name", "data"), [(Form.JSON, "t.json", TRACE), (Form.LINES, "t.txt", f"x {TRACE}")])
def test_a_reader_that_errs_leaves_the_file_shown_redacted_and_said_to_be_read_in_part(
    form: Form, name: str, data: str, reading: Reading, emitted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    every_reader()
    monkeypatch.setitem(READERS._entries, "aaa", Reader("aaa", form, broken, of_cut=True))

    read(reading, name, data.encode())

    (artifact,) = reading.artifacts
    assert (artifact.state, artifact.reason) == (ArtifactState.PARTIAL, UNEXPECTED)
    assert b"northwind" not in emitted[name]
    assert b"<" in emitted[name] or b"redacted.example" in emitted[name]
    said = capsys.readouterr().err
    assert said.startswith("error of a reader or check: AttributeError ")
    assert {"reader.py", "test_apart.py"} <= {place.partition(":")[0] for place in said.split()}
    assert "northwind" not in said


def test_a_file_that_cannot_be_redacted_is_named_and_the_next_one_is_read(
    reading: Reading, emitted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Redactor, "document", lambda *_, **__: 1 // 0)
        read(reading, "one.txt", b"password=rosen;rot19\n")
    read(reading, "two.txt", b"all is well\n")

    refused, shown = reading.artifacts
    assert (refused.state, shown.state) == (ArtifactState.REFUSED, ArtifactState.READ)
    assert "nothing of it is shown" in refused.reason
    assert list(emitted) == ["two.txt"]


def test_a_file_of_which_it_is_not_known_what_else_is_to_be_masked_is_not_shown(
    reading: Reading, emitted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_module, "text_evidence", lambda *_, **__: 1 // 0)

    read(reading, "delivery.txt", b"x-signature: 9f\nsecret beside it: rosen rot neunzehn\n")

    (refused,) = reading.artifacts
    assert refused.state is ArtifactState.REFUSED
    assert emitted == {}


def test_nothing_is_told_of_a_file_that_could_not_be_redacted(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = '{"errors": [{"field": "note", "message": "rosen rot neunzehn"}]}'
    recording = har_bytes(call(422, method="POST", post='{"note": 1}', body=said))
    with monkeypatch.context() as patched:
        patched.setattr(Redactor, "document", lambda *_, **__: 1 // 0)
        read(reading, "one.har", recording)

    assert reading.evidence == []
    assert all("rosen" not in one.title and one.state is State.NOT_EVALUATED for one in judge(reading))


def test_a_message_in_a_recording_that_could_not_be_redacted_gives_nothing_and_the_recording_is_shown(
    reading: Reading, emitted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Redactor.document
    monkeypatch.setattr(Redactor, "document", lambda self, mode, data, **kw: _but_saml(whole, self, mode, data, **kw))
    packed = base64.b64encode(saml_xml()).decode()
    form = {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "SAMLResponse", "value": packed}]}
    posted = call(method="POST", url=ACS)
    posted["request"]["postData"] = form

    read(reading, "one.har", har_bytes(posted))
    read(reading, "two.txt", b"all is well\n")

    assert [(one.name, one.state) for one in reading.artifacts] == [
        ("one.har", ArtifactState.PARTIAL),
        ("two.txt", ArtifactState.READ),
    ]
    assert not [one for one in reading.evidence if isinstance(one, SamlResponse)]


def _but_saml(whole: Any, redactor: Redactor, mode: Mode, data: bytes, **more: Any) -> Any:
    return 1 // 0 if mode is Mode.SAML else whole(redactor, mode, data, **more)


def test_two_tables_that_could_not_be_compared_are_named_and_keep_what_each_says(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "compared", lambda *_: 1 // 0)
    for name in ("source.csv", "target.csv"):
        read(reading, name, ("id,name\n" + "".join(f"{n},n{n}\n" for n in range(20))).encode())
    before = list(reading.evidence)

    reading.together()

    assert before == reading.evidence
    assert "source.csv and target.csv were not compared" in reading.not_looked_at[-1]


def test_a_check_that_errs_says_that_it_says_nothing_and_all_others_speak(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def errs() -> Iterator[Finding]:
        """Whether all is well."""
        yield from ()
        raise KeyError("state")

    read(reading, "two.txt", b"all is well\n")
    without = judge(reading)
    monkeypatch.setitem(every_check()._entries, "AAA01", Check("AAA01", errs))

    first, *others = judge(reading)

    assert (first.check_id, first.state, first.title) == ("AAA01", State.NOT_EVALUATED, f"Whether all is well: {ERRED}")
    assert tuple(others) == without


def test_an_error_of_memory_ends_the_parser() -> None:
    told: list[str] = []

    with pytest.raises(MemoryError), apart(partial(told.append, "told")):
        raise MemoryError

    assert told == []
