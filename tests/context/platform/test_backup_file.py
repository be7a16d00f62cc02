"""A backup file is checked before anything of it is used, and puts its keys nowhere but where keys lie."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sevline.cli.backup import _put_keys
from sevline.core.lifecycle import Refused
from sevline.platform.backup_file import BackupFile

KEY = "0a" * 32
PARTS = {"rows/platform.Event.jsonl": b"", "keys/master.key": KEY.encode(), "keys/audit.key": KEY.encode()}


@pytest.fixture(autouse=True)
def own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEVLINE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def packed(path: Path, parts: dict[str, bytes], told: dict[str, bytes] | None = None) -> Path:
    """A backup of these parts; `told` are those that its manifest was made over."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in (told or parts).items()}
    manifest = json.dumps({"format": 1, "version": "1.0", "sha256": digests}).encode()
    with tarfile.open(path, "w:gz") as archive:
        for name, data in {**parts, "manifest.json": manifest}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def test_the_keys_of_a_whole_backup_are_placed(tmp_path: Path) -> None:
    _put_keys(BackupFile(packed(tmp_path / "desk.tar.gz", {**PARTS, "keys/signing.key": KEY.encode()})))

    keys = tmp_path / "data" / "keys"
    assert {path.name: path.read_text() for path in keys.iterdir()} == dict.fromkeys(
        ("master.key", "audit.key", "signing.key"), KEY
    )


def test_a_signing_key_that_was_a_pass_phrase_is_not_written_and_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrase = b"a pass phrase of more than thirty-two letters"

    _put_keys(BackupFile(packed(tmp_path / "desk.tar.gz", {**PARTS, "keys/signing.key": phrase})))

    assert sorted(path.name for path in (tmp_path / "data" / "keys").iterdir()) == ["audit.key", "master.key"]
    assert "set it as before" in capsys.readouterr().out


LEADING_OUT = (
    "keys/../../../evil.txt",
    "keys/other.key",
    "/etc/evil",
    "vault/../evil",
    "evil.txt",
    "vault/a//b",
)


@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_part_that_no_backup_has_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    file = packed(tmp_path / "desk.tar.gz", {**PARTS, name: b"x"})

    with pytest.raises(Refused, match="nothing of it is used"):
        BackupFile(file)

    assert [path.name for path in tmp_path.iterdir()] == ["desk.tar.gz"]


def of_another_kind(path: Path) -> Path:
    path.write_bytes(b"nothing")
    return path


WRONG: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a changed key": (
        lambda path: packed(path, {**PARTS, "keys/audit.key": b"0b" * 32}, PARTS),
        "keys/audit.key is not what was written",
    ),
    "a part that the manifest does not name": (
        lambda path: packed(path, {**PARTS, "vault/a/b": b"x"}, PARTS),
        "other parts than its manifest names",
    ),
    "a part that is missing": (lambda path: packed(path, PARTS, {**PARTS, "vault/a/b": b"x"}), "is not a backup"),
    "a master key that is none": (
        lambda path: packed(path, {**PARTS, "keys/master.key": b"a pass phrase"}),
        "no usable master.key",
    ),
    "no audit key": (lambda path: packed(path, {"keys/master.key": KEY.encode()}), "no usable audit.key"),
    "a file of another kind": (of_another_kind, "is not a backup"),
}


@pytest.mark.parametrize("what", WRONG)
def test_keys_are_placed_only_after_every_part_was_compared(tmp_path: Path, what: str) -> None:
    make, sentence = WRONG[what]
    file = make(tmp_path / "desk.tar.gz")

    with pytest.raises(Refused, match=sentence):
        _put_keys(BackupFile(file))

    assert not (tmp_path / "data").exists()
