"""The law of the interface: contrast, logical sides, colours in one place, nothing inline."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import sevline
from sevline.ui.assets import SCRIPTS, STYLES
from sevline.ui.icons import SHAPES

PACKAGE = Path(sevline.__file__).parent
STATIC = PACKAGE / "ui" / "static"
SHEETS = sorted(PACKAGE.rglob("*.css"))
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
MODULES = sorted(PACKAGE.rglob("static/**/*.js"))

ROLE = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|color-mix)\(|:\s*(?:white|black|red|blue|green|grey|gray)\b"
)
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|"
    r"(?:min|max)-(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
SIDED = re.compile(r"\b(?:margin|padding|inset)\s*:\s*(\S+ (\S+) \S+ (\S+))\s*;")
MEDIA = re.compile(r"@media[^{]*")

SURFACES = ("surface", "canvas", "surface-sunken", "surface-raised", "surface-hover", "surface-selected")
STATES = ("sev-1", "sev-2", "sev-3", "sev-4", "ok", "warn", "bad", "idle")
TEXT = [
    *product(("text", "text-muted", "text-faint", "accent"), SURFACES),
    *product(STATES, ("surface", "canvas", "surface-hover", "surface-selected")),
    *((state, f"{state}-soft") for state in (*STATES, "accent", "internal")),
    *(("text", f"{tone}-soft") for tone in ("ok", "warn", "bad", "accent", "internal", "idle")),
    *(("text-muted", f"{tone}-soft") for tone in ("ok", "warn", "bad", "internal", "idle")),
    *(("on-accent", fill) for fill in ("accent-fill", "accent-fill-hover")),
    *product(("bad", "ok", "warn", "text", "text-muted"), ("surface-raised",)),
    ("public", "surface"),
    ("surface", "text"),
    ("bad", "plot-band"),
    ("text-muted", "plot-band"),
]
CONTROLS = [
    *product(("line-strong", "focus", "plot-base", "plot-bad", "plot-accent"), ("surface", "canvas")),
    ("line-strong", "surface-raised"),
    ("plot-bad", "plot-band"),
    ("accent-fill", "surface"),
]
PAIRS = [(4.5, *pair) for pair in TEXT] + [(3.0, *pair) for pair in CONTROLS]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def roles() -> dict[str, tuple[str, str]]:
    text = (STATIC / "sevline/css/tokens.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in ROLE.findall(text)}


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize(
    "rule", ["a { left: 0; }", "a { margin-left: 1px; }", "a { text-align: right; }", "a{width:1px}"]
)
def test_the_search_for_physical_sides_finds_one(rule: str) -> None:
    assert PHYSICAL.findall(rule) != []


@pytest.mark.parametrize("rule", ["a { color: #fff; }", "a { background: rgb(0 0 0); }", "a { color: white; }"])
def test_the_search_for_colours_finds_one(rule: str) -> None:
    assert COLOUR.findall(rule) != []


@pytest.mark.parametrize(("need", "front", "back"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_colour_stands_out_from_what_is_behind_it(
    roles: dict[str, tuple[str, str]], need: float, front: str, back: str, theme: int
) -> None:
    found = contrast(roles[front][theme], roles[back][theme])

    assert found >= need, f"{front} on {back} is {found:.2f}, needs {need}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_no_physical_side(sheet: Path) -> None:
    text = MEDIA.sub("", COMMENT.sub("", sheet.read_text(encoding="utf-8")))

    assert PHYSICAL.findall(text) == []
    assert [whole for whole, second, fourth in SIDED.findall(text) if second != fourth] == []


@pytest.mark.parametrize("sheet", [one for one in SHEETS if one.name != "tokens.css"], ids=lambda path: path.name)
def test_a_style_sheet_leaves_colours_to_the_tokens(sheet: Path) -> None:
    assert COLOUR.findall(COMMENT.sub("", sheet.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_uses_only_tokens_that_exist(sheet: Path) -> None:
    tokens = set(re.findall(r"--([\w-]+):", (STATIC / "sevline/css/tokens.css").read_text(encoding="utf-8")))
    used = set(re.findall(r"var\(--([\w-]+)", sheet.read_text(encoding="utf-8")))

    assert used - tokens == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_lives_in_a_layer(sheet: Path) -> None:
    assert COMMENT.sub("", sheet.read_text(encoding="utf-8")).lstrip().startswith("@layer")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_nothing_the_content_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle\s*=|<style\b", text) == []
    assert re.findall(r'<script(?![^>]*(?:\bsrc=|type="application/json"))', text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']|hx-on|javascript:", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_draws_only_icons_that_exist(template: Path) -> None:
    named = set(re.findall(r"{% icon \"([\w-]+)\"", template.read_text(encoding="utf-8")))

    assert named - set(SHAPES) == set()


@pytest.mark.parametrize("template", sorted((PACKAGE / "ui/templates/ui").glob("*.html")), ids=lambda path: path.name)
def test_a_component_stays_small(template: Path) -> None:
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 30


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_script_runs_no_text_and_stores_no_text_for_good(module: Path) -> None:
    text = module.read_text(encoding="utf-8")

    assert re.findall(r"\beval\(|new Function|innerHTML\s*=|insertAdjacentHTML|document\.write", text) == []
    assert set(re.findall(r"localStorage\.setItem\((\w+)", text)) <= {"OFF"}


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS])
def test_every_listed_asset_exists(path: str) -> None:
    assert (STATIC / path).is_file()


def test_every_style_sheet_of_the_interface_is_listed() -> None:
    found = {sheet.relative_to(STATIC).as_posix() for sheet in STATIC.rglob("*.css")}

    assert found == set(STYLES)
