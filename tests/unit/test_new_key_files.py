"""A key's file of an installation, which several processes may make at the same moment."""

import os
from pathlib import Path

import pytest

from sevline.config.options import write_new


def test_nobody_sees_a_new_file_before_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, shown = tmp_path / "audit.key", []
    link = os.link

    def linked(begun: Path, path: Path) -> None:
        shown.append((path.exists(), begun.read_text()))
        link(begun, path)

    monkeypatch.setattr(os, "link", linked)

    write_new(key, "ab" * 32)

    assert shown == [(False, "ab" * 32)]
    assert [(path.name, path.read_text(), path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [
        ("audit.key", "ab" * 32, 0o600)
    ]


def test_the_process_that_was_quicker_wins_and_nothing_is_left_behind(tmp_path: Path) -> None:
    key = tmp_path / "audit.key"
    write_new(key, "ab" * 32)

    write_new(key, "cd" * 32)

    assert key.read_text() == "ab" * 32
    assert list(tmp_path.iterdir()) == [key]


def test_a_file_system_without_links_keeps_the_key_and_who_was_quicker_wins_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_begun: Path, _path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    key = tmp_path / "audit.key"

    write_new(key, "ab" * 32)
    write_new(key, "cd" * 32)

    assert [(path.name, path.read_text(), path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [
        ("audit.key", "ab" * 32, 0o600)
    ]
