"""Ways in and out that need a real browser: passkeys, second factors, links used once, ending other sessions."""

import hashlib
import hmac
import re
import struct
import time
from base64 import b32decode
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import sight
from tests.browser.product import Product
from tests.browser.sight import Sight
from tests.flow.served import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STEP = 30  # seconds for which one code of an authenticator app holds
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NEW_PASSWORD = "a long password for a new start"
Open = Callable[[str], Page]


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Open]:
    """A browser of somebody: cookies of its own, at this address."""
    contexts: list[BrowserContext] = []

    def open_one(url: str) -> Page:
        contexts.append(chromium.new_context(base_url=url, locale="en-GB", reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        return page

    yield open_one
    for context in contexts:
        context.close()


def with_authenticator(page: Page) -> None:
    """A platform authenticator that always says yes, as Chromium's developer tools offer one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def code_of(secret: str, at: float) -> str:
    """The six digits that an authenticator app shows at this second (RFC 6238)."""
    padded = secret + "=" * (-len(secret) % 8)
    digest = hmac.new(b32decode(padded), struct.pack(">Q", int(at) // STEP), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def sign_out(page: Page) -> None:
    page.goto("/people/me")
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url(re.compile("/accounts/log(in|out)/"))


def choose_password(page: Page, button: str) -> None:
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same password again").fill(NEW_PASSWORD)
    page.get_by_role("button", name=button).click()


def give_password(page: Page, who: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(f"{who}@sevline.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step of signing in")).to_be_visible()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Code of your authenticator app").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_at_the_desk(page: Page) -> None:
    expect(page.get_by_role("heading", name="Desk", level=1)).to_be_visible()


def test_a_passkey_that_was_added_signs_its_owner_in_without_a_password(product: Product, opened: Open) -> None:
    page = opened(product.url)
    with_authenticator(page)
    sight.sign_in(page, "eve", product.password)
    sight.confirm(page, product.password)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("A name for it").fill("Laptop")
    page.get_by_label("Sign in with it without a password (passkey)").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("recovery codes", ignore_case=True)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("cell", name="Passkey")).to_be_visible()
    window = Sight(page)
    window.look("passkeys--one")
    sign_out(page)

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    is_at_the_desk(page)
    sign_out(page)
    give_password(page, "eve", product.password)
    page.get_by_role("button", name="Use a passkey or security key").click()
    is_at_the_desk(page)
    assert not window.problems, "\n".join(window.problems)


def test_without_a_passkey_of_this_address_the_page_says_in_words_what_happened(product: Product, opened: Open) -> None:
    page = opened(product.url)
    with_authenticator(page)
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("The browser did not get a passkey")
    expect(page.get_by_label("Password")).to_be_editable()


def test_after_an_authenticator_app_is_set_up_a_password_alone_lets_nobody_in(product: Product, opened: Open) -> None:
    page = opened(product.url)
    sight.sign_in(page, "ravi", product.password)
    sight.confirm(page, product.password)
    page.goto("/accounts/2fa/totp/activate/")
    secret = page.get_by_role("main").locator("code").inner_text()
    page.get_by_label("Six digits of the app").fill("000000")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("main")).to_contain_text("code", ignore_case=True)
    secret = page.get_by_role("main").locator("code").inner_text() or secret
    page.get_by_label("Six digits of the app").fill(code_of(secret, time.time()))
    page.get_by_role("button", name="Switch on").click()
    page.goto("/accounts/2fa/recovery-codes/")
    window = Sight(page)
    window.look("recovery-codes")
    window.open("/accounts/2fa/", 200, "second-factors--app")
    window.open("/accounts/2fa/totp/deactivate/", 200, "app--off")
    page.goto("/accounts/2fa/recovery-codes/")
    recovery = re.findall(r"\b[0-9a-f]{8}\b", page.get_by_role("main").inner_text())
    assert len(recovery) >= 8
    sign_out(page)

    give_password(page, "ravi", product.password)
    expect(page.get_by_role("button", name="Use a passkey or security key")).to_have_count(0)
    window.look("second-step")
    give_code(page, recovery[0])
    is_at_the_desk(page)
    sign_out(page)
    give_password(page, "ravi", product.password)
    give_code(page, recovery[0])
    expect(page.get_by_role("heading", name="Second step of signing in")).to_be_visible()
    time.sleep(STEP - time.time() % STEP + 1)  # a code is taken once, and the app has shown a new one by then
    give_code(page, code_of(secret, time.time()))

    is_at_the_desk(page)
    assert not window.problems, "\n".join(window.problems)


def test_signing_out_everywhere_else_ends_the_other_session_and_keeps_this_one(product: Product, opened: Open) -> None:
    here, there = opened(product.url), opened(product.url)
    for page in (here, there):
        sight.sign_in(page, "irina", product.password)
    here.goto("/people/me")

    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_role("main")).to_contain_text("Sessions")

    there.goto("/cases/")
    expect(there.get_by_role("heading", name="Sign in")).to_be_visible()
    here.goto("/")
    is_at_the_desk(here)


def test_the_first_administrator_is_made_on_an_empty_installation_by_the_link_that_the_server_prints(
    tmp_path_factory: pytest.TempPathFactory, opened: Open
) -> None:
    installed = Product(tmp_path_factory.mktemp("first"))
    installed.start()
    try:
        wait_until(lambda: "/setup/" in installed.said(), 20)
        link = re.search(r"http://localhost:\d+/setup/\S+", installed.said())
        assert link, installed.said()
        page = opened(installed.url)
        window = Sight(page)
        page.goto(link[0])
        window.look("setup")
        page.get_by_label("Your e-mail address").fill("first@desk.example")
        page.get_by_label("Your name").fill("Fay Larsen")
        choose_password(page, "Make administrator and sign in")
        is_at_the_desk(page)
        window.look("setup--desk")
        used = opened(installed.url)
        used.goto(link[0])

        expect(used.get_by_role("main")).to_contain_text("This set-up link does not work")
        assert not window.problems, "\n".join(window.problems)
    finally:
        installed.stop()


def test_an_invited_person_chooses_a_password_and_the_link_works_once(product: Product, opened: Open) -> None:
    admin = opened(product.url)
    window = Sight(admin)
    sight.sign_in(admin, "ada", product.password)
    admin.goto("/people/invite")
    admin.get_by_label("E-mail address").fill("newcomer@sevline.example")
    admin.get_by_label("Name").fill("Nel Comer")
    admin.get_by_label("Agent").check()
    admin.get_by_label("Integrations").check()
    admin.get_by_role("button", name="Invite").click()
    link = admin.get_by_label("Invitation").input_value()
    window.look("invitation-link")

    page = opened(product.url)
    page.goto(link)
    guest = Sight(page)
    guest.look("invitation")
    choose_password(page, "Choose password and sign in")
    is_at_the_desk(page)
    second = opened(product.url)
    second.goto(link)

    expect(second.get_by_role("main")).to_contain_text("does not work")
    assert not window.problems + guest.problems, "\n".join(window.problems + guest.problems)


def test_without_a_mail_server_an_administrator_hands_over_the_link_for_a_new_password(
    product: Product, opened: Open
) -> None:
    page, admin = opened(product.url), opened(product.url)
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Forgotten your password?").click()
    expect(page.get_by_role("main")).to_contain_text("Ask an administrator of this desk")
    sight.sign_in(admin, "ada", product.password)
    admin.goto("/people/?q=dir")
    admin.get_by_role("link", name="Dirk Vandenberg").click()
    admin.get_by_role("button", name="Make a link for a new password").click()
    page.goto(admin.get_by_label("New password").input_value())
    choose_password(page, "Set password")
    expect(page.get_by_role("status")).to_contain_text("Your new password is set")
    page.get_by_label("E-mail address").fill("dir@sevline.example")
    page.get_by_label("Password").fill(NEW_PASSWORD)

    page.get_by_role("button", name="Sign in", exact=True).click()

    is_at_the_desk(page)
