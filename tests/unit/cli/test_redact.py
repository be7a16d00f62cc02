"""`sevline redact` as a person calls it."""

import gzip
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from sevline.bench.archive import Budget, leaves
from sevline.bench.limits import Limits

ROOT = Path(__file__).resolve().parents[3]
KEY = "0f" * 32


def sevline(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-m", "sevline", "redact", *arguments],
        check=False,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=120,
    )


def test_standard_input_goes_to_standard_output() -> None:
    done = sevline("-", stdin=b"login of mia@example.com\nok\n")
    assert done.returncode == 0
    assert done.stdout.startswith(b"login of u")
    assert done.stdout.endswith(b".redacted.example\nok\n")
    assert b"email 1" in done.stderr
    assert b"random for this run" in done.stderr


def test_the_same_key_file_gives_the_same_pseudonyms_and_a_report(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    (tmp_path / "app.log").write_text("from 203.0.113.9\n")
    arguments = (str(tmp_path / "app.log"), "--key-file", str(tmp_path / "key"))
    written = sevline(*arguments, "-o", str(tmp_path / "out.log"), "--report", str(tmp_path / "report.json"))
    assert written.returncode == 0
    assert sevline(*arguments).stdout == (tmp_path / "out.log").read_bytes()
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"] == {"ipv4": 1}
    assert report["samples"]["ipv4"][0].startswith("ip-")
    assert report["detector_set_version"]
    assert report["not_looked_at"] == []


def test_a_folder_keeps_its_layout_and_names_what_it_left_out(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "mia@example.com.log").write_text("mia@example.com\n")
    (source / "empty.log").touch()
    (source / "photo.log").write_bytes(bytes(range(256)) * 40)
    (source / "bundle.zip").write_bytes(b"PK\x03\x04rest")
    (source / "link.log").symlink_to(source / "empty.log")
    done = sevline(str(source), "-o", str(out), "--report", str(tmp_path / "report.json"))
    written = sorted(file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file())
    assert done.returncode == 0
    assert len(written) == 2
    assert written[0].startswith("deep/u")
    assert written[1] == "empty.log"
    left_out = {row["name"] for row in json.loads((tmp_path / "report.json").read_text())["not_looked_at"]}
    assert left_out == {"photo.log", "bundle.zip", "link.log"}
    assert all(name.encode() in done.stderr for name in left_out)


def test_a_har_that_is_cut_off_is_redacted_as_text_and_the_person_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.har").write_bytes(b'{"log":{"entries":[{"u":"mia@example.com"')
    done = sevline(str(tmp_path / "cut.har"))
    assert done.returncode == 0
    assert b"mia" not in done.stdout
    assert b"redacted as plain text" in done.stderr


def test_what_cannot_be_done_is_refused_in_a_sentence_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "bundle.zip").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "binary.log").write_bytes(bytes(range(32)) * 400)
    (tmp_path / "key").write_text("short")
    (tmp_path / "a.log").write_text("x")
    out = tmp_path / "out"
    archive = sevline(str(tmp_path / "bundle.zip"), "-o", str(out))
    binary = sevline(str(tmp_path / "binary.log"), "-o", str(out))
    key = sevline(str(tmp_path / "a.log"), "--key-file", str(tmp_path / "key"))
    itself = sevline(str(tmp_path / "a.log"), "-o", str(tmp_path / "a.log"))
    folder = sevline(str(tmp_path))
    absent = sevline(str(tmp_path / "absent.log"), "-o", str(out))
    assert [done.returncode for done in (archive, binary, key, itself, folder, absent)] == [1] * 6
    assert b"damaged" in archive.stderr
    assert b"not text" in binary.stderr
    assert b"64 hex digits" in key.stderr
    assert not any(b"Traceback" in done.stderr for done in (archive, binary, key, itself, folder, absent))
    assert not out.exists()
    assert list(tmp_path.glob("*.part")) == []


def test_a_pipe_is_written_to_and_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "a.log").write_text("login of mia@example.com")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    done = sevline(str(tmp_path / "a.log"), "-o", str(pipe))
    read = os.read(reader, 4096)
    os.close(reader)

    assert done.returncode == 0
    assert pipe.is_fifo()
    assert read.endswith(b".redacted.example")


def test_a_folder_that_is_not_there_is_named_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("x")

    done = sevline(str(tmp_path / "a.log"), "-o", str(tmp_path / "none" / "a.log"))

    assert done.returncode == 1
    assert f"There is no folder {tmp_path / 'none'}" in done.stderr.decode()


def test_a_damaged_pdf_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\ngarbage")

    done = sevline(str(tmp_path / "a.pdf"), "-o", str(tmp_path / "b.pdf"))

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "The PDF is damaged, or its text cannot be read. Nothing of it was kept."
    ]


def test_a_mode_that_does_not_exist_is_wrong_usage() -> None:
    assert sevline("-", "--mode", "riddle").returncode == 2


def test_an_archive_keeps_its_form_and_layout_and_names_what_it_left_out(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as archive:
        for name, data in (("deep/app.log", b"from 203.0.113.9\n"), ("core", bytes(range(32)) * 400)):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as outer:
        outer.writestr("logs/mia@example.com.log", "mia@example.com\n")
        outer.writestr("logs/more.tgz", inner.getvalue())
        outer.writestr("users.csv", "id,first_name\n1,Mia\n")
    out, report = tmp_path / "out.zip", tmp_path / "report.json"
    done = sevline(str(tmp_path / "bundle.zip"), "-o", str(out), "--report", str(report))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out) as written:
        names = written.namelist()
        packed = io.BytesIO(written.read("logs/more.tgz"))
        table = written.read("users.csv")
    assert names[0].startswith("logs/u")
    assert names[1:] == ["logs/more.tgz", "users.csv"]
    with tarfile.open(fileobj=packed, mode="r:gz") as more:
        assert more.getnames() == ["deep/app.log"]
    assert table.startswith(b"id,first_name\n1,<PERSON-")
    told = json.loads(report.read_text())
    assert told["counts"] == {"email": 1, "ipv4": 1, "person_field": 1}
    assert [row["name"] for row in told["not_looked_at"]] == ["bundle.zip/logs/more.tar/core"]


def test_an_archive_that_unpacks_to_more_than_allowed_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.log", b"0" * 8_000_000)
    done = sevline(str(tmp_path / "bomb.zip"), "-o", str(tmp_path / "out.zip"), "--max-expanded", "4")
    assert done.returncode == 1
    assert b"unpacks to more" in done.stderr
    assert not (tmp_path / "out.zip").exists()


def test_a_picture_loses_its_metadata_and_the_report_asks_for_a_person(tmp_path: Path) -> None:
    picture = Image.new("RGB", (8, 8), "red")
    exif = picture.getexif()
    exif[0x010E] = "mia@example.com"
    picture.save(tmp_path / "shot.jpg", exif=exif)
    report = tmp_path / "report.json"
    done = sevline(str(tmp_path / "shot.jpg"), "-o", str(tmp_path / "out.jpg"), "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert b"mia@" in (tmp_path / "shot.jpg").read_bytes()
    assert b"mia@" not in (tmp_path / "out.jpg").read_bytes()
    assert json.loads(report.read_text())["files"][0]["to_be_confirmed_by_a_person"] is True


def test_national_telephone_numbers_are_known_in_free_text_for_the_countries_named() -> None:
    text = b"The desk has 01632960961 in the morning.\n"
    assert sevline("-", "--mode", "text", stdin=text).stdout == text
    assert sevline("-", "--mode", "text", "--regions", "GB,DE", stdin=text).stdout.startswith(b"The desk has <PHONE-")


SECRET = "Sum!mer" + "-2026x"


def test_a_secret_named_in_one_file_of_a_folder_is_masked_in_the_others_and_nothing_else_there_is_touched(
    tmp_path: Path,
) -> None:
    logs, out = tmp_path / "logs", tmp_path / "out"
    (logs / "deep").mkdir(parents=True)
    (logs / "a.log").write_text(f"WARN tried {SECRET} and failed\n")
    (logs / "a.xml").write_text(f"<a><said>tried {SECRET}</said></a>")
    (logs / "deep" / "b.log").write_text(f"DEBUG password={SECRET}\n")
    out.mkdir()
    (out / "mine.txt").write_text(f"I wrote {SECRET} here myself\n")

    done = sevline(str(logs), "-o", str(out))

    token = (out / "deep" / "b.log").read_text().split("password=")[1].strip()
    assert done.returncode == 0
    assert (out / "a.log").read_text() == f"WARN tried {token} and failed\n"
    assert (out / "a.xml").read_text() == f"<a><said>tried &lt;{token[1:-1]}&gt;</said></a>"
    assert SECRET in (out / "mine.txt").read_text()
    assert [path.name for path in out.rglob("*.again")] == []


def test_a_secret_named_in_one_member_of_an_archive_is_masked_in_the_others(tmp_path: Path) -> None:
    packed, out = tmp_path / "in.zip", tmp_path / "out.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.log", f"WARN tried {SECRET} and failed\n")
        archive.writestr("b.log", f"DEBUG password={SECRET}\n")

    done = sevline(str(packed), "-o", str(out))

    with zipfile.ZipFile(out) as archive:
        held = [archive.read(name).decode() for name in archive.namelist()]
    assert done.returncode == 0
    assert [SECRET in text for text in held] == [False, False]


BILLING = (
    "billing_event_id,type,amount,currency,idempotency_key,created_at\nb1,invoice.paid,{},EUR,k1,2026-11-24T09:00:00Z\n"
)
LETTER = """Hello,

these came twice:

| Ereignis-ID | Ereignisart | Betrag | Währung | Idempotency-Key | Zeitpunkt |
|---|---|---|---|---|---|
| b1 | invoice.paid | {} | EUR | k1 | 24.11.2026 09:01:00 |

Regards
"""


MEMBERS = (
    '"event_id": "b1", "event_type": "invoice.paid", "amount": 77123.45, "currency": "EUR", "idempotency_key": "k1"'
)
BILLS = {
    "made.csv": BILLING.format("77123.45"),
    "made.txt": BILLING.format("77123.45"),
    "letter.txt": LETTER.format("77123.45"),
    "made.json": f"[{{{MEMBERS}}}]",
    "made.jsonl": f"{{{MEMBERS}}}\n" * 2,
}


@pytest.mark.parametrize(("name", "text"), BILLS.items())
def test_amounts_of_billing_events_are_masked(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    done = sevline(str(tmp_path / name))

    assert done.returncode == 0
    assert b"77123" not in done.stdout
    assert b"AMOUNT" in done.stdout
    assert b"EUR" in done.stdout


def test_amounts_that_are_none_of_a_billing_event_stay() -> None:
    done = sevline("-", stdin=b"2026-11-24T09:00:00Z INFO amount=77123.45 rows read\n" * 3)

    assert done.stdout.count(b"77123.45") == 3


def test_a_token_that_was_broken_over_lines_is_masked_whole() -> None:
    header, claims = b"eyJhbGciOiJIUzI1NiJ9", b"eyJzdWIiOiJraW1AZXhhbXBsZS5jb20iLCJleHAiOjE3OTUwMDAwMDB9"
    rest = b"Ab-9_Ab-9_Ab-9_Ab-9_Ab-9_Ab-9_Ab-9_Ab-9_Ab9"
    token = header + b"." + claims + b"." + rest

    done = sevline("-", stdin=b"our token:\n\n> " + token[:60] + b"\n> " + token[60:] + b"\n\nRegards\n")

    assert rest[:20] not in done.stdout
    assert claims[-12:] not in done.stdout
    assert done.stdout.endswith(b"Regards\n")


def test_a_log_with_runs_of_zeros_is_redacted_around_them_and_a_database_is_left_out(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    line = b"2026-11-16T10:00:00Z INFO mia@example.com\n"
    (source / "power.log").write_bytes(bytes(500) + line * 9 + bytes(4_096) + line)
    (source / "zeros.img").write_bytes(bytes(90_000) + line)
    with sqlite3.connect(source / "users.db") as database:
        database.execute("CREATE TABLE users (mail TEXT, said TEXT)")
        database.executemany("INSERT INTO users VALUES (?, ?)", [("mia@example.com", "first\nsecond")] * 300)
        database.commit()

    done = sevline(str(source), "-o", str(out))

    written = (out / "power.log").read_bytes()
    assert [file.name for file in out.iterdir()] == ["power.log"]
    assert done.stderr.count(b"is not text, so nothing in it could be redacted") == 2
    assert (written[:500], written.count(b"\0"), written.count(b"\n")) == (bytes(500), 4_596, 10)
    assert b"mia@" not in written


def _cut(kind: str, lines: bytes) -> bytes:
    """An archive of a short file and a long one, or the long one alone, without its last third."""
    packed = io.BytesIO()
    if kind == "gz":
        packed.write(gzip.compress(lines))
    elif kind == "zip":
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("first.log", lines[:2000])
            archive.writestr("second.log", lines)
    else:
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for name, data in (("first.log", lines[:2000]), ("second.log", lines)):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()[: -len(packed.getvalue()) // 3]


@pytest.mark.parametrize("kind", ["gz", "zip", "tgz"])
def test_of_an_archive_that_is_cut_off_what_can_be_read_is_redacted_and_the_rest_is_named(
    tmp_path: Path, kind: str
) -> None:
    chance = Random(9)
    lines = b"".join(b"user=mia.wong@example.com at=%d\n" % chance.getrandbits(60) for _ in range(900))
    (tmp_path / f"app.log.{kind}").write_bytes(_cut(kind, lines))
    done = sevline(
        str(tmp_path / f"app.log.{kind}"), "-o", str(tmp_path / "out"), "--report", str(tmp_path / "report.json")
    )
    read = [
        member.data for member in leaves("out", (tmp_path / "out").read_bytes(), Budget(Limits())) if not member.refused
    ]
    told = [row["reason"] for row in json.loads((tmp_path / "report.json").read_text())["not_looked_at"]]
    assert done.returncode == 0
    assert b".redacted.example at=" in read[0]
    assert not any(b"mia.wong" in data for data in read)
    assert any("missing in what was written" in reason for reason in told)
    assert b"is not whole" in done.stderr
