"""Passwords on command lines, in .netrc, in .pgpass, beside their ids, and stored ones."""

import pytest

from tests.unit.redaction.looking import REDACTOR, kept

AWS_ID = "AKIA" + "QWERTYUIOPASDFGH"[:16]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("curl -u deploy:hunter2 https://example.com/", "hunter2"),
        ("mysql -h db -u app -p'hun ter2' orders", "hun ter2"),
        ("mysqldump -phunter2 orders", "hunter2"),
        ("sshpass -p hunter2 ssh host", "hunter2"),
        ("vault login --token hunter2", "hunter2"),
        ("machine example.com login deploy password hunter2", "hunter2"),
        ("db.internal:5432:orders:app:hunter2", "hunter2"),
        (AWS_ID + "," + "wJalrXUt" * 5, "wJalrXUt"),
        ("app:$2b$12$" + "a1B2c3D4" * 6 + "a1B2c:1000", "a1B2c3D4"),
    ],
)
def test_the_value_goes_and_a_second_run_changes_nothing(text: str, value: str) -> None:
    redacted = REDACTOR.text(text)
    assert value not in redacted.text
    assert sum(redacted.counts.values()) == 1
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_what_only_looks_like_it_stays() -> None:
    kept("command_secret", "docker run -p 8080:80 nginx", "ssh -p 2222 host", "psql -h db -U app", "tail -u 5 a:b")


def test_values_of_a_kubernetes_secret_go_and_their_names_stay() -> None:
    text = "apiVersion: v1\ndata:\n  user: YWRtaW4=\n  pw: aHVudGVyMg==\nkind: Secret\nmetadata:\n  name: db\n"
    masked = REDACTOR.text(text).text
    assert "aHVudGVyMg" not in masked
    assert "  pw: <SECRET-" in masked
    assert masked.endswith("kind: Secret\nmetadata:\n  name: db\n")
    assert REDACTOR.text(masked).text == masked


def test_the_name_of_a_kubernetes_secret_in_a_message_stays_and_a_devices_secret_goes() -> None:
    kept(
        "command_words", "couldn't find key password in Secret shop/db-creds", "key ca.crt in Secret kube-system/x.509."
    )

    assert "Hunter2/x9" not in REDACTOR.text("in Secret Hunter2/x9").text
    assert "hunter2-x9" not in REDACTOR.text("enable secret 5 hunter2-x9").text
