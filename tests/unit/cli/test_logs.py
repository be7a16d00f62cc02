"""`sevline logs` as a person runs it, in a process of its own."""

import gzip
import json
import os
import random
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "samples" / "logs"


def sevline(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sevline", "logs", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"},
    )


def test_a_log_is_shown_as_patterns_with_an_example() -> None:
    done = sevline(SAMPLES / "java.log")
    text = done.stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert "java.log: 4 records in 10 lines, 100% read as Java" in text
    assert "checkout failed for cart <*>" in text
    assert "line 2: checkout failed for cart 17" in text


def test_it_redacts_before_it_shows() -> None:
    done = sevline("-", stdin=b"2026-03-01 10:00:00 ERROR mail to anna.lind@example.com from 203.0.113.9 refused\n")

    assert done.returncode == 0
    assert b"anna.lind" not in done.stdout
    assert b"203.0.113.9" not in done.stdout
    assert b"Redacted before it is shown" in done.stdout


def test_json_has_sources_redactions_and_patterns(tmp_path: Path) -> None:
    packed = tmp_path / "java.log.gz"
    packed.write_bytes(gzip.compress((SAMPLES / "java.log").read_bytes()))
    found = json.loads(sevline(packed, "--format", "json").stdout)

    assert found["sources"][0]["formats"] == {"java": 4}
    assert sum(pattern["count"] for pattern in found["patterns"]) == 4


def test_html_is_one_page_without_a_script() -> None:
    done = sevline(SAMPLES / "java.log", "--format", "html")

    assert done.stdout.startswith(b"<!doctype html>")
    assert b"<script" not in done.stdout


def test_labels_name_the_pattern_of_every_record(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    sevline(SAMPLES / "java.log", "--labels", labels)
    head, *rows = labels.read_text().splitlines()

    assert head == "line,pattern_id"
    assert [row.split(",")[0] for row in rows] == ["1", "2", "9", "10"]


def test_bare_takes_each_line_as_a_message(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    sevline(SAMPLES / "java.log", "--bare", "--labels", labels)

    assert len(labels.read_text().splitlines()) == 11


def test_a_window_and_a_comparison_are_read_as_utc() -> None:
    done = sevline(SAMPLES / "java.log", "--since", "2026-03-01T10:00:02", "--compare", "2026-03-01T10:00:03")

    assert b"first seen at or after 2026-03-01 10:00:03 UTC" in done.stdout
    assert b"started in" not in done.stdout


def test_a_cut_gz_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(b"2026-03-01 10:00:00 INFO request %d done\n" % n for n in range(20_000)))
    cut = tmp_path / "cut.log.gz"
    cut.write_bytes(data[: len(data) // 2])
    done = sevline(cut)

    assert done.returncode == 0
    assert b"The gz stream ends before its end" in done.stdout
    assert b"request <*> done" in done.stdout


def test_utf_16_and_nul_bytes_are_read_and_told() -> None:
    wide = sevline("-", stdin="2026-03-01 10:00:00 ERROR lost\n".encode("utf-16"))
    holes = sevline("-", stdin=b"\0" * 5000 + b"2026-03-01 10:00:00 ERROR mail to anna.lind@example.com lost\n")

    assert b"The text is UTF-16-LE." in wide.stdout
    assert b"NUL bytes were dropped" in holes.stdout
    assert b"anna.lind" not in holes.stdout


def test_an_empty_log_is_said_to_be_empty() -> None:
    done = sevline("-")

    assert done.returncode == 0
    assert b"empty, there is nothing to read" in done.stdout


@pytest.mark.slow
def test_more_messages_than_are_kept_apart_are_counted_and_it_is_said_that_patterns_stand_for_several(
    tmp_path: Path,
) -> None:
    log = tmp_path / "many.log"
    letters = "bcdfghjklmnpqrstvwxz"
    log.write_text(
        "".join(
            f"2026-03-01 10:00:00 INFO {a}{b}a{c} {c}{d}o{a} ended\n"
            for a in letters for b in letters for c in letters for d in letters
        )
    )  # fmt: skip

    done = sevline(log).stdout.decode()

    assert "160,000 records in 160,000 lines" in done
    assert "It holds more than 50,000 different messages" in done


def test_a_file_of_nul_bytes_alone_is_said_to_be_that(tmp_path: Path) -> None:
    log = tmp_path / "after-a-crash.log"
    log.write_bytes(b"\0" * 70_000)

    done = sevline(log)

    assert done.returncode == 0
    assert b"70,000 bytes, all of them NUL" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.log"], "There is no file or folder “missing.log”."),
        ([SAMPLES], "is a folder"),
        ([SAMPLES / "java.log", "--as", "nope"], "There is no log format called “nope”"),
        ([SAMPLES / "java.log", SAMPLES / "go.log", "--labels", "x.csv"], "give one path"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_1(arguments: list[str | Path], sentence: str) -> None:
    done = sevline(*arguments)

    assert (done.returncode, done.stdout) == (1, b"")
    assert sentence in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_moment_that_is_none_is_wrong_usage() -> None:
    assert sevline(SAMPLES / "java.log", "--since", "soon").returncode == 2


def noise(path: Path) -> Path:
    """50,000 bytes of every value."""
    path.write_bytes(random.Random(7).randbytes(50_000))
    return path


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    done = sevline(noise(tmp_path / "bin.log"))

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"bin.log is not text, so there is no log in it to read." in done.stderr


def test_a_packed_file_and_standard_input_that_are_no_text_are_refused(tmp_path: Path) -> None:
    data = noise(tmp_path / "bin.log").read_bytes()
    packed = tmp_path / "bin.log.gz"
    packed.write_bytes(gzip.compress(data))

    assert sevline(packed).returncode == 1
    assert b"Standard input is not text" in sevline("-", stdin=data).stderr


def test_among_others_a_file_that_is_no_text_is_named_and_left_out(tmp_path: Path) -> None:
    done = sevline(noise(tmp_path / "bin.log"), SAMPLES / "java.log")

    assert done.returncode == 0
    assert b"bin.log is not text" in done.stderr
    assert b"java.log: 4 records in 10 lines" in done.stdout


def test_zeros_before_a_rotated_log_are_no_reason_to_refuse_it(tmp_path: Path) -> None:
    rotated = tmp_path / "rotated.log"
    rotated.write_bytes(b"\0" * 20_000 + (SAMPLES / "java.log").read_bytes())

    assert sevline(rotated).returncode == 0


def test_the_logs_in_an_archive_are_read_and_what_is_no_text_in_it_is_named(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(SAMPLES / "java.log", "java.log")
        archive.write(noise(tmp_path / "core.bin"), "core.bin")
    done = sevline(bundle)
    piped = sevline("-", stdin=bundle.read_bytes())

    assert b"bundle.zip/java.log: 4 records in 10 lines" in done.stdout
    assert b"No text, and left out: bundle.zip/core.bin." in done.stdout
    assert b"standard input/java.log: 4 records" in piped.stdout


def test_documents_in_an_archive_are_left_out_and_years_are_told_from_when_a_member_was_changed(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    written = zipfile.ZipInfo("klog.log", (2022, 12, 21, 16, 44, 0))
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr(
            written, b"".join(b"I1221 09:43:%02d.100000 1 a.go:1] tick\n" % second for second in range(60))
        )
        archive.writestr("pods.json", b'[\n {"kind": "Pod",\n  "phase": "Running"}\n]\n')
        archive.writestr("chart.yaml", b"kind: Chart\nname: x\n")
    told = b" ".join(sevline(bundle).stdout.split())

    assert b"2022-12-21 09:43:00 to 2022-12-21 09:43:59 UTC" in told
    assert b"Documents and no logs, and left out: bundle.zip/pods.json, bundle.zip/chart.yaml." in told


def test_an_empty_archive_is_said_to_be_empty(tmp_path: Path) -> None:
    zipfile.ZipFile(tmp_path / "empty.zip", "w").close()

    assert b"an archive without any file in it" in sevline(tmp_path / "empty.zip").stdout


def test_labels_of_an_archive_are_refused(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(SAMPLES / "java.log", "java.log")

    assert b"an archive may hold several" in sevline(bundle, "--labels", tmp_path / "x.csv").stderr


def test_changes_from_a_file_are_told_near_the_onset(tmp_path: Path) -> None:
    log, changes = tmp_path / "shop.log", tmp_path / "changes.csv"
    lines = [
        f"2026-03-01 {10 + minute // 60}:{minute % 60:02}:{second:02} {'ERROR lost' if minute > 120 else 'INFO took'} 7"
        for minute in range(240)
        for second in range(0, 60, 10)
    ]
    log.write_text("\n".join(lines))
    changes.write_text("at,kind,title,component\n2026-03-01T11:59:00Z,deploy,shop 1.9,shop\n")
    done = sevline(log, "--compare", "2026-03-01T12:00:00Z", "--changes", changes).stdout.decode()

    assert "NEW        ERROR  from 2026-03-01 12:01:00 UTC" in done
    assert (
        "Deploy “shop 1.9” of the component that shows it, 2 min before the onset; correlated, not proven."
        in " ".join(done.split())
    )


def test_labels_that_do_not_fit_on_the_disk_are_taken_away_and_the_result_is_shown(tmp_path: Path) -> None:
    log, labels = tmp_path / "a.log", tmp_path / "l.csv"
    log.write_text("".join(f"worker finished job {number}\n" for number in range(3000)))

    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 8; exec {sys.executable} -m sevline logs {log} --labels {labels}"],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

    assert done.returncode == 1
    assert done.stderr.decode() == f"The labels could not be written to {labels}: File too large.\n"
    assert b"worker finished job <*>" in done.stdout
    assert not labels.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_result_that_cannot_be_written_is_said_in_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sevline", "logs", str(SAMPLES / "java.log")],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )

    assert (done.returncode, done.stderr) == (1, b"The result could not be written: No space left on device.\n")


def leaning(path: Path) -> Path:
    """Two hours of even traffic; then errors, first a few, which mostly name one tenant."""
    chance, lines = random.Random(7), []
    for second in range(0, 4 * 3600, 4):
        at = f"2026-03-01T{10 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
        lines.append(f'level=info ts={at} msg="request served" tenant=t-{chance.randint(1, 9)} n={second}')
        if second >= 2 * 3600 + 600 and second % 12 == 0:
            lines.append(f'level=error ts={at} msg="no answer from stock" tenant=t-{chance.choice("2224")} n={second}')
        if second == 3 * 3600:
            lines += [f'level=info ts={at} msg="queue drained" tenant=t-1 n={number}' for number in range(90)]
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("more", [(), ("--compare", "2026-03-01T12:10:00Z"), ("--since", "2026-03-01T11:00:00Z")])
def test_the_command_of_each_card_counts_the_same_again(tmp_path: Path, more: tuple[str, ...]) -> None:
    cards = json.loads(sevline(leaning(tmp_path / "a.log"), *more, "--format", "json").stdout)["stands_out"]
    words = [shlex.split(card["command"]) for card in cards]
    again = [json.loads(sevline(*each[2:], "--format", "json").stdout) for each in words]

    assert [each[:2] for each in words] == [["sevline", "logs"]] * len(cards)
    assert [
        card["count"] in {found["after"], *(value["count"] for value in found["naming"])}
        for card, found in zip(cards, again, strict=True)
    ] == [True] * len(cards)
    assert len(cards) >= 2


def test_a_query_for_what_the_log_does_not_hold_is_refused(tmp_path: Path) -> None:
    done = sevline(leaning(tmp_path / "a.log"), "--recount", "pattern=nosuch")

    assert done.returncode == 1
    assert b"There is no pattern" in done.stderr
