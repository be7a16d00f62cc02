"""A page as people see it: in both themes, wide, on a phone and at 200 % zoom, and all that is wrong with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDE, NARROW, ZOOMED = 1440, 390, 720  # CSS pixels; 200 % of 1440 leaves 720
HEIGHTS = {WIDE: 900, NARROW: 844, ZOOMED: 450}
PICTURES = "SEVLINE_PICTURES"
AXE = Axe().axe_script
FINDS = "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = [...document.querySelectorAll("body *")].filter((el) => {
    const box = el.getBoundingClientRect();
    return box.right > room + 1 && box.width && !el.closest(".scroll-x, svg");
  });
  return document.documentElement.scrollWidth + " px by " + (wide.at(-1)?.outerHTML.slice(0, 160) ?? "?");
}"""
BROKEN = "() => [...document.images].filter((one) => one.complete && !one.naturalWidth).map((one) => one.src)"
UNSAID = r"""() => {
  const said = document.querySelector("main").cloneNode(true);
  for (const choice of said.querySelectorAll("label, option, script")) choice.remove();
  return said.textContent.match(/(\bNone\b(?!\.| [a-z])|\bundefined\b|\bNaN\b|\[object \w+\])/g) ?? [];
}"""


@dataclass
class Sight:
    """One browser window; `problems` are sentences that name page, theme and width."""

    page: Page
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    _said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._said.append(f"script error: {error}"))
        self.page.set_default_timeout(60_000)

    def open(self, address: str, status: int, name: str) -> None:
        """Go there and look at it, unless the address led to a page that was seen already."""
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": WIDE, "height": HEIGHTS[WIDE]})
        self._said.clear()
        answer = self.page.goto(address)
        assert answer is not None
        if answer.status != status:
            self.problems.append(f"{address}: answered {answer.status} in place of {status}")
        if self.page.url not in self.seen:
            self.seen.add(self.page.url)
            self.look(name)

    def look(self, name: str) -> None:
        """Everything about the page that is open now."""
        self.page.evaluate(AXE)
        for width in (WIDE, NARROW, ZOOMED):
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            self._find(f"{name} at {width} px", self._too_wide())
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)
            for width in (WIDE, NARROW):
                self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
                self._find(f"{name}, {theme}, {width} px", self._inaccessible())
                self._photograph(f"{name}--{theme}-{width}")
        self._find(name, [*self._said, *self._broken()])
        self._said.clear()

    def _find(self, where: str, problems: list[str]) -> None:
        self.problems += [f"{where}: {problem}" for problem in problems]

    def _too_wide(self) -> list[str]:
        too_wide = self.page.evaluate(OVERFLOW)
        return [f"scrolls sideways, {too_wide}"] if too_wide else []

    def _inaccessible(self) -> list[str]:
        found: list[list[str]] = self.page.evaluate(FINDS)
        return [f"axe {rule} {html[:200]}" for rule, html in found]

    def _broken(self) -> list[str]:
        images = [f"broken image {source}" for source in self.page.evaluate(BROKEN)]
        return images + [f"says “{word}”" for word in self.page.evaluate(UNSAID)]

    def _hear(self, message: ConsoleMessage) -> None:
        """Errors, which breaches of the content security policy are too; the page's own status is not one."""
        own: Any = message.location.get("url")
        if message.type == "error" and not (own == self.page.url and "status of" in message.text):
            self._said.append(f"console: {message.text[:300]}")

    def _photograph(self, name: str) -> None:
        if folder := os.environ.get(PICTURES):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name[:150]}.png", full_page=True)


@contextmanager
def window(chromium: Browser, url: str) -> Iterator[Sight]:
    """A window of its own, closed in the end."""
    context: BrowserContext = chromium.new_context(base_url=url, locale="en-GB", reduced_motion="reduce")
    try:
        yield Sight(context.new_page())
    finally:
        context.close()


def sign_in(page: Page, who: str, password: str) -> None:
    """By the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{who}@sevline.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")


def confirm(page: Page, password: str) -> None:
    """Say once more who one is, as pages about signing in ask for."""
    page.goto("/accounts/reauthenticate/?next=/people/me")
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/people/me")
