"""Values beside a name that says secret."""

import re

import pytest

from tests.unit.redaction.looking import REDACTOR, kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("password=hunter2&user=x", "hunter2"),
        ('{"password": "my pass \\" phrase"}', "phrase"),
        ('{\\"client_secret\\":\\"s3cr3t\\",\\"a\\":1}', "s3cr3t"),
        ("X-Api-Key: foo123", "foo123"),
        ("SAMLResponse=PHNhbWw%2BAAA%3D&RelayState=x", "PHNh"),
        ("u%3Fpassword%3Dhunter2%26x%3D1", "hunter2"),
        ("<password>hunter2</password>", "hunter2"),
        ("DB_PASSWORD=xyz987", "xyz987"),
        ("id_token=abc.def", "abc.def"),
        ("token: 'ab cd'", "ab cd"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert redacted.counts == {"secret": 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept(
        "secret",
        "Unexpected token: }",
        "Invalid token: expired",
        "max_tokens: 100",
        "token_type: Bearer",
        "password: required",
        "password=****",
        "PWD=/srv/app",
        "the password was wrong",
        "token=null",
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("password: Tr0ub4dor&3", "password: "),
        ("password: abc@def&ghi;jkl", "password: "),
        ("password=Tr0ub4dor&3 and then", "password= and then"),
        ("the password: ab,c&d=e;f, and then", "the password: , and then"),
        ("{id: 4, password: ab&c1}", "{id: 4, password: }"),
        ("Passwort: geheim$1#x", "Passwort: "),
        ("Kennwort=geheim$1#x", "Kennwort="),
        ("/in?password=ab1&next=/home", "/in?password=&next=/home"),
        ("/in?a=1&password=ab1&verbose HTTP/1.1", "/in?a=1&password=&verbose HTTP/1.1"),
        ("password=hunter2&user=x", "password=&user=x"),
        ("password=hunter2;path=/", "password=;path=/"),
        ("<i>password: abc&amp;1</i>", "<i>password: </i>"),
    ],
)
def test_no_part_of_a_password_stays_and_outside_a_query_an_ampersand_does_not_end_it(text: str, left: str) -> None:
    redacted = REDACTOR.text(text)
    assert re.sub(r"<SECRET-[0-9a-f]{16}>", "", redacted.text, count=1) == left
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_an_object_beside_a_name_that_says_secret_is_no_secret() -> None:
    kept(
        "secret",
        r"{\"name\":\"key\",\"secret\":{\"secretName\":\"github-app\"}}",
        '"secret": [',
        "processID=p1x",
        '"accessId": "p1"',
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SMTP_PASS:        Wint3r-Garten", "Wint3r-Garten"),
        ('  ~ password              = "Old-Pass-1999" -> "New-Pass-2026"', "Old-Pass-1999"),
        ('  ~ password              = "Old-Pass-1999" -> "New-Pass-2026"', "New-Pass-2026"),
        ('if ($http_x_internal_token != "ab12cd34ef56") {', "ab12cd34ef56"),
        ('<input type="password" name="p" value="t0psecret">', "t0psecret"),
        ('ConvertTo-SecureString "B4ckup-Pl4n" -AsPlainText', "B4ckup-Pl4n"),
        ("RABBITMQ_ERLANG_COOKIE=GOVIZ7BAQ7QHOVUVR47J", "GOVIZ7BAQ7QHOVUVR47J"),
        (".shop.example\tTRUE\t/\tTRUE\t1776000000\tsession\tHUC2s-1tumeb", "HUC2s-1tumeb"),
    ],
)
def test_a_value_goes_however_it_is_set_apart_from_its_name(text: str, value: str) -> None:
    masked = REDACTOR.text(text).text

    assert value not in masked
    assert REDACTOR.text(masked).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "  + password      = (sensitive value)",
        "  + token         = (known after apply)",
        'if token == "bearer":',
        'Error: secret "payment-gateway" not found in namespace "shop"',
        "export TOKEN=$(vault read -field=token secret/app)",
        "location ~ ^/v1/(?<token>[a-f0-9]+)/status$ { proxy_pass http://api; }",
        r"abcPw==\n-----END",
        "csrf: failed",
    ],
)
def test_what_only_stands_where_a_value_would_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"password": "The cat is called Minka."}', "Minka"),
        ('password: "Please open the barn door."', "barn"),
        ('passphrase = "Das Haus am See ist rot."', "Haus"),
        ('{"password": "Rootpass"}', "Rootpass"),
    ],
)
def test_a_sentence_that_somebody_chose_for_a_password_goes(text: str, value: str) -> None:
    assert value not in REDACTOR.text(text).text


@pytest.mark.parametrize(
    "text",
    [
        '{"password": "Das Passwort ist falsch."}',
        '{"token": "Please log in again."}',
        '{"password": "This field may not be blank."}',
        '{"password": "Il campo è obbligatorio."}',
    ],
)
def test_a_sentence_of_a_form_about_a_secret_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('password = " hunter' + '22x "', "22x"),
        ("PASSWORD=' hunter" + "22x '", "22x"),
        ('password = " hunter "', "hunter"),
        ('token="-----hunter' + '22xq7"', "22xq7"),
    ],
)
def test_a_secret_with_blanks_or_dashes_in_its_quotation_marks_goes(text: str, value: str) -> None:
    assert value not in REDACTOR.text(text).text


@pytest.mark.parametrize(
    "text",
    ['"user=" u " password=" pw " host="', 'log << "password=" << pw << "."', '"token=" . $token1 . "&x="'],
)  # fmt: skip
def test_a_variable_between_two_texts_of_a_program_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text
