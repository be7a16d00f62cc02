"""E-mail addresses."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("from mia.lind+x@mail.example.com today", "mia.lind"),
        ("?email=mia%40example.com&x=1", "mia"),
        ('{"m":"mia@example.com"}', "mia"),
        ("next=https%3A%2F%2Fapp.example%3Fm%3Dmia%40example.com", "mia%40"),
        ("o'brien@example.com", "brien"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"email": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "email",
        "user@localhost",
        "java.sql.SQLTransientConnectionException@c.n.export.ExportService.run",
        "ValueError@billing.Charge.post",
        "a @ b",
        "@decorator.example",
        "git@host",
        "5 @ 3.50",
    )


def test_the_same_user_and_the_same_domain_are_seen_to_be_the_same() -> None:
    one, two, three = (REDACTOR.text(text).text for text in ("a@x.example", "b@x.example", "A%40x.example"))
    assert one.partition("@")[2] == two.partition("@")[2]
    assert one.replace("@", "%40") == three


@pytest.mark.parametrize(
    "text", ["Mia.Lind@NorthWind.Example", "MiaError@northwind.example", "sqlException@Mail.example", "MIA@EXAMPLE.COM"]
)
def test_an_address_with_capitals_is_no_code(text: str) -> None:
    assert REDACTOR.text(text).counts == {"email": 1}


@pytest.mark.parametrize(
    "text",
    [
        "anna@lysator.liu.se",
        "From: mlind@openssh.com",
        "a.lind@libssh.org",
        "simon-t@openssh.com",
        "markus2@libssh.org",
    ],
)
def test_a_person_has_an_address_where_algorithms_have_their_names(text: str) -> None:
    assert REDACTOR.text(text).counts == {"email": 1}


@pytest.mark.parametrize("name", ["zlib@openssh.com", "rijndael-cbc@lysator.liu.se", "curve25519-sha256@libssh.org"])
def test_the_name_of_an_algorithm_is_no_address(name: str) -> None:
    kept("email", name)


@pytest.mark.parametrize(
    "written",
    ["joe [dot] miller [at] acme [dot] example", "joe(dot)miller(at)acme(dot)example", "joe.miller(at)acme.example"],
)
def test_points_before_the_sign_that_are_written_out_belong_to_the_address(written: str) -> None:
    assert REDACTOR.text(f"mail {written}").text == REDACTOR.text("mail joe.miller@acme.example").text
