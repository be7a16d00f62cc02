"""Behind a trusted proxy the limits by address count the people behind it, each alone."""

from typing import Any

import pytest
from django.test import Client

from sevline.evidence import actions
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> str:
    case = make.case(severity=2)
    return "/send/" + actions.make_link(case.key, by=cast().sam).url.rpartition("/")[2]


@pytest.fixture
def proxied(settings: Any) -> None:
    settings.OPTIONS = settings.OPTIONS.model_copy(update={"trusted_proxy": True})


def asked(address: str, forwarded: str) -> int:
    """The status that a request gets which the proxy at 127.0.0.1 passes on."""
    return Client().get(address, headers={"X-Forwarded-For": forwarded}).status_code


@pytest.mark.usefixtures("proxied")
def test_a_stranger_who_tries_links_does_not_close_those_of_customers(link: str) -> None:
    tried = [asked(f"/send/{number:043}", "203.0.113.66") for number in range(25)]

    assert set(tried) == {410}
    assert asked(link, "198.51.100.7") == 200
    assert asked(link, "203.0.113.66") == 410


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize("last", ["203.0.113.66", "203.0.113.66:40112", "[2001:db8::66]:40112", "2001:db8::66"])
def test_what_the_client_claims_before_the_address_that_the_proxy_saw_is_not_believed(link: str, last: str) -> None:
    for number in range(25):
        asked(f"/send/{number:043}", f"192.0.2.{number}, {last}")

    assert asked(link, f"192.0.2.200, {last}") == 410


def test_without_a_trusted_proxy_the_header_is_not_believed(link: str) -> None:
    for number in range(25):
        asked(f"/send/{number:043}", f"192.0.2.{number}")

    assert asked(link, "198.51.100.7") == 410


@pytest.mark.usefixtures("proxied")
@pytest.mark.parametrize("header", ["", "unknown", "a, b", "198.51.100.7, "])
def test_a_header_without_an_address_leaves_the_proxys_own(link: str, header: str) -> None:
    assert asked(link, header) == 200
