"""Personal data as customers, agents and systems write it: marks, phrases and places that a form does not foresee."""

# ruff: noqa: E501 - lines are read whole

import pytest

from sevline.core.redaction import Mode
from tests.unit.redaction.looking import MASKS, REDACTOR, left_of


def _document(mode: Mode, text: str) -> str:
    redacted = REDACTOR.document(mode, text.encode()).data.decode()
    return _named(redacted)


def _named(redacted: str) -> str:
    return MASKS.sub(lambda found: f"<{found[1] or found[2]}>", redacted.replace("&lt;", "<").replace("&gt;", ">"))


@pytest.mark.parametrize(
    "number",
    ["6011/8727/8362/8957", "5314 - 2408 - 4817 - 4936", "2202-8720-6673-1807", "6362979338121597", "6082 8258 8729 6489", "9792-1569-3844-9736"],
)  # fmt: skip
def test_a_card_of_any_brand_is_masked_with_any_mark_between_its_groups(number: str) -> None:
    redacted = REDACTOR.text(f"paid with {number} today").text

    assert number not in redacted
    assert len(redacted) == len(f"paid with {number} today")
    assert REDACTOR.text(redacted).text == redacted


def test_numbers_of_documents_are_known_by_more_names() -> None:
    lines = [
        "vehicle registration SK71 FTH; Patente n. BO5447190K",
        '"aadhaar":"904145797171","rodneCislo":"825312/1921"',
        "registration number 4 of 5 is pending",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        "vehicle registration <IDENTITY>; Patente n. <IDENTITY>",
        '"aadhaar":"<IDENTITY>","rodneCislo":"<IDENTITY>"',
        "registration number 4 of 5 is pending",
    ]


def test_a_phrase_may_stand_between_a_word_and_its_number_or_date() -> None:
    lines = [
        "numero di cellulare in 338 44 71 902",
        "Rückrufnummer: 0651 44719-0",
        "Date de naissance du titulaire : 03/11/1958",
        "son poste est le 4417",
        "mobile to 10.2.3, call back in 15 minutes",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        "numero di cellulare in <PHONE>",
        "Rückrufnummer: <PHONE>",
        "Date de naissance du titulaire : <BIRTH-DATE>",
        "son poste est le <PHONE>",
        "mobile to 10.2.3, call back in 15 minutes",
    ]


def test_addresses_are_known_by_the_forms_of_more_countries() -> None:
    lines = [
        "Adressen er Nørregade 18. Kom til Bakkevej 4.",
        "Lange Straße 118 | 31134 Hildesheim",
        "au 18 bis, rue des Tanneurs, 37000 Tours",
        "Eircode: D02 XE80",
        "address_street=Leoforos+Alexandras+118&address_zip=11471",
        "Customer(last_name='Benítez', city='Luque')",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        "Adressen er <ADDRESS>. Kom til <ADDRESS>.",
        "<ADDRESS> | <ADDRESS>",
        "au <ADDRESS>",
        "Eircode: <ADDRESS>",
        "address_street=<ADDRESS>&address_zip=<ADDRESS>",
        "Customer(last_name='<PERSON>', city='<ADDRESS>')",
    ]


def test_who_is_greeted_or_told_of_is_masked_in_more_languages() -> None:
    lines = [
        "Gentile sig.ra Passalacqua,",
        "Estimado Lic. Ocampo, gracias",
        "Hey Quilla and Joaquín,",
        "Notre technicien Zebulon Thibodeau passera",
        "my wife Clothilda called, mein Mann Zacher auch",
        "kunden Zenobia Kjeldgaard (CPR 140279-1234) har ringt",
        "I, Zlatuška Wieczorek, born in Gdynia",
        "client Contoso Retail (tenant 4471); our partner Microsoft Azure; Arch Linux; Bay Area; son Los Angeles",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        "Gentile sig.ra <PERSON>,",
        "Estimado Lic. <PERSON>, gracias",
        "Hey <PERSON> and <PERSON>,",
        "Notre technicien <PERSON> passera",
        "my wife <PERSON> called, mein Mann <PERSON> auch",
        "kunden <PERSON> (CPR <DK-CPR>) har ringt",
        "I, <PERSON>, born in <ADDRESS>",
        "client Contoso Retail (tenant 4471); our partner Microsoft Azure; Arch Linux; Bay Area; son Los Angeles",
    ]


def test_a_given_name_alone_on_its_line_is_who_signed() -> None:
    assert (
        left_of("Voici le fichier.\n\nGaëtan\nTél. 06 44 71 90 22\nBerlin\n")
        == "Voici le fichier.\n\n<PERSON>\nTél. <PHONE>\nBerlin\n"
    )


def test_a_saint_in_the_name_of_a_place_is_no_person() -> None:
    assert left_of("meet in San Fernando Valley") == "meet in San Fernando Valley"


def test_folders_devices_and_logins_of_people_are_masked_in_more_forms() -> None:
    lines = [
        r"C:\Users\Folake Oyelaran\AppData\agent.exe",
        "Workstation Name: LT-OYELARAN",
        "Workstation Name: PC-SALES",
        'client-hostname "Petra-Novotnas-MBP"',
        '"device":{"name":"Tjorvens iPad"}',
        "dovecot: imap-login: Login: user=<wolfgang.prokop>, method=PLAIN",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        r"C:\Users\<PERSON>\AppData\agent.exe",
        "Workstation Name: LT-<PERSON>",
        "Workstation Name: PC-SALES",
        'client-hostname "<PERSON>-MBP"',
        '"device":{"name":"<PERSON> iPad"}',
        "dovecot: imap-login: Login: user=<<PERSON>>, method=PLAIN",
    ]


def test_a_mail_address_is_masked_as_it_is_spelled() -> None:
    spelled = [
        "m dot feldkamp at feldkamp-bau dot de",
        "m.feldkamp AT feldkamp-bau.de",
        "m point feldkamp arobase laposte point fr",
    ]

    masked = [REDACTOR.text(f"spelled {one}, he said").text for one in spelled]

    assert all(text.startswith("spelled u") and text.endswith(".redacted.example, he said") for text in masked)
    assert masked[0] == masked[1]
    assert left_of("look at the dot in the corner") == "look at the dot in the corner"


def test_the_columns_of_a_key_name_its_values() -> None:
    text = "DETAIL:  Key (last_name, first_name)=(Ngo Bassong, Edwige) already exists."

    assert left_of(text) == "DETAIL:  Key (last_name, first_name)=(<PERSON>, <PERSON>) already exists."


def test_elements_of_a_page_say_who_wrote() -> None:
    text = '<span class="sender">Zelpha Lorenzen</span> <b class="msg author">Zeppo</b> <td class="username">User name</td>'

    assert _named(REDACTOR.text(text).text) == (
        '<span class="sender"><PERSON></span> <b class="msg author"><PERSON></b> <td class="username">User name</td>'
    )


def test_an_element_says_whose_name_its_attribute_is() -> None:
    text = '<a><Contact name="A. Wüstenhagen"/><product name="Jordan Shoe"/><comment author="apinheiro">x</comment></a>'

    assert _document(Mode.XML, text) == (
        '<a><Contact name="<PERSON>"/><product name="Jordan Shoe"/><comment author="<PERSON>">x</comment></a>'
    )


def test_an_object_says_whose_its_number_is_and_that_a_name_is_a_things() -> None:
    text = (
        '{"drivers_licence":{"number":"447190CV"},"bank":{"account":"10447190"},"invoice":{"number":"2026-0417"},'
        '"product":{"name":"Jordan Shoe"},"displayName":"Mercury Exporter","preferredName":"Zik","caller_id":"Zenella Drummond"}'
    )

    assert _document(Mode.JSON, text) == (
        '{"drivers_licence":{"number":"<IDENTITY>"},"bank":{"account":"<IDENTITY>"},"invoice":{"number":"2026-0417"},'
        '"product":{"name":"Jordan Shoe"},"displayName":"Mercury Exporter","preferredName":"<PERSON>","caller_id":"<PERSON>"}'
    )


def test_an_account_with_a_contact_is_a_companys() -> None:
    text = "Account Name,Contact Name,City\nPinewood Dental,Dashiell Okafor,Portland\n"

    assert _document(Mode.CSV, text) == "Account Name,Contact Name,City\nPinewood Dental,<PERSON>,<ADDRESS>\n"


def test_what_a_form_calls_its_field_and_versions_stay() -> None:
    text = 'label.first_name=First name\nvorname=Vorname\nschema 1.2.3.4, ProductVersion="8.0.2.51"'

    assert left_of(text) == text


def test_a_telephone_number_is_known_by_words_and_calls_of_more_languages() -> None:
    lines = [
        "Broj telefona: 01 4471 902",
        "Tel. nr. 8 612 44 719",
        "Тел.: 8 (495) 447-19-02",
        "手机：13844719022",
        "טלפון: 052-4471902",
        "Chiami il 347 118 2290",
        "Zadzwoń 602 118 774",
    ]

    masked = left_of("\n".join(lines)).split("\n")

    assert [line.rpartition(" ")[2].rpartition("：")[2] for line in masked] == ["<PHONE>"] * 7


def test_a_day_of_birth_may_stand_behind_a_remark() -> None:
    lines = [
        "Geburtsdatum (TT.MM.JJJJ): 03.11.1958",
        "birth date verified: 03/11/1958",
        "DOB on file is 03/11/1958",
        "d.d.n. 03/11/1958",
    ]

    masked = left_of("\n".join(lines)).split("\n")

    assert all(line.endswith("<BIRTH-DATE>") for line in masked)


def test_more_documents_are_known_by_name() -> None:
    lines = [
        "VIN WVWZZZ1KZ9W447190",
        "občanský průkaz 204471902",
        "residence permit no. ZR4471902",
        "tablice rejestracyjne PO 4471X",
    ]

    assert all(line.endswith("<IDENTITY>") for line in left_of("\n".join(lines)).split("\n"))
    assert left_of("permit 1024 any; vin 12 days") == "permit 1024 any; vin 12 days"


def test_who_runs_a_job_or_becomes_somebody_else_is_masked() -> None:
    lines = [
        "CRON[1]: (dragoslav) CMD (/x)",
        "CRON[1]: (root) CMD (/x)",
        "su: (to root) mirjana on pts/0",
        "Kjære Zverre,",
    ]

    assert left_of("\n".join(lines)).split("\n") == [
        "CRON[1]: (<PERSON>) CMD (/x)",
        "CRON[1]: (root) CMD (/x)",
        "su: (to root) <PERSON> on pts/0",
        "Kjære <PERSON>,",
    ]


def test_a_sentence_ends_behind_a_town_whatever_letters_it_has() -> None:
    text = "adres ul. Wodna 44/7, 60-277 Poznań. Telefon: 61 847 19 02."

    assert left_of(text) == "adres <ADDRESS>. Telefon: <PHONE>."
