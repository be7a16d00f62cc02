"""Private keys."""

from tests.unit.redaction.looking import REDACTOR, kept

ARMOUR = "-----{} RSA PRIVATE " + "KEY-----"
BODY = "MIIEpAIBAAKCAQEAabcdefghijklmnop"


def test_the_key_goes_and_the_lines_stay_the_same_lines() -> None:
    text = "\n".join(("before", ARMOUR.format("BEGIN"), BODY, BODY[::-1], ARMOUR.format("END"), "after"))
    redacted = REDACTOR.text(text)
    assert redacted.counts == {"private_key": 1}
    assert BODY not in redacted.text
    assert BODY[::-1] not in redacted.text
    assert redacted.text.split("\n")[5] == "after"
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_a_key_with_escaped_line_ends_goes() -> None:
    text = '{"k":"' + "\\n".join((ARMOUR.format("BEGIN"), BODY, ARMOUR.format("END"))) + '"}'
    assert BODY not in REDACTOR.text(text).text


def test_a_key_that_is_cut_off_goes() -> None:
    assert BODY not in REDACTOR.text(ARMOUR.format("BEGIN") + "\n" + BODY + "\n" + BODY[:20]).text


def test_public_keys_and_certificates_stay() -> None:
    certificate = "-----BEGIN CERTIFICATE-----\n" + BODY + "\n-----END CERTIFICATE-----"
    assert REDACTOR.text(certificate).text == certificate
    kept("private_key", "BEGIN PRIVATE KEY")
