"""A file name in an older encoding is shown as well as it can be, and costs nothing but a letter."""

import io
import json
import os
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
from tests.unit.bench.examining import examined
from typer.testing import CliRunner, Result

from sevline.bench.archive import printable
from sevline.bench.limits import Limits
from sevline.bench.sandbox import started
from sevline.cli import build
from sevline.core.lifecycle import Refused

LINE = b"2026-03-02 09:00:00 ERROR the pool is exhausted\n"
LATIN = os.fsdecode(b"caf\xe9.log")


def bundle() -> bytes:
    """A tar.gz with one such name and one good one."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name in (LATIN, "ok.log"):
            info = tarfile.TarInfo(name)
            info.size = len(LINE)
            archive.addfile(info, io.BytesIO(LINE))
    return target.getvalue()


def run(*words: object) -> Result:
    return CliRunner().invoke(build(), [*map(str, words)], catch_exceptions=False)


def folder(at: Path) -> Path:
    at.mkdir()
    for name in (LATIN, "ok.log"):
        (at / name).write_bytes(LINE)
    return at


def test_a_bundle_with_such_a_name_is_read_whole() -> None:
    examination, _ = examined(("bundle.tar.gz", bundle()))

    assert examination.refused == ""
    assert sorted(artifact.name for artifact in examination.artifacts) == [
        "bundle.tar/caf\ufffd.log",
        "bundle.tar/ok.log",
    ]


def test_a_source_with_such_a_name_is_read() -> None:
    examination, _ = examined((LATIN, LINE))

    assert [artifact.name for artifact in examination.artifacts] == ["caf\ufffd.log"]


def test_names_keep_every_letter_that_can_be_written() -> None:
    assert printable("été 日本 \udce9 \ud800.log") == "été 日本 \ufffd \ufffd.log"


def test_what_goes_wrong_while_the_parser_is_fed_ends_it_at_once() -> None:
    def feed(_pipe: IO[bytes]) -> None:
        raise UnicodeEncodeError("utf-8", "\udce9", 0, 1, "surrogates not allowed")

    with started(replace(Limits(), wall_seconds=3600), feed) as child:
        frames = list(child.frames())
        why = child.why()

    assert frames == []
    assert why == "The source could not be handed to the parser (UnicodeEncodeError)."


def test_analyze_reads_a_folder_with_such_a_name(tmp_path: Path) -> None:
    done = run("analyze", folder(tmp_path / "evidence"), "--format", "json")

    assert done.exit_code == 0
    assert sorted(artifact["name"] for artifact in json.loads(done.stdout)["artifacts"]) == ["caf\ufffd.log", "ok.log"]


def test_redact_keeps_the_name_of_the_file_and_writes_its_report(tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "report.json"

    done = run("redact", folder(tmp_path / "evidence"), "-o", out, "--report", report)

    assert done.exit_code == 0
    assert sorted(os.fsencode(path.name) for path in out.iterdir()) == [b"caf\xe9.log", b"ok.log"]
    assert sorted(file["name"] for file in json.loads(report.read_text())["files"]) == ["caf\ufffd.log", "ok.log"]


def test_redact_writes_a_bundle_with_such_a_name_and_its_report(tmp_path: Path) -> None:
    source, out, report = tmp_path / "bundle.tar.gz", tmp_path / "out.tar.gz", tmp_path / "report.json"
    source.write_bytes(bundle())

    done = run("redact", source, "-o", out, "--report", report)

    assert done.exit_code == 0
    with tarfile.open(out) as archive:
        assert sorted(archive.getnames()) == ["caf\ufffd.log", "ok.log"]
    assert len(json.loads(report.read_text())["files"]) == 2


def test_a_folder_without_files_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=f"There is no file to read in “{tmp_path}”"):
        run("analyze", tmp_path)
