"""What the documents show exists: commands, options, targets, settings, files and links."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner

from sevline.cli import build
from sevline.config.options import Options

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
        ROOT / "docs/index.md",
        ROOT / "docs/tutorial.md",
        *(ROOT / "docs/howto").glob("*.md"),
        *(ROOT / "docs/explanation").glob("*.md"),
    ]
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ASSIGNED = re.compile(r"^(?:SEVLINE_[A-Z_]+=\S+\s+)+")
EXAMPLES = (
    ("analyze", "tests/samples/saml"),
    ("redact", "tests/samples/logs/access.log"),
    ("logs", "tests/samples/logs/java.log"),
)
EVERY = pytest.mark.parametrize("name", NAMES)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(text: str) -> Iterator[str]:
    """What a reader would type: code spans, and lines of code blocks with or without the prompt."""
    written = [
        *SPAN.findall(FENCE.sub("", text)),
        *(line for block in FENCE.findall(text) for line in block.splitlines()),
    ]
    for line in written:
        typed = ASSIGNED.sub("", line.strip().removeprefix("$ ").replace(".venv/bin/python -m ", ""))
        if typed.startswith(("sevline ", "make ")):
            yield typed


def shown(name: str, program: str) -> list[list[str]]:
    return [words[1:] for words in map(shlex.split, commands(text_of(name))) if words[0] == program]


def unknown_words(command: object, words: list[str]) -> list[str]:
    """The words of a command line that are neither a command nor an option of it."""
    while isinstance(command, TyperGroup) and words:
        if words[0].startswith("--"):
            break
        if words[0] not in command.commands:
            return [words[0]]
        command, words = command.commands[words[0]], words[1:]
    assert isinstance(command, TyperCommand | TyperGroup)
    known = {option for param in command.params for option in param.opts} | {"--help"}
    return [word for word in words if word.startswith("-") and word != "-" and word not in known]


@EVERY
def test_every_sevline_command_that_is_shown_exists_with_its_options(name: str) -> None:
    root = typer.main.get_command(build())

    assert [(words, bad) for words in shown(name, "sevline") if (bad := unknown_words(root, words))] == []


@EVERY
def test_every_make_target_that_is_shown_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert [words for words in shown(name, "make") if not set(words) <= targets] == []


@EVERY
def test_every_setting_that_is_named_exists(name: str) -> None:
    known = {f"SEVLINE_{field.upper()}" for field in Options.model_fields} | {"SEVLINE_CONFIG"}

    assert set(re.findall(r"SEVLINE_[A-Z0-9_]*[A-Z0-9]", text_of(name))) - known == set()


@EVERY
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    broken = [link for link in LINK.findall(text_of(name)) if not leads_somewhere(ROOT / name, link)]

    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if not target.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
    return not anchor or anchor in {re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings}


@EVERY
def test_every_sample_that_a_command_reads_is_there(name: str) -> None:
    named = re.findall(r"tests/samples/[\w./-]*\w", text_of(name))

    assert [place for place in named if not (ROOT / place).exists()] == []


def test_the_documents_show_commands_of_both_kinds() -> None:
    assert len(shown("README.md", "sevline")) > 3
    assert {words[0] for words in shown("README.md", "make")} >= {"run", "test", "setup"}


def test_the_two_commands_of_the_readme_are_run_by_ci() -> None:
    script = (ROOT / ".ci/run").read_text()

    assert [target for target in ("test", "test-slow", "check") if f"make {target}\n" not in script] == []


def test_a_command_that_does_not_exist_is_noticed() -> None:
    root = typer.main.get_command(build())

    assert unknown_words(root, ["analyse", "x.log"]) == ["analyse"]
    assert unknown_words(root, ["analyze", "--loud", "x.log"]) == ["--loud"]
    assert unknown_words(root, ["audit", "prove"]) == ["prove"]


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_the_readme_shows_what_the_commands_print(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    (block,) = [
        block for block in FENCE.findall(text_of("README.md")) if block.startswith(f"$ sevline {' '.join(words)}\n")
    ]

    printed = CliRunner().invoke(build(), list(words)).output

    lines = {without_tokens(line) for line in printed.splitlines()}
    assert [line for line in block.splitlines()[1:] if line.strip() and without_tokens(line) not in lines] == []


def without_tokens(line: str) -> str:
    """Pseudonyms differ from run to run."""
    return re.sub(r"[0-9a-f]{16}", "…", line)


def test_the_picture_of_the_readme_is_small() -> None:
    assert (ROOT / "docs/images/packet.png").stat().st_size <= 250_000
