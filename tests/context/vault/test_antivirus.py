"""The malware scanner sees every byte on its way in; what it refuses or cannot look at is not kept."""

import shlex
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sevline.core.lifecycle import Refused
from sevline.evidence import actions
from sevline.evidence.models import Upload, UploadState
from sevline.platform.models import Event
from tests import make
from tests.cast import cast
from tests.context.evidence.test_upload import files_in_store

pytestmark = pytest.mark.django_db
# The harmless string that scanners agree to call malware, put together here so that no scanner finds this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + b"!$H+H*"
SCANNER = "import sys; sys.exit(1 if b'EICAR-STANDARD' in sys.stdin.buffer.read() else 0)"
COMMAND = f"command:{sys.executable} -c {shlex.quote(SCANNER)}"


def scan_with(settings: Any, setting: str) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"antivirus": setting})


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Path]:
    """Speaks INSTREAM as clamd does, on a socket of its own, for as many files as a test sends."""
    place = tmp_path / "clamd.ctl"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(place))
    server.listen()
    thread = threading.Thread(target=_answer, args=(server,), daemon=True)
    thread.start()
    yield place
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def _answer(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            data = b""
            while length := int.from_bytes(stream.read(4), "big"):
                data += stream.read(length)
            found = b"stream: Eicar-Test FOUND\0" if b"EICAR-STANDARD" in data else b"stream: OK\0"
            connection.sendall(found)


@pytest.fixture(params=["command", "clamd"])
def scanner(request: pytest.FixtureRequest, settings: Any, clamd: Path) -> None:
    scan_with(settings, {"command": COMMAND, "clamd": f"clamd:{clamd}"}[request.param])


def test_a_clean_file_is_kept_with_what_the_scanner_said(scanner: None) -> None:
    upload = actions.attach(make.case().key, "a.log", [b"2026-11-16T10:00:00Z INFO started\n" * 900], by=cast().sam)

    assert (upload.state, upload.scan.startswith("clean, by ")) == (UploadState.QUARANTINED, True)


def test_malware_is_refused_in_a_sentence_and_only_the_verdict_stays(
    scanner: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused, match="malware scanner found"):
        actions.attach(make.case().key, "a.log", [b"x" * 300_000, EICAR], by=cast().sam)

    upload = Upload.objects.get()
    assert (upload.state, upload.sha256, upload.original_id) == (UploadState.REFUSED, "", None)
    assert upload.scan != ""
    assert files_in_store() == []
    assert Event.objects.filter(kind="evidence.refused").count() == 1


@pytest.mark.parametrize(
    "setting",
    ["clamd:/nowhere/clamd.ctl", "command:/nowhere/scan", f"command:{sys.executable} -c 'raise SystemExit(2)'"],
)
def test_a_scanner_that_does_not_answer_keeps_the_file_out(settings: Any, setting: str) -> None:
    scan_with(settings, setting)

    with pytest.raises(Refused, match="malware scanner does not answer"):
        actions.attach(make.case().key, "a.log", [b"2026-11-16 INFO x\n"], by=cast().sam)

    assert Upload.objects.count() == 0
    assert files_in_store() == []


def test_without_a_scanner_the_file_says_so() -> None:
    upload = actions.attach(make.case().key, "a.log", [b"2026-11-16 INFO x\n"], by=cast().sam)

    assert upload.scan == "not scanned: no malware scanner is set"
