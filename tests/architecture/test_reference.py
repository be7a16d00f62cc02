"""The reference pages have something to say about everything that they list."""

import re

import typer.main
from tools.docs import bench, figures, glossary, markdown, system
from tools.docs.pages import ROOT

from sevline.cli import build
from sevline.config.options import Options
from sevline.core.checks import every_check
from sevline.core.kpi import KPIS
from sevline.core.readers.logs import FORMATS
from sevline.core.redaction.detector_set import every_detector

SOURCES = ROOT / "src" / "sevline"
_NAMED = re.compile(r'"(SEVLINE_[A-Z_]*[A-Z])"')


def test_every_setting_says_what_it_means() -> None:
    silent = [name for name, field in Options.model_fields.items() if not (field.description or "").endswith(".")]

    assert silent == []


def test_every_setting_stands_on_its_page() -> None:
    page = system.settings()

    assert [name for name in Options.model_fields if f"`SEVLINE_{name.upper()}`" not in page] == []


def test_every_name_of_the_environment_that_no_setting_is_stands_on_the_page_of_settings() -> None:
    page = system.settings()
    named = {name for path in SOURCES.rglob("*.py") for name in _NAMED.findall(path.read_text())}

    assert named
    assert [name for name in sorted(named) if name not in page] == []


def test_every_check_and_detector_says_what_it_looks_for() -> None:
    titles = {check.id: check.title for check in every_check()} | {each.kind: each.title for each in every_detector()}

    assert [key for key, title in titles.items() if not title.strip()] == []


def test_every_log_format_says_whether_a_real_file_was_seen() -> None:
    page = bench.log_formats()

    assert [form.key for form in FORMATS if f"`{form.key}`" not in page] == []
    assert page.count("No real file was seen.") == sum(not form.seen for form in FORMATS)


def test_every_kpi_has_a_definition() -> None:
    assert figures.page()
    assert [kpi.key for kpi in KPIS if len(kpi.definition) < 40] == []


def test_every_command_says_what_it_does() -> None:
    commands = list(system.leaves("sevline", typer.main.get_command(build())))

    assert len(commands) > 5
    assert [name for name, command in commands if not (command.help or "").strip()] == []


def test_every_term_is_explained_in_a_sentence() -> None:
    assert [term for term, meaning in glossary.terms().items() if not meaning.endswith(".")] == []


def test_every_named_value_of_the_core_stands_in_the_glossary() -> None:
    page = glossary.page()
    missing = [kind.__name__ for kind in glossary.named_values() if f".{kind.__name__}`" not in page]

    assert len(list(glossary.named_values())) > 20
    assert missing == []


def test_every_link_of_the_documents_leads_to_a_page() -> None:
    linked = [
        (page, link)
        for page in sorted((ROOT / "docs").rglob("*.md"))
        for link in markdown.links(page.read_text(encoding="utf-8"))
    ]

    assert len(linked) > 300
    assert [f"{page.relative_to(ROOT)}: {link}" for page, link in linked if not (page.parent / link).exists()] == []
