"""Whom the records of a log name is told in the terminal, with its values masked."""

import json
from pathlib import Path

import pytest

from sevline.cli.naming import Naming
from sevline.core.mining import mine
from tests.unit.cli.test_logs import sevline


def record(number: int, level: str, text: str, tenant: str) -> str:
    at = f"2026-03-01T10:{number // 60:02d}:{number % 60:02d}Z"
    return json.dumps({"ts": at, "level": level, "msg": f"{text} {number}", "tenant": tenant})


def write(path: Path) -> Path:
    lines = [record(number, "INFO", "served", f"t{number % 7}") for number in range(600)]
    lines[::20] = [record(number, "ERROR", "refused", "anna.lind@example.com") for number in range(0, 600, 20)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_tenant_that_a_pattern_leans_to_is_told_and_masked(tmp_path: Path) -> None:
    done = sevline(write(tmp_path / "shop.json")).stdout.decode()

    assert "SKEW       ERROR" in done
    assert "100% of its records name tenant u" in done
    assert "Fisher's exact test" in done
    assert "anna.lind" not in done


def test_the_values_of_each_pattern_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "shop.json")
    naming = Naming([str(path)])
    assert naming.values is not None
    state = mine([path.read_bytes()], watch=naming.values.watch)

    counted = naming.shares(state)

    refused = next(pattern for pattern in state.patterns() if pattern.level == "ERROR")
    assert counted[refused.id] == {"tenant": {"anna.lind@example.com": 30}}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"served 1\nserved 2\n",
        b'{"events":[{"tenant":"a","message":"x"}]}',
        b"\x1f\x8b\0\0",
        "t=1\n".encode("utf-16"),
    ],
)
def test_of_what_names_nobody_in_its_lines_nothing_is_counted(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(text)

    assert Naming([str(path)]).values is None
    assert Naming([str(path)]).shares(mine([text])) == {}


def test_of_standard_input_and_of_several_logs_nothing_is_counted(tmp_path: Path) -> None:
    path = str(write(tmp_path / "shop.json"))

    assert Naming(["-"]).values is None
    assert Naming([path, path]).values is None
