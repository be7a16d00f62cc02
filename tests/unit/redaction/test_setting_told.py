"""Settings named in sentences, cookies that programs print, and what only looks like a secret beside its name."""

import pytest

from sevline.core.redaction import Mode
from tests.unit.redaction.looking import REDACTOR


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Our aws_secret_access_key is rhu9vvGn8VfZ" + "lVziG46ibhUE0L8D. It stopped.", "rhu9vv"),
        ("the dd_api_key we use is 7b783e894df66bb8" + "ef89351b53cd2636, could you look?", "7b783e"),
        ("please look at PGPASSWORD 3XPy874y3JM8" + " (see above)", "3XPy874"),
        ("Unser db_password lautet Ei31hu9vvG.", "Ei31hu"),
        ("the passwd is Kivd8eTA5E81.", "Kivd8e"),
        ("app.secret.key=7eNwrqCoyBEyn", "7eNwrq"),
        ("TRACE cookies=[laravel_session=cFJOMEgwD9EOOMPg] done", "cFJOME"),
        ("curl --cookie '_app_session=oiEO0F3pcsnJ4ZJe; theme=dark' x", "oiEO0F"),
        ('curl -b "__Host-session=oiEO0F3pcsnJ4" x', "oiEO0F"),
        ("cookies: {'sid': 'q8w7e6r5t4y3'}", "q8w7e6"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    masked = REDACTOR.text(text).text
    assert value not in masked
    assert REDACTOR.text(masked).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "1547803043.255033 token: pid=71535 rss=98452kB",
        "if given != expected_password: raise WrongError()",
        "password=[FILTERED]",
        "redis: {auth: {enabled: true}}",
        "SELECT id FROM users WHERE token = $1 AND id > 3",
        "the access_token is expired since Tuesday",
        "our api_key is required for /v2/orders",
        "the session_id we use is the one of the browser",
        "rotate client_secret before release 2026.11",
        "cookies=[] cookies: {} --cookie ''",
    ],
)
def test_what_tells_about_a_secret_and_is_none_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text


def test_of_a_string_of_settings_in_xml_only_the_secret_goes() -> None:
    text = b'<c><add name="Crm" connectionString="Data Source=sql02;Initial Catalog=x;Password=Rosen1930x" /></c>'

    masked = REDACTOR.document(Mode.XML, text).data.decode()

    assert "Rosen1930x" not in masked
    assert "Data Source=sql02;Initial Catalog=x;Password=&lt;SECRET-" in masked
