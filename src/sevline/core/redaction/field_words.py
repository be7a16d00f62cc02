"""What the name of a field means, in any case style and many languages: `passengerGivenName`, `insured/plate`, `Příjmení`.

A name is read as words. What they mean together with the words of what the field belongs to is looked up here; whether
a value fits is for who asks.
"""

# ruff: noqa: E501 - lists are read whole

from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache

from sevline.core.redaction.late import late


class Means(Enum):
    """What stands in a field."""

    NAME = auto()
    LOGIN = auto()
    PHONE = auto()
    BIRTH = auto()
    STREET = auto()
    CODE = auto()
    TOWN = auto()
    PAPER = auto()
    NOTHING = auto()


_CAMEL = late(r"(?<=[a-zß-ž0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = late(r"[^\W_]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NAMES = _set(
    "surname surnames forename forenames firstname lastname givenname givennames familyname fullname middlename lname fname vorname vornamen nachname nachnamen familienname rufname geburtsname prénom prénoms prenom prenoms apellido apellidos cognome cognomi sobrenome sobrenomes apelido apelidos"
    " voornaam voornamen achternaam familienaam roepnaam fornavn etternavn efternavn förnamn efternamn tilltalsnamn imię imie imiona nazwisko jméno jmeno příjmení prijmeni priezvisko meno etunimi etunimet sukunimi keresztnév vezetéknév családnév utónév prenume nume ime prezime priimek"
    " adı soyadı soyad isim имя фамилия отчество фио імя прізвище όνομα επώνυμο ονοματεπώνυμο vardas pavardė vārds uzvārds eesnimi perenimi perekonnanimi 氏名 姓名 名前 お名前 姓 名 フリガナ 이름 성명 姓氏 الاسم שם họ tên"
)
#: Parts of a name that other things have as well: they count beside each other, and under what is a person.
_PARTS = _set("first last given family middle")
_NAME = _set(
    "name names nom noms nome nomes nombre nombres naam navn namn nimi név jméno nazwa isim naziv numele vardas"
)
_WHO = _set(
    "person people contact customer client user owner passenger pax traveller traveler guest driver insured policyholder holder cardholder accountholder patient doctor physician nurse employee subscriber recipient sender consignee addressee payee payer beneficiary applicant"
    " candidate tenant landlord buyer seller attendee participant student teacher parent guardian child spouse partner caller requester requestor reporter submitter assignee author approver manager supervisor technician witness claimant debtor creditor victim signatory emergency"
    " renter resident visitor individual human donor winner player representative attorney lawyer billing shipping delivery billto shipto invoice mailing kin actor subject profile identity account"
    " kunde kundin versicherter versicherte versicherungsnehmer versicherungsnehmerin fahrer fahrerin halter halterin patientin mieter mieterin vermieter inhaber kontoinhaber karteninhaber ansprechpartner ansprechpartnerin kontakt empfänger empfaenger absender besteller auftraggeber antragsteller antragstellerin bearbeiter sachbearbeiter mitarbeiter"
    " mitarbeiterin gast teilnehmer melder rechnung lieferung rechnungsempfänger client cliente clienta kontaktperson assuré assurée titulaire locataire passager conducteur destinataire expéditeur salarié demandeur interlocuteur pasajero titular conductor paciente empleado solicitante asegurado huésped remitente destinatario"
    " passeggero intestatario paziente dipendente richiedente assicurato ospite mittente referente conducente passageiro hóspede utente funcionário segurado klant verzekerde huurder bestuurder medewerker contactpersoon aanvrager ontvanger afzender kund försäkrad förare mottagare avsändare anställd kunde forsikret fører ansat ansatt medarbejder asiakas vakuutettu"
    " matkustaja työntekijä klient pacjent pasażer kierowca ubezpieczony pracownik nadawca odbiorca zákazník pacient pojištěnec řidič cestující zaměstnanec zákazníka ügyfél beteg utas dolgozó müşteri yolcu hasta sürücü çalışan pasager angajat клиент пациент пассажир водитель сотрудник владелец получатель отправитель πελάτης ασθενής"
)
_LOGINS = _set(
    "login logon username userid samaccountname uid loginname logname benutzername benutzer anmeldename kennung benutzerkennung identifiant utilisateur usuario usuário utente gebruikersnaam gebruiker användarnamn användare brukernavn bruker brugernavn bruger käyttäjätunnus käyttäjä użytkownik uživatel felhasználó felhasználónév kullanıcı логин пользователь"
)
_PHONES = _set(
    "phone phones telephone telephonenumber phonenumber tel telno telnr telefon telefonnummer telefonnr telefono teléfono téléphone telefone telefoon telefoonnummer puhelin puhelinnumero matkapuhelin mobile mobilenumber mobil mobilnummer mobilnr mobiltelefon mobilni mobitel handy handynummer handynr cell cellphone cellulare celular móvil movil telemóvel telemovel gsm komórka komorka"
    " komórkowy telefonszám mobilszám τηλέφωνο τηλ κινητό тел телефон моб мобильный whatsapp viber fax faxnumber faxnummer telefax faks msisdn landline callback extension durchwahl nebenstelle rufnummer festnetz festnetznummer portable sími farsími telefonas telefons tālrunis telefoninumber 電話 電話番号 携帯 手机 手机号 电话 联系电话 연락처 전화 전화번호 휴대폰"
)
_BIRTHS = _set(
    "birth birthday birthdate dateofbirth dob bday geburtsdatum geburtstag geburt geboren gebdat naissance nacimiento nacido nascita nascimento geboortedatum geboorte fødselsdato fødselsdag födelsedatum syntymäaika syntymäpäivä urodzenia urodzin narození narozen narodenia születési születés naşterii nasterii nașterii doğum dogum"
    " рождения народження γέννησης rojstva rođenja rodjenja gimimo dzimšanas sünniaeg sünnikuupäev fæðingardagur 生年月日 出生日期 생년월일"
)
_STREETS = _set(
    "street address addr addressline streetaddress line1 line2 address1 address2 addressline1 addressline2 street1 street2 straße strasse strassenr anschrift wohnanschrift lieferanschrift rechnungsanschrift adresse rue voie calle dirección direccion domicilio indirizzo adres straat endereço endereco morada rua logradouro ulica adresa ulice utca cím lakcím adress gatuadress"
    " gateadresse vejnavn osoite katuosoite lähiosoite adrese aadress adresas adresi cadde sokak διεύθυνση адрес улица residence heimilisfang 住所 地址 주소"
)
_CODES = _set(
    "zip zipcode postcode postalcode postal plz postleitzahl cep postnummer postnr postinumero psč psc kodpocztowy irányítószám pincode eircode"
)
_TOWNS = _set(
    "city town suburb village ort wohnort stadt ortschaft ville commune localité ciudad población poblacion localidad municipio città citta comune cidade localidade plaats woonplaats stad poststed postort ort kommune kaupunki postitoimipaikka miasto miejscowość město mesto obec város település oraș oras localitate şehir ilçe grad город πόλη bærinn"
)
_PAPERS = _set(
    "plate plates numberplate kennzeichen kfzkennzeichen autokennzeichen registration immatriculation matrícula matricula targa kenteken rejestracja rejestracyjny spz rendszám passport passportnumber passportno reisepass reisepassnummer passeport pasaporte passaporto passaporte paspoort paszport pasport ausweis personalausweis ausweisnummer"
    " licence license driverslicence führerschein führerscheinnummer permis permiso patente rijbewijs rijbewijsnummer jazdy körkort kørekort førerkort ajokortti vin chassis fahrgestellnummer паспорт passnummer passinumero legitymacja dowód dowod průkaz"
)
#: What makes of a name that of something else, and of a number one of something else.
_OF_OTHERS = _set(
    "company firm firma organization organisation org domain host hostname file filename folder product project brand model service server application app program device package plan role group team department table column class type kind status count total event branch version mac ip ipv4 ipv6 email mail url uri web memory bus base street_type display_type"
    " school bank insurer airline hotel shop store vendor supplier carrier title index id guid uuid hash key token format mask pattern label placeholder error code_type city country region state province currency language lang timezone locale object resource image field"
    " queue topic job task workflow module bucket cluster node pod namespace container network interface policy rule template"
)
_MAY_END = _set(
    "number no nr num nummer numero número numéro numer text value full complete 1 2 3 date data datum datà fecha line"
)


#: Other fields that may stand between the two parts of a name.
MOST_BETWEEN = 2
_GIVEN = _set(
    "first given forename firstname givenname givennames fname vorname vornamen rufname prénom prenom nombre voornaam fornavn förnamn imię imie jméno jmeno meno etunimi keresztnév utónév prenume ime isim имя ім'я όνομα vardas vārds eesnimi"
)
_FAMILY = _set(
    "last family surname lastname familyname lname nachname familienname apellido apellidos cognome sobrenome apelido achternaam etternavn efternavn efternamn nazwisko příjmení prijmeni priezvisko sukunimi vezetéknév családnév nume prezime priimek soyad soyadı фамилия прізвище επώνυμο pavardė uzvārds perenimi"
)


#: In this order: a post code is no street's.
_BY_WORD = (
    (Means.NAME, _NAMES),
    (Means.PHONE, _PHONES),
    (Means.CODE, _CODES),
    (Means.STREET, _STREETS),
    (Means.TOWN, _TOWNS),
    (Means.PAPER, _PAPERS),
)
#: Words of others that make nothing else of a telephone, a code or a town.
_BESIDE = _set("code country city")


@lru_cache(maxsize=8_192)
def words_of(field: str) -> tuple[str, ...]:
    """The words of a name in small letters."""
    return tuple(_WORD.findall(_CAMEL.sub(" ", field).lower()))


def whole_names(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Of fields and values in order the given name and the family name that stand beside each other, as one."""
    given, family, since = "", "", 0
    for field, value in fields:
        said = {*words_of(field), "".join(words_of(field))}
        since += 1
        if since > MOST_BETWEEN:
            given, family = "", ""
        if said & _GIVEN and not said & _FAMILY:
            given, since = value, 0
        elif said & _FAMILY and not said & _GIVEN:
            family, since = value, 0
        if given and family:
            yield f"{given} {family}"
            given, family = "", ""


@lru_cache(maxsize=8_192)
def meaning(field: str, parent: str = "") -> Means:
    """What a field of this name holds, which belongs to `parent` (a path, an element, a heading)."""
    words = words_of(field)
    if not words or len(words) > 7:
        return Means.NOTHING
    said, joined = set(words), "".join(words)
    about = said | set(words_of(parent)) | {"".join(words_of(parent))}
    if _is_birth(said, joined):
        return Means.BIRTH
    others = said & _OF_OTHERS
    for means, of_it in _BY_WORD:
        if said & of_it or joined in of_it:
            return Means.NOTHING if others - of_it - _BESIDE else means
    if said & _NAME and said & _BIRTHS:  # of birth
        return Means.NAME
    return _of_person(words, said, about, others)


def _is_birth(said: set[str], joined: str) -> bool:
    return bool(said & _BIRTHS or joined in _BIRTHS) and not said & (_PLACES_OF_BIRTH | _NAME)


def _of_person(words: tuple[str, ...], said: set[str], about: set[str], others: set[str]) -> Means:
    """Names and logins, which are somebody's by what the rest says."""
    if others:
        return Means.NOTHING
    if said & _PARTS and said <= _PARTS | _NAME | _WHO | _MAY_END and (about & _WHO or about & _NAME):
        return Means.NAME
    if said & _NAME and about & _WHO and said <= _NAME | _WHO | _MAY_END | _FILLERS:
        return Means.NAME
    return Means.LOGIN if said & _LOGINS or "".join(words) in _LOGINS else Means.NOTHING


_PLACES_OF_BIRTH = _set("place ort lieu lugar luogo city country land pays geburtsort miejsce místo sted state")
_FILLERS = _set(
    "of the a de la le du des del della di da do der des dem van den het primary secondary main contact legal printed on card as in emergency next"
)


def says_whose(parent: str) -> bool:
    """Whether what belongs to this is a person's or an address."""
    return bool({*words_of(parent), "".join(words_of(parent))} & _ADDRESSES) or meaning("first", parent) is Means.NAME


_ADDRESSES = frozenset(
    (
        "billto",
        "shipto",
        "deliverto",
        "invoiceto",
        "soldto",
        "address",
        "billing",
        "shipping",
        "delivery",
        "adresse",
        "anschrift",
        "direccion",
        "dirección",
        "indirizzo",
        "endereço",
        "adres",
        "mailing",
        "postal",
        "residence",
        "home",
    )
)
