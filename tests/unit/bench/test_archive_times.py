"""A log in an archive whose times name no year is of the year in which the archive says it was written."""

import io
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest
from tests.unit.bench.examining import examined

KLOG = b"E0221 09:43:10.123456       1 reflector.go:138] Failed to watch nodes: dial tcp: i/o timeout\n" * 3
AT = datetime(2026, 3, 1, tzinfo=UTC)
WRITTEN = datetime(2022, 2, 21, 16, 44, tzinfo=UTC)


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("bundle/server.log")
        info.size, info.mtime = len(KLOG), int(WRITTEN.timestamp())
        archive.addfile(info, io.BytesIO(KLOG))
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("bundle/server.log", WRITTEN.timetuple()[:6]), KLOG)
    return out.getvalue()


@pytest.mark.parametrize("data", [tarred(), zipped()], ids=["tar", "zip"])
def test_the_year_is_that_of_the_member(data: bytes) -> None:
    found, _ = examined(("bundle", data), at=AT)

    assert [pattern.first[:16] for pattern in found.patterns] == ["2022-02-21T09:43"]


def test_a_log_by_itself_is_of_the_year_before_it_came() -> None:
    found, _ = examined(("server.log", KLOG), at=AT)

    assert [pattern.first[:4] for pattern in found.patterns] == [str(AT.year)]
