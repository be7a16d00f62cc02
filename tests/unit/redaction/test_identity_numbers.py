"""Numbers of authorities: right ones go, those with a wrong check digit stay."""

from random import Random

import pytest

from tests.redaction_corpus import persons_made
from tests.unit.redaction.looking import REDACTOR

KINDS = {
    "aadhaar": "in_aadhaar", "nhs": "uk_nhs", "cpf": "br_cpf", "cnpj": "br_cnpj", "nif": "es_nif", "nie": "es_nif",
    "codice fiscale": "it_codice_fiscale", "hetu": "fi_hetu", "personnummer": "se_personnummer", "rrn": "kr_rrn",
    "nino": "uk_nino",
}  # fmt: skip
NAMED = {
    "bsn": "nl_bsn", "pesel": "pl_pesel", "tckn": "tr_tckn", "tfn": "au_tfn", "abn": "au_abn",
    "german tax": "de_tax_id",
    "sin": "ca_sin_named", "imei": "imei", "aba": "us_aba", "lei": "lei",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_proves_its_kind_goes_wherever_it_stands(kind: str) -> None:
    value = persons_made.SHAPED[kind](Random(3))
    redacted = REDACTOR.text(f"it was ({value}), I think")
    assert value not in redacted.text
    assert redacted.counts == {KINDS[kind]: 1}
    assert REDACTOR.text(redacted.text).text == redacted.text


@pytest.mark.parametrize("kind", NAMED)
def test_a_number_that_many_others_look_like_goes_beside_its_name_only(kind: str) -> None:
    names, make = persons_made.NAMED[kind]
    value = make(Random(4))
    redacted = REDACTOR.text(f'{{"{names[0]}": "{value}"}}')
    assert value not in redacted.text
    assert redacted.counts == {NAMED[kind]: 1}
    assert NAMED[kind] not in REDACTOR.text(f"sequence {value} done").counts


@pytest.mark.parametrize(
    "text",
    [
        "7347 8984 1072", "652.777.575-04", "12.291.428/0001-11", "40043875A", "Z8691542A", "DBNDTT46L07D855A",
        "180190A520E", "850625-1713", "820508-1540294", "BG 12 34 56 A", "pesel 83061587975", "imei 357468286093413",
    ],
)  # fmt: skip
def test_a_number_with_a_wrong_check_stays(text: str) -> None:
    assert REDACTOR.text(f"a {text} b").text == f"a {text} b"
