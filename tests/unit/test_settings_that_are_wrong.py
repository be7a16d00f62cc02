"""A setting that cannot be used is said in a sentence, and nothing starts with another in its place."""

from pathlib import Path

import pytest

from sevline.config.options import load
from sevline.core.lifecycle import Refused


def refused() -> str:
    with pytest.raises(Refused) as said:
        load()
    return " ".join(said.value.reasons)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEVLINE_CONFIG", raising=False)


def test_a_settings_file_that_is_named_and_missing_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEVLINE_CONFIG", str(tmp_path / "nowhere.toml"))

    assert refused() == (
        f"SEVLINE_CONFIG names {tmp_path}/nowhere.toml, and there is no such file. Correct it, or unset the variable."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEVLINE_CONFIG", str(tmp_path))

    assert "there is no such file" in refused()


def test_without_the_variable_the_file_in_the_working_directory_may_be_missing() -> None:
    assert load().port == 8000


def test_a_settings_file_in_latin_1_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('mail_from = "café@localhost"\n'.encode("latin-1"))
    monkeypatch.setenv("SEVLINE_CONFIG", "latin.toml")

    assert refused() == "The settings file latin.toml is not UTF-8. Save it in UTF-8, as TOML demands."


WRONG = [
    ("SEVLINE_DATABASE_URL", "postgresql://a:top-secret@localhost:99999999/x", "a port is a number up to 65535"),
    ("SEVLINE_DATABASE_URL", "postgresql://a:top-secret@[::1/x", "its host or port cannot be read"),
    ("SEVLINE_SMTP_URL", "smtp://a:top-secret@h:notaport", "a port is a number up to 65535"),
    ("SEVLINE_SMTP_URL", "mail.example:25", "give smtp://user:password@host:port"),
    ("SEVLINE_SMTP_URL", "smtp://h:0", "its port is 0"),
    ("SEVLINE_BASE_URL", "https://desk.example:99999", "a port is a number up to 65535"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_an_address_that_cannot_be_read_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)

    said = refused()

    assert said.startswith(f"The setting {name} is not usable: ")
    assert sentence in said
    assert "top-secret" not in said
