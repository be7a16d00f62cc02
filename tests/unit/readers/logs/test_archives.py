"""Archives are read as streams; what a damaged one still gives is kept, and said."""

import gzip
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from typing import BinaryIO, cast

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.readers.logs.archives import is_archive, logs_in
from sevline.core.readers.logs.streams import Inflow

TEXT = b"".join(b"2026-03-01 10:00:00 INFO request %d done\n" % number for number in range(20_000))


class Pipe(io.RawIOBase):
    """A stream that can only be read forward."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(size)


def zipped(members: dict[str, bytes], *, pipe: bool = False) -> bytes:
    out = io.BytesIO()
    target: BinaryIO = out if not pipe else cast("BinaryIO", Unseekable(out))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


class Unseekable:
    """What zip is written to when it goes down a pipe: sizes then follow the data."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        return self._out.write(data)

    def flush(self) -> None:
        return


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, name: str = "x") -> tuple[dict[str, bytes], Inflow]:
    whole = Inflow()
    found = {
        member.name: b"".join(member.blocks) for member in logs_in(cast("BinaryIO", Pipe(data)), name, whole)
    }  # fmt: skip
    return found, whole


@pytest.mark.parametrize("pipe", [False, True])
def test_a_zip_is_read_from_a_pipe_member_by_member(pipe: bool) -> None:
    found, whole = read(zipped({"a.log": TEXT, "empty.log": b"", "d/b.log.gz": gzip.compress(b"b\n")}, pipe=pipe))

    assert found == {"x/a.log": TEXT, "x/empty.log": b"", "x/d/b.log.gz": b"b\n"}
    assert whole.notes == []


def test_archives_within_archives_are_opened() -> None:
    inner = gzip.compress(tarred({"deep.log": TEXT, "other.log": b"o\n"}))
    found, whole = read(zipped({"bundle.tar.gz": inner, "last.log": b"l\n"}))

    assert found == {"x/bundle.tar.gz/deep.log": TEXT, "x/bundle.tar.gz/other.log": b"o\n", "x/last.log": b"l\n"}
    assert whole.notes == []


def test_a_log_that_is_no_archive_is_itself() -> None:
    assert read(gzip.compress(TEXT), "app.log.gz")[0] == {"app.log.gz": TEXT}


@pytest.mark.parametrize(("data", "name"), [(zipped({"a": TEXT, "b": TEXT}), "x.zip"), (tarred({"a": TEXT}), "x.tar")])
def test_a_cut_archive_keeps_what_was_read(data: bytes, name: str) -> None:
    found, whole = read(data[: len(data) * 3 // 5], name)

    assert TEXT.startswith(found[f"{name}/a"])
    assert found[f"{name}/a"]
    assert ["cut or damaged" in note for note in whole.notes] == [True]


@pytest.mark.parametrize(("data", "name"), [(zipped({}), "x.zip"), (tarred({}), "x.tar.gz")])
def test_an_empty_archive_is_said_to_be_empty(data: bytes, name: str) -> None:
    packed = data if name == "x.zip" else gzip.compress(data)
    found, whole = read(packed, name)

    assert found == {}
    assert whole.notes == [f"{name} is an archive without any file in it."]


def test_an_archive_nested_too_deep_is_not_opened() -> None:
    data = TEXT
    for _ in range(6):
        data = zipped({"a.zip": data})
    found, whole = read(data)

    assert found == {}
    assert "nested too deep" in whole.notes[0]


def test_an_encrypted_member_is_named_and_the_next_is_read() -> None:
    data = bytearray(zipped({"secret.log": b"s", "open.log": b"o\n"}))
    data[6] |= 1
    found, whole = read(bytes(data))

    assert found == {"x/open.log": b"o\n"}
    assert whole.notes == ["secret.log is encrypted and was not read. Ask for it without a password."]


def test_a_7z_archive_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match="zip or tar"):
        read(b"7z\xbc\xaf\x27\x1c" + bytes(40))


def test_a_packed_log_in_a_packed_tar_is_a_log_and_a_tar_is_known_without_its_name() -> None:
    packed = gzip.compress(b"2026-03-01 10:00:00 INFO rotated\n" * 30)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("app.log.1.gz")
        entry.size = len(packed)
        archive.addfile(entry, io.BytesIO(packed))
    whole = Inflow()
    found = {member.name: b"".join(member.blocks) for member in logs_in(io.BytesIO(out.getvalue()), "bundle", whole)}

    assert is_archive(out.getvalue()[:512], "bundle")
    assert found == {"bundle/app.log.1.gz": b"2026-03-01 10:00:00 INFO rotated\n" * 30}
    assert not whole.notes


def test_a_member_tells_when_it_was_last_changed_as_far_as_its_archive_does() -> None:
    at = datetime(2022, 12, 21, 9, 43, 30, tzinfo=UTC)
    packed, dated = io.BytesIO(), zipfile.ZipInfo("a.log", at.timetuple()[:6])
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(dated, b"a\n")
    entry = tarfile.TarInfo("inner.zip")
    entry.size, entry.mtime = len(packed.getvalue()), at.timestamp() + 7200
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive_of_it:
        archive_of_it.addfile(entry, io.BytesIO(packed.getvalue()))
    found = [member.written for member in logs_in(io.BytesIO(out.getvalue()), "x", Inflow())]
    undated = [member.written for member in logs_in(io.BytesIO(tarred({"a.log": b"a\n"})), "x", Inflow())]

    assert (found, undated) == ([at], [None])


def test_a_tar_of_nothing_but_zeros_is_an_archive_without_a_file() -> None:
    found, whole = read(bytes(10_240), "x.tar")

    assert found == {}
    assert whole.notes == ["x.tar is an archive without any file in it."]
