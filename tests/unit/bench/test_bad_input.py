"""Each kind of bad input gets a clear sentence, and the examination ends well."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest
import zstandard
from tests.evidence import call, har_bytes, ids, saml_xml
from tests.unit.bench.examining import examined

from sevline.bench.archive import Budget, RefusedArchiveError, members_of_tar, opened
from sevline.bench.examination import Artifact, ArtifactState
from sevline.bench.limits import Limits
from sevline.bench.report.text import as_text
from sevline.core.finding import State

pytestmark = pytest.mark.slow

DOCTYPE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LINE = b"2026-03-02 09:00:00 INFO started\n"


def only(name: str, data: bytes) -> Artifact:
    examination, _ = examined((name, data))
    assert examination.refused == ""
    return examination.artifacts[0]


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


BAD = [
    ("empty.log", b"", "empty", "The file is empty."),
    ("blank.log", b" \n\n", "empty", "nothing but white space"),
    ("empty.zip", b"", "empty", "The file is empty."),
    ("app.log", b"\x7fELF\x02\x01" + bytes(500), "refused", "a program"),
    ("app.log", bytes(range(256)) * 40, "refused", "binary data, whatever its name says"),
    ("none.zip", zipped(), "refused", "archive is empty"),
    (
        "cut.zip",
        zipped(("a.log", LINE * 99))[:-40],
        "partial",
        "The zip archive is damaged or cut: its list of members",
    ),
    ("broken.zip", zipped(("a.log", LINE * 99))[:34], "refused", "damaged or cut"),
    ("cut.log.gz", gzip.compress(LINE * 999)[:-20], "partial", "The gz archive is damaged or cut: "),
    ("broken.log.gz", gzip.compress(LINE * 999)[:12], "refused", "damaged or cut"),
    ("none.tar.gz", gzip.compress(bytes(10_240)), "refused", "The tar archive is empty."),
    ("bomb.zip", zipped(("zeros.log", bytes(50_000_000))), "refused", "archive bomb"),
    ("bomb.log.gz", gzip.compress(bytes(50_000_000)), "refused", "archive bomb"),
    ("cut.har", har_bytes(call(), call(500))[:-300], "partial", "whole entries were read"),
    ("not.har", b'{"log": {"entries": 7}}', "partial", "it is not a HAR"),
    ("deep.json", b"[" * 100_000 + b"]" * 100_000, "partial", "nested deeper than 500 levels"),
    ("deep.har", b'{"log":{"entries":' + b"[" * 100_000, "partial", "nested deeper than 500 levels"),
    ("saml.xml", DOCTYPE + saml_xml(), "partial", "DOCTYPE"),
    ("other.xml", b"<?xml version='1.0'?>" + DOCTYPE + b"<r>&x;</r>", "partial", "DOCTYPE"),
]


@pytest.mark.parametrize(
    "half", [rb"x \ud83d", rb"\ude00 x", rb"\ud83d\ud83d\ude00 x", rb"\ud83d and \\ud83d", rb"\ud83d\u0041"]
)
def test_a_har_with_half_of_a_surrogate_pair_is_whole(half: bytes) -> None:
    calls = [call(body="first"), call(body="jane.roe@customer.example @@"), call(received={"Set-Cookie": "sid=k3y@@"})]
    data = har_bytes(*calls).replace(b"@@", half)

    examination, stored = examined(("app.har", data))

    artifact = examination.artifacts[0]
    assert (artifact.state, artifact.reason) == (ArtifactState.READ, "")
    kept = b"".join(stored.values())
    assert len(json.loads(kept)["log"]["entries"]) == 3
    assert b"jane.roe" not in kept
    assert b"k3y" not in kept


@pytest.fixture(scope="module")
def together() -> list[Artifact]:
    examination, _ = examined(*((name, data) for name, data, _, _ in BAD))
    assert examination.refused == ""
    return list(examination.artifacts)


@pytest.mark.parametrize("index", range(len(BAD)), ids=[f"{name}: {words}" for name, _, _, words in BAD])
def test_bad_input_gets_a_clear_sentence(together: list[Artifact], index: int) -> None:
    _, _, state, words = BAD[index]

    assert together[index].state == ArtifactState(state)
    assert words in together[index].reason


def test_bad_input_does_not_stop_what_comes_after_it(together: list[Artifact]) -> None:
    assert len(together) == len(BAD)


def test_utf_16_is_read_as_text() -> None:
    artifact = only("windows.log", ("\ufeff" + "2026-03-02 09:00:00 INFO started\r\n" * 3).encode("utf-16-le"))

    assert (artifact.state, artifact.kind, artifact.encoding) == (ArtifactState.READ, "log", "utf-16")


def test_one_line_of_10_mb_is_read() -> None:
    assert only("long.log", b"2026-03-02 09:00:00 INFO " + b"abc " * 2_500_000).state is ArtifactState.READ


def test_a_cut_recording_keeps_its_whole_entries() -> None:
    examination, _ = examined(("cut.har", har_bytes(call(500), call(), call())[:-300]))

    assert "API11" in ids(examination.findings, State.FAIL)


def test_a_doctype_is_a_finding_at_its_line() -> None:
    examination, stored = examined(("saml.xml", b"\n" + DOCTYPE + saml_xml()))

    (failing,) = [one for one in examination.findings if one.state is State.FAIL]
    assert failing.check_id == "SAML01"
    assert b"root:" not in b"".join(stored.values())


def test_names_that_climb_out_stay_data_and_links_are_never_followed() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        climbing = tarfile.TarInfo("../../../../tmp/sevline-escaped.log")
        climbing.size = len(LINE)
        archive.addfile(climbing, io.BytesIO(LINE))
        link = tarfile.TarInfo("passwords.log")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("disk.log")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)

    examination, stored = examined(("bundle.tar.gz", target.getvalue()))

    assert [artifact.state for artifact in examination.artifacts] == [
        ArtifactState.READ,
        ArtifactState.REFUSED,
        ArtifactState.REFUSED,
    ]
    assert b"root:" not in b"".join(stored.values())


def test_names_that_lead_out_of_an_archive_are_told_and_shown_without_the_way_out() -> None:
    examination, _ = examined(
        (
            "bundle.zip",
            zipped(("../../etc/passwd", LINE), ("/abs/x.log", LINE), ("C:\\logs\\y.log", LINE), ("z.log", LINE)),
        )
    )

    assert [artifact.name for artifact in examination.artifacts] == [
        "bundle.zip/etc/passwd",
        "bundle.zip/abs/x.log",
        "bundle.zip/logs/y.log",
        "bundle.zip/z.log",
    ]
    assert examination.notes == ("The names of 3 members lead out of the archive; they were taken as names only.",)
    assert examination.notes[0] in as_text(examination)


def test_an_archive_whose_names_stay_inside_has_no_note() -> None:
    examination, _ = examined(("bundle.zip", zipped(("a..b/c.log", LINE), ("./d.log", LINE))))

    assert examination.notes == ()


def test_a_member_without_a_name_does_not_stop_the_archive() -> None:
    """Found by fuzzing: the library looks at the last letter of each name."""
    packed = zipped(("a.log", LINE), ("b.log", LINE))
    nameless = packed[: packed.rfind(b"b.log")] + b"\0.log" + packed[packed.rfind(b"b.log") + 5 :]
    examination, _ = examined(("app.zip", nameless))

    assert "Traceback" not in str(examination)
    assert len(examination.artifacts) >= 1


def test_archives_are_opened_two_deep() -> None:
    one = zipped(("app.log", LINE))
    three = zipped(("c.zip", zipped(("b.zip", one))))

    assert only("two.zip", zipped(("a.zip", one))).state is ArtifactState.READ
    assert "deeper" in only("three.zip", three).reason


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(LINE), bz2.compress(LINE), lzma.compress(LINE), zstandard.compress(LINE)],
    ids=["gz", "bz2", "xz", "zst"],
)
def test_compressed_logs_are_read(packed: bytes) -> None:
    assert only("app.log.packed", packed).kind == "log"


def test_a_zip_with_too_many_members_is_refused() -> None:
    data = zipped(*((f"{number}.log", b"") for number in range(30)))

    examination, _ = examined(("many.zip", data), limits=Limits(members=20))

    assert "more than 20 members" in examination.artifacts[-1].reason


def tarred(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


@pytest.mark.parametrize(("form", "packed"), [("zip", zipped), ("tar", tarred)])
def test_an_archive_with_too_many_members_is_refused_before_the_first_is_read(
    form: str, packed: Callable[..., bytes]
) -> None:
    data = packed(*((f"{number}.log", LINE) for number in range(30)))
    budget = Budget(Limits(members=20))

    with pytest.raises(RefusedArchiveError, match="more than 20 members"):
        next(opened(form, "many", data, budget))

    assert budget.expanded == 0
    assert len(list(opened(form, "few", data, Budget(Limits(members=30))))) == 30


def test_the_members_of_a_tar_are_counted_no_further_than_is_allowed() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for number in range(5):
            archive.addfile(tarfile.TarInfo(f"{number}.log"))

    assert [members_of_tar(target.getvalue(), most) for most in (3, 9)] == [3, 5]
