"""Numbers whose form alone says too little, beside a name that says what they are."""

import pytest

from sevline.core.redaction import Redactor

REDACTOR = Redactor(bytes(range(32)), regions=())


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("cc=3523-8878-0715-1883", "card_named", "3523"),
        ('{"pan": "588076047103"}', "card_named", "588076047103"),
        ("X-Pan: 060477287720", "card_named", "060477287720"),
        ("NINO: ZZ 55 94 43 T", "identity_named", "55 94"),
        ("aadhaar=487064914350", "identity_named", "487064914350"),
        ("SV-Nummer: 65180596D246", "identity_named", "65180596D246"),
        ("iban GB97DVWC7776663601503", "iban", "DVWC"),
        ("peer 903c:78d6:bd22:3be:7c98:c1ed:fe6f:a2f closed", "ipv6", "78d6"),
    ],
)
def test_the_number_is_masked(text: str, kind: str, value: str) -> None:
    masked = REDACTOR.text(text)
    assert masked.counts == {kind: 1}
    assert value not in masked.text


@pytest.mark.parametrize(
    "text",
    [
        "cc=3523-8878-0715-1884",
        "panel 588076047103 and card 1763892000123 ms",
        "iban GB98DVWC7776663601503",
        "fe80:0:0:0:1a2f:3e23:4567:890a",
        "ff02:0:0:0:0:1:ff23:4567",
        "SHA256 ab:cd:ef:01:23:45:67:89:ab:cd",
        "00:11:22:33:44:55:66:77",
        "1234:5678:9abc:def0:1234:5678:9abc:def0:1234",
    ],
)
def test_a_number_that_only_looks_like_one_stays(text: str) -> None:
    assert REDACTOR.text(text).text == text
