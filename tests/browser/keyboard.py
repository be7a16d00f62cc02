"""Somebody who has only a keyboard: what the Tab key does not reach is not there for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from playwright.sync_api import Locator, Page

from tests.browser.sight import AXE, FINDS, THEMES

MOST_TABS = 220
Role = Literal["button", "checkbox", "combobox", "link", "radio", "spinbutton", "textbox"]


class Keyboard:
    """Moves through one page by keys. Names are the accessible names that a screen reader would say."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.emulate_media(reduced_motion="reduce")  # axe must not meet a colour halfway between two themes
        self.violations: list[str] = []
        self.contents: list[str] = []

    def reach(self, role: Role, name: str, *, exact: bool = True) -> None:
        """Press Tab until this control has the focus."""
        self.reach_one(self.page.get_by_role(role, name=name, exact=exact), f"{role} “{name}”")

    def reach_one(self, wanted: Locator, words: str) -> None:
        wanted.first.wait_for(state="visible")
        focused = wanted.and_(self.page.locator(":focus"))
        self._until(lambda: focused.count() > 0, "Tab", words)

    def enter(self, role: Role, name: str, *, exact: bool = True) -> None:
        self.reach(role, name, exact=exact)
        self.page.keyboard.press("Enter")

    def follow(self, role: Role, name: str, *, exact: bool = True) -> None:
        """Press Enter on it and wait for the page that comes."""
        self.reach(role, name, exact=exact)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, name: str, text: str, *, role: Role = "textbox") -> None:
        """Put the text into a field in place of what stands there, as if pasted."""
        self.reach(role, name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, name: str, option: str) -> None:
        """Type ahead in a closed list."""
        self.reach("combobox", name)
        self.page.keyboard.type(option)
        chosen = self.page.locator(":focus").evaluate("list => list.selectedOptions[0].textContent.trim()")
        assert chosen.startswith(option), f"“{name}” says “{chosen}” after typing “{option}”."

    def pick(self, group: str, option: str) -> None:
        """Go into a group of radio buttons and move by arrow keys."""
        radios = self.page.get_by_role("group", name=group).get_by_role("radio")
        self.reach_one(radios, f"group “{group}”")
        wanted = self.page.get_by_role("group", name=group).get_by_role("radio", name=option)
        focused = wanted.and_(self.page.locator(":focus"))
        self._until(lambda: focused.count() > 0, "ArrowDown", option)
        self.page.keyboard.press("Space")

    def tick(self, name: str, *, exact: bool = True) -> None:
        self.reach("checkbox", name, exact=exact)
        self.page.keyboard.press("Space")

    def date(self, label: str, at: datetime) -> None:
        """Type a moment into a date field, part by part."""
        self.reach_one(self.page.get_by_label(label), f"date “{label}”")
        self.page.keyboard.type(f"{at:%m%d%Y}")
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(f"{at:%I%M%p}")
        assert self.page.locator(":focus").input_value() == f"{at:%Y-%m-%dT%H:%M}"

    def look(self) -> None:
        """Every rule of axe on every element of the page as it is now, in both themes, and what the page says."""
        self.page.evaluate(AXE)
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme)
            self.violations += [f"{self.page.url}, {theme}: {rule} {html[:160]}" for rule, html in self._found()]
        self.contents.append(self.page.content())

    def _found(self) -> list[list[str]]:
        found: list[list[str]] = self.page.evaluate(FINDS)
        return found

    def _until(self, there: Callable[[], bool], key: str, words: str) -> None:
        for _ in range(MOST_TABS):
            if there():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{words} is not reached by {MOST_TABS} presses of {key} on {self.page.url}.")
