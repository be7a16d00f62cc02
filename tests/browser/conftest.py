"""Chromium, and the demo desk in a running product. One of each serves all the tests of one pytest process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.product import Product


@pytest.fixture(scope="session")
def product(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The people and customers of the demo desk, served with the worker. Without Chromium nothing is started."""
    installed = Product(tmp_path_factory.mktemp("product"))
    installed.load_cast()
    installed.start()
    yield installed
    installed.stop()


@pytest.fixture(scope="session")
def demo_desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole demo desk, loaded once in a pytest process by the product's own command."""
    installed = Product(tmp_path_factory.mktemp("desk"))
    installed.load_demo_desk()
    installed.start()
    yield installed
    installed.stop()
