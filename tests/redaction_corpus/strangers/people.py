"""Personal data where other people write it: fields in five languages, letters, signatures, national forms of numbers."""

# ruff: noqa: E501 - the frames are read as the lines they make

import html
from collections.abc import Callable, Iterator
from ipaddress import IPv6Address
from random import Random
from urllib.parse import quote

from tests.redaction_corpus import persons_made
from tests.redaction_corpus.strangers.vendors import make

Made = Iterator[tuple[str, str, str]]
FIRST = (
    "Johannes", "Chloé", "María José", "Siobhán", "Anke", "Ottavia", "Youssef", "Priya", "Haruto", "Jean-Pierre", "Łukasz", "Zoë", "Dimitri", "Fatima", "Bjørn", "Renée", "Ngozi",
    "Oliver", "Charlotte", "Gustavo", "Ayşe", "Matthias", "Ingrid", "Declan", "Mei", "Tobias", "Wanjiru",
)  # fmt: skip
LAST = (
    "Krüger", "Dubois", "García Márquez", "O'Connor", "Schmidt-Vogel", "Bianchi", "El-Amrani", "Iyer", "Sato", "Lefèvre", "Nowak", "van der Berg", "Papadopoulos", "Al Rashid", "Sørensen",
    "Fitzgerald", "Okonkwo", "Whitaker", "Thornbury", "da Silva", "Yılmaz", "Hofmann", "Lindqvist", "Murphy", "Chen", "Wójcik", "Kamau",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    '{{"firstName": "{f}"}}', '{{"first_name":"{f}"}}', '{{"lastName": "{l}"}}', '{{"surname":"{l}"}}', '{{"familyName": "{l}"}}', '{{"givenName": "{f}"}}', '{{"fullName": "{f} {l}"}}', '{{"displayName": "{f} {l}"}}', '{{"vorname": "{f}"}}', '{{"nachname": "{l}"}}',
    '{{"Nachname":"{l}","Vorname":"{f}"}}', '{{"prenom": "{f}"}}', '{{"prénom": "{f}"}}', '{{"nom": "{l}"}}', '{{"nombre": "{f} {l}"}}', '{{"apellido": "{l}"}}', '{{"apellidos": "{l}"}}', '{{"contactName":"{f} {l}"}}', '{{"customer": {{"name": "{f} {l}"}}}}', '{{"billing_name":"{f} {l}"}}',
    '{{"cardholderName": "{f} {l}"}}', '{{"holder_name": "{f} {l}"}}', '{{"accountHolder": "{f} {l}"}}', '{{"kontoinhaber": "{f} {l}"}}', '{{"patientName": "{f} {l}"}}', '{{"employee": "{f} {l}"}}', '{{"author": {{"name": "{f} {l}"}}}}', '{{"assignee":"{f} {l}"}}', '{{"reporter": "{f} {l}"}}', '{{"created_by": "{f} {l}"}}',
    '{{"createdBy":"{f} {l}"}}', '{{"lastModifiedBy":"{f} {l}"}}', "first name: {f}", "First Name = {f}", "Last name: {l}", "Surname: {l}", "Full name: {f} {l}", "Name: {f} {l}", "Vorname: {f}", "Nachname: {l}", "Familienname: {l}", "Prénom : {f}", "Nom : {l}", "Nom de famille: {l}", "Nombre: {f} {l}", "Apellidos: {l}", "Nome: {f}", "Cognome: {l}",
    "Ansprechpartner: {f} {l}", "Contact: {f} {l}", "Contact person: {f} {l}", "Reported by: {f} {l}", "Requested by {f} {l}", "Assigned to: {f} {l}", "Customer: {f} {l}", "Kunde: {f} {l}", "Client: {f} {l}", "From: {f} {l} <noreply@acme.example>", 'To: "{f} {l}" <noreply@acme.example>', "Author: {f} {l} <noreply@acme.example>", "Signed-off-by: {f} {l} <noreply@acme.example>",
    "<firstName>{f}</firstName>", "<LastName>{l}</LastName>", "<name>{f} {l}</name>", "<nachname>{l}</nachname>", "<ns2:GivenName>{f}</ns2:GivenName>", "<user name=\"{f} {l}\"/>", "first_name={f}", "lname={l}", "fname={f}", "customer.firstname={f}", "user.full_name='{f} {l}'",
    "Dear {f},", "Dear Mr. {l},", "Dear Ms {l},", "Dear Mrs {l}", "Dear Dr. {l},", "Hi {f},", "Hello {f},", "Hey {f}!", "Hi {f} {l},", "Good morning {f},", "Hallo {f},", "Hallo Herr {l},", "Hallo Frau {l},", "Sehr geehrter Herr {l},", "Sehr geehrte Frau {l},", "Liebe {f},", "Lieber {f},", "Guten Tag Frau {l},", "Bonjour {f},", "Bonjour Madame {l},", "Cher {f},", "Chère {f},",
    "Hola {f},", "Estimado Sr. {l}:", "Estimada Sra. {l}:", "Ciao {f},", "Gentile {f},", "Olá {f},", "Beste {f},", "Hej {f}!", "Thanks {f},", "Thank you, {f}.", "Best regards,\n{f} {l}", "Kind regards\n{f} {l}\nHead of Operations", "Regards,\n{f}", "Cheers,\n{f}", "Mit freundlichen Grüßen\n{f} {l}", "Viele Grüße,\n{f}", "Cordialement,\n{f} {l}", "Saludos,\n{f} {l}", "Best,\n{f} {l}",
    "Thanks,\n{f} {l}", "Sincerely yours,\n{f} {l}", "-- \n{f} {l}\nSupport Engineer", "Mr. {f} {l} called twice.", "Mrs {l} cannot sign in.", "Frau {l} hat angerufen.", "Herr Dr. {l} wartet.", "M. {l} a appelé.", "Mme {l} attend.", "I spoke with Ms. {l} about it.", "my name is {f} {l}", "My name is {f}.", "Ich heiße {f} {l}.", "Mein Name ist {f} {l}.", "je m'appelle {f} {l}", "me llamo {f} {l}", "This is {f} {l} from Acme.",
    "On Mon, 3 Mar 2026 at 10:11, {f} {l} <noreply@acme.example> wrote:", "{f} {l} wrote:", "Am 03.03.2026 um 10:11 schrieb {f} {l}:", "Le 3 mars 2026, {f} {l} a écrit :", "cc: {f} {l}", "Attn: {f} {l}", "c/o {f} {l}", "FN:{f} {l}", "N:{l};{f};;;", "CN={f} {l},OU=Users,DC=corp", "cn={f} {l},ou=people,dc=corp", "givenName: {f}", "sn: {l}", "ORGANIZER;CN={f} {l}:mailto:noreply@acme.example", "ATTENDEE;CN=\"{f} {l}\":mailto:noreply@acme.example",
)  # fmt: skip
ACCOUNTS: tuple[str, ...] = (
    "user={u}", "user: {u}", "username={u}", "userName=\"{u}\"", "login: {u}", "login={u}", "logged in as {u}", "User {u} logged in", "user '{u}' not found", "Login failed for user '{u}'.", "Accepted publickey for {u} from 10.0.0.3 port 22", "session opened for user {u} by (uid=0)", "sudo: {u} : TTY=pts/0 ; PWD=/ ; USER=root", "CORP\\{u}", "domain\\\\{u} was locked", "ACME\\{u} signed in",
    "/home/{u}/.ssh/config", "C:\\Users\\{u}\\AppData\\Local", "C:\\\\Users\\\\{u}\\\\Desktop", "/Users/{u}/Library/Logs", "\\\\files01\\home$\\{u}\\docs", "\\\\nas\\Users\\{u}", "file:///home/{u}/x.txt", "/var/home/{u}/x", "C:/Users/{u}/x", "cd ~{u}/work", "/c/Users/{u}/.m2", "\"user\":\"{u}\"", "\"login\":\"{u}\"", "\"userId\":\"{u}\"", "\"user_id\": \"{u}\"", "\"owner\":\"{u}\"", "\"uid\":\"{u}\"",
    "uid={u},ou=people,dc=corp", "sAMAccountName: {u}", "sAMAccountName={u}", "REMOTE_USER={u}", "LOGNAME={u}", "USERNAME={u}", "usr={u} src=10.0.0.1", "suser={u}", "duser={u}", "Account Name:\t\t{u}", "10.0.0.4 - {u} [04/Mar/2026:10:00:00 +0100] \"GET / HTTP/1.1\" 200 3", "ssh {u}@web01", "scp {u}@web01:/tmp/x .", "[{u}@web01 ~]$ ls", "{u}@web01:~$ ls", "benutzer={u}", "Benutzer: {u}", "Benutzername: {u}", "utilisateur={u}", "usuario={u}", "utente: {u}", "by user {u}", "actor={u}", "principal={u}",
    "twitter.com/{u}", "https://www.linkedin.com/in/{u}/", "chown {u}:staff x", "su - {u}", "requested by {u} at 10:00", "-rw-r--r--  1 {u}  staff  210 Mar  4 10:00 notes.txt", "{u}   4123  0.0  0.1 /bin/bash -l",
)  # fmt: skip
#: Frames of the accounts in which only somebody who knows the person would see one; they are counted apart.
STREETS = (
    "12 Baker Street", "221B Elm Road", "4500 N Lincoln Ave", "77 Sunset Blvd, Apt 4", "Hauptstraße 12", "Lindenallee 7a", "Am Markt 3", "Goethestr. 45", "Schillerplatz 9", "12 rue de la République", "5 avenue Victor Hugo", "14 bis boulevard Voltaire", "Calle Mayor 23", "Avenida de América 5", "Via Roma 14", "Piazza Garibaldi 2", "Keizersgracht 123", "Storgatan 8", "ul. Długa 5", "Rua Augusta 100",
    "1 Infinite Loop", "350 Fifth Avenue, Suite 3300", "10 Downing St", "P.O. Box 1234",
)  # fmt: skip
PLACES = (
    "Springfield, IL 62704",
    "Austin TX 78701",
    "London SW1A 2AA",
    "Leeds LS1 4DY",
    "10115 Berlin",
    "D-80331 München",
    "75001 Paris",
    "28013 Madrid",
    "00184 Roma",
    "1015 CS Amsterdam",
    "111 29 Stockholm",
    "00-950 Warszawa",
    "1010 Wien",
    "CH-8001 Zürich",
    "1050-062 Lisboa",
    "Toronto, ON M5V 2T6",
)
ADDRESSES: tuple[str, ...] = (
    '{{"street": "{s}"}}', '{{"address": "{s}"}}', '{{"address1":"{s}"}}', '{{"addressLine1": "{s}"}}', '{{"address_line_1":"{s}"}}', '{{"streetAddress":"{s}"}}', '{{"strasse": "{s}"}}', '{{"straße":"{s}"}}', '{{"rue":"{s}"}}', '{{"direccion":"{s}"}}', '{{"shippingAddress":"{s}, {p}"}}', "Address: {s}", "Street: {s}", "Anschrift: {s}, {p}", "Adresse: {s}, {p}", "Straße: {s}", "Dirección: {s}", "Indirizzo: {s}", "Adres: {s}",
    "address={s}", "<street>{s}</street>", "<AddressLine1>{s}</AddressLine1>", "Ship to: {s}, {p}", "Home address: {s}", "billing_address=\"{s}\"", "I live at {s}, {p}.", "please send it to {s}, {p}", "Regards,\nAnna Meier\n{s}\n{p}", "ADR;TYPE=home:;;{s};;;;", "Wohnhaft: {s}",
)  # fmt: skip
POSTCODES: tuple[tuple[str, str], ...] = (
    ('{{"postcode": "{}"}}', "<L2><d1> <d1><L2>"), ('{{"zip":"{}"}}', "<d5>"), ('{{"zipCode": "{}"}}', "<d5>-<d4>"), ('{{"postalCode":"{}"}}', "<d5>"), ('{{"postal_code":"{}"}}', "<d5>"), ("PLZ: {}", "<d5>"), ('{{"plz":"{}"}}', "<d5>"), ("Code postal : {}", "<d5>"), ("Postcode: {}", "<L2><d2> <d1><L2>"), ("ZIP code: {}", "<d5>"), ("zip={}", "<d5>"), ("Código postal: {}", "<d5>"), ("CAP: {}", "<d5>"), ("CEP: {}", "<d5>-<d3>"),
)  # fmt: skip
BIRTHS: tuple[str, ...] = (
    '{{"dateOfBirth":"{}"}}', '{{"date_of_birth": "{}"}}', '{{"birthDate":"{}"}}', '{{"birthdate":"{}"}}', '{{"dob":"{}"}}', '{{"DOB": "{}"}}', '{{"geburtsdatum":"{}"}}', '{{"dateNaissance":"{}"}}', '{{"date_naissance":"{}"}}', '{{"fechaNacimiento":"{}"}}', '{{"fecha_nacimiento":"{}"}}', "DOB: {}", "D.O.B. {}", "Date of birth: {}", "born on {}", "born {}", "geb. {}", "geb. am {}", "geboren am {}", "Geburtsdatum: {}", "Geburtstag: {}", "né le {}", "née le {}",
    "nacido el {}", "Fecha de nacimiento: {}", "Date de naissance : {}", "Data di nascita: {}", "Data de nascimento: {}", "Geboortedatum: {}", "<birthDate>{}</birthDate>", "<DateOfBirth>{}</DateOfBirth>", "birth_date={}", "BDAY:{}", "birthday={}", "her birthday is {}", "Födelsedatum: {}", "data urodzenia: {}", "patient (b. {})",
)  # fmt: skip
PHONES: tuple[str, ...] = (
    "+49 (0)30 <d4> <d4>", "+49-170-<d7>", "+49 / 89 / <d6>", "0049 170 <d7>", "00 44 20 7946 0<d3>", "+44 (0)20 7946 0<d3>", "+44 7700 900<d3>", "+33 6 12 34 5<d1> <d2>", "+33.6.12.34.<d2>.<d2>", "+33612345<d3>", "0033 6 12 34 <d2> <d2>", "+34 612 34<d1> <d3>", "+39 347 <d7>", "+39 06 698<d5>", "+31 6 1234<d4>", "+41 44 668 1<d1> <d2>", "+43 1 234<d4>", "+46 70 123 4<d1> <d2>", "+47 412 34 <d3>",
    "+45 20 12 34 <d2>", "+358 40 123<d4>", "+48 601 23<d1> <d3>", "+420 601 123 <d3>", "+351 912 345 <d3>", "+353 87 123 <d4>", "+1 (415) 555-2<d3>", "+1.415.555.2<d3>", "+1-415-555-2<d3>", "(415) 555-2<d3>", "415-555-2<d3>", "415.555.2<d3>", "1-800-555-2<d3>", "(415)555-2<d3>", "+55 11 9<d4>-<d4>", "+52 55 <d4> <d4>", "+91 98765 4<d4>", "+91-98765-4<d4>", "+86 138 1234 <d4>", "+81 90-1234-<d4>", "+81-3-1234-<d4>",
    "+82 10-1234-<d4>", "+61 412 34<d1> <d3>", "+61 2 9374 4<d3>", "+64 21 123 <d4>", "+27 82 123 <d4>", "+971 50 123 <d4>", "+972 50-123-<d4>", "+90 532 123 <d2> <d2>", "+7 (495) 123-<d2>-<d2>", "+380 67 123 <d4>", "+65 9123 <d4>", "+852 9123 <d4>", "tel:+4930<d8>", "tel:+1-415-555-2<d3>;ext=12", "+49\u00a030\u00a0<d8>", "+44\u202f20\u202f7946\u202f0<d3>", "+49 30/<d7>", "+32 470 12 34 <d2>", "+30 694 123 <d4>", "+1 415 555 2<d3> x123",
)  # fmt: skip
NATIONAL_PHONES: tuple[str, ...] = (
    "030 <d8>", "030/<d7>", "0170-<d7>", "(030) <d7>", "089 / <d6>", "0171 <d3> <d4>", "020 7946 0<d3>", "07700 900<d3>", "01632 960<d3>", "06 12 34 5<d1> <d2>", "06.12.34.<d2>.<d2>", "0612345<d3>", "01 42 68 <d2> <d2>", "612 34<d1> <d3>", "91 123 <d2> <d2>", "347 12<d2> <d3>", "06-1234<d4>", "044 668 1<d1> <d2>", "070-123 4<d1> <d2>", "011 9<d4>-<d4>", "098765 4<d4>", "(02) 9374 4<d3>", "0412 34<d1> <d3>",
    "03-1234-<d4>", "090-1234-<d4>", "0532 123 <d2> <d2>",
)  # fmt: skip
PHONE_LABELS: tuple[str, ...] = (
    "Phone: {}",
    "Tel.: {}",
    "Tel: {}",
    "tel. {}",
    "Telefon: {}",
    "Mobile: {}",
    "Mobil: {}",
    "Handy: {}",
    "Fax: {}",
    "Téléphone : {}",
    "Tél. {}",
    "Teléfono: {}",
    "Móvil: {}",
    "Cell: {}",
    '{{"phone": "{}"}}',
    '{{"phoneNumber":"{}"}}',
    '{{"mobile":"{}"}}',
    '{{"telefonnummer":"{}"}}',
    "phone={}",
    "call me at {}",
    "call me on {}",
    "my number is {}",
    "reach me under {}",
    "<phone>{}</phone>",
    "Rufnummer {}",
    "☎ {}",
    "WhatsApp: {}",
    "msisdn={}",
)
PLAIN: tuple[str, ...] = (
    "the customer wrote {} in the form", '{{"x": "{}"}}', "a,{},c", "value={}", "{}", "[{}]", "it says “{}” here", "<td>{}</td>", "log: got {} ok", "| {} |", "note;{};", "'{}'", "({})", "x: {}", "{}.", "{},", "{}: unknown", "was {}, is now other", "\\\"{}\\\"", "q={}&r=1",
)  # fmt: skip


def name(random: Random) -> tuple[str, str]:
    return random.choice(FIRST), random.choice(LAST)


def login(random: Random) -> str:
    first, last = (
        "".join(random.choices("bcdfgklmnprst", k=1)),
        random.choice(
            (
                "hofmann",
                "dubois",
                "oconnor",
                "sorensen",
                "bianchi",
                "whitaker",
                "garcia",
                "kamau",
                "lefevre",
                "yilmaz",
                "papadopoulos",
            )
        ),
    )
    return random.choice(
        (
            f"{first}{last}",
            f"{first}.{last}",
            f"{first}_{last}",
            f"{last}{first}",
            f"{first}{last}{random.randrange(10, 99)}",
        )
    )


def persons(random: Random) -> Made:
    for frame in NAMES:
        first, last = name(random)
        yield "name", frame.format(f=first, l=last), (last if "{l}" in frame else first)
        if "{f}" in frame and "{l}" in frame:
            first, last = name(random)
            yield "first name beside the last", frame.format(f=first, l=last), first
    for frame in ACCOUNTS:
        user = login(random)
        yield "account", frame.replace("{u}", user), user


def addresses(random: Random) -> Made:
    for frame in ADDRESSES:
        street, place = random.choice(STREETS), random.choice(PLACES)
        yield "street", frame.format(s=street, p=place), street
        if "{p}" in frame:
            yield "postcode and town", frame.format(s=street, p=place), place
    for frame, form in POSTCODES:
        code = make(form, random)
        yield "postcode", frame.format(code), code


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DATES: tuple[Callable[[int, int, int], str], ...] = (
    lambda y, m, d: f"{y}-{m:02d}-{d:02d}", lambda y, m, d: f"{d:02d}.{m:02d}.{y}", lambda y, m, d: f"{d}.{m}.{y}", lambda y, m, d: f"{m:02d}/{d:02d}/{y}", lambda y, m, d: f"{d:02d}/{m:02d}/{y}", lambda y, m, d: f"{d:02d}-{m:02d}-{y}", lambda y, m, d: f"{d} {MONTHS[m - 1]} {y}",
    lambda y, m, d: f"{MONTHS[m - 1]} {d}, {y}", lambda y, m, d: f"{y}{m:02d}{d:02d}", lambda y, m, d: f"{d:02d}-{MONTHS[m - 1][:3].upper()}-{y}", lambda y, m, d: f"{y}/{m:02d}/{d:02d}", lambda y, m, d: f"{d:02d}.{m:02d}.{y % 100:02d}", lambda y, m, d: f"{y}-{m:02d}-{d:02d}T00:00:00Z",
    lambda y, m, d: f"{d}. {('Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember')[m - 1]} {y}", lambda y, m, d: f"{d} de marzo de {y}", lambda y, m, d: f"{d} juillet {y}", lambda y, m, d: f"{d}th {MONTHS[m - 1]} {y}",
)  # fmt: skip


def births(random: Random) -> Made:
    for frame in BIRTHS:
        for shape in random.sample(DATES, 5):
            date = shape(random.randrange(1935, 2008), random.randrange(1, 13), random.randrange(4, 21))
            yield "date of birth", frame.format(date), date


def phones(random: Random) -> Made:
    for form in PHONES:
        number = make(form, random)
        yield "telephone", random.choice(PLAIN).format(number), number
        yield "telephone beside its name", random.choice(PHONE_LABELS).format(number), number
    for form in NATIONAL_PHONES:
        for frame in random.sample(PHONE_LABELS, 6):
            number = make(form, random)
            yield "telephone of a country beside its name", frame.format(number), number


def numbers(random: Random) -> Made:
    for _ in range(40):
        iban = persons_made.iban(random).replace(" ", "")
        grouped = " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
        for form in (
            iban,
            grouped,
            iban.lower(),
            grouped.lower(),
            grouped.replace(" ", "\u00a0"),
            grouped.replace(" ", "-"),
            grouped.replace(" ", "."),
            quote(grouped),
            grouped.replace(" ", "\u2009"),
        ):
            yield "iban", random.choice(PLAIN).format(form), form
        card = until_16(random)
        for mark in ("", " ", "-", ".", "\u00a0", "\u2009", "  ", "_", "\u2011", "\u2013"):
            form = mark.join(card[start : start + 4] for start in range(0, 16, 4))
            yield f"card with {mark!r}", random.choice(PLAIN).format(form), form
        amex = next(
            number
            for number in iter(lambda: persons_made.card(random).translate({32: None, 45: None}), "")
            if number[:2] in ("34", "37")
        )
        for mark in ("", " ", "-", ".", "\u00a0"):
            form = mark.join((amex[:4], amex[4:10], amex[10:]))
            yield "card of American Express", random.choice(PLAIN).format(form), form
        octets = [f"{random.randrange(256):02x}" for _ in range(6)]
        octets[0] = "3c"
        bare = "".join(octets)
        for form in (
            ":".join(octets),
            "-".join(octets).upper(),
            f"{bare[:4]}.{bare[4:8]}.{bare[8:]}",
            " ".join(octets).upper(),
        ):
            yield (
                "mac",
                random.choice(("mac {}", "from {} dev eth0", "ether {}", "HWaddr {}", '{{"mac": "{}"}}', "{}")).format(
                    form
                ),
                form,
            )
        yield (
            "mac without marks",
            random.choice(("mac={}", "macAddress: {}", '{{"mac": "{}"}}', "MAC address {}")).format(bare.upper()),
            bare.upper(),
        )
        yield from internet(random)


def until_16(random: Random) -> str:
    while len(number := persons_made.card(random).translate({32: None, 45: None})) != 16:
        pass
    return number


def internet(random: Random) -> Made:
    frames = (
        "peer {} closed",
        "from {} port 22",
        "client={}",
        '{{"ip":"{}"}}',
        "[{}]:443",
        "x {} y",
        "{}",
        "via {}, ok",
        "http://[{}]/x",
        "src={};dst=::1",
    )
    address = IPv6Address(0x2A02 << 112 | random.getrandbits(96))
    short = IPv6Address(0x2001 << 112 | 0x0470 << 96 | random.randrange(1, 65536))
    four = persons_made.ipv4(random)
    for form in (str(address), address.exploded, address.exploded.upper(), str(short), f"{short}%eth0", f"{short}/64"):
        value = form.split("%")[0].split("/")[0]
        yield "ipv6", random.choice(frames).format(form), value
    yield "ipv4 in ipv6", random.choice(frames).format(f"::ffff:{four}"), four
    mapped = f"::ffff:{int(four.split('.')[0]):02x}{int(four.split('.')[1]):02x}:{int(four.split('.')[2]):02x}{int(four.split('.')[3]):02x}"
    yield "ipv4 in ipv6 in hexadecimal", random.choice(frames).format(mapped), mapped
    for frame in (
        "{}:443",
        "{}/32",
        "http://{}/x",
        "[{}]",
        "ip={}",
        "{},",
        "-> {}.",
        "x-forwarded-for: {}, 10.0.0.1",
        "{}:51234 -> 10.0.0.1:443",
        "ec2-{}.compute.amazonaws.com",
        "{}.in-addr.arpa",
    ):
        form = four.replace(".", "-") if "ec2" in frame else four
        yield "ipv4", frame.format(form), form


def mails(random: Random) -> Made:
    for _ in range(30):
        first, last = (
            random.choice(("anke", "chloe", "lukasz", "priya", "tobias", "siobhan")),
            random.choice(("krueger", "dubois", "iyer", "nowak", "oconnor")),
        )
        domain = random.choice(
            ("acme.io", "mail.acme.co.uk", "krueger-maschinen.de", "uni-x.edu", "sub.dept.acme.travel", "acme.museum")
        )
        plain = f"{first}.{last}@{domain}"
        forms = {
            "plain": plain, "plus": f"{first}+news.2026@{domain}", "percent": quote(plain, safe=""), "twice percent": quote(quote(plain, safe=""), safe=""), "entity": plain.replace("@", "&#64;"), "entity in hexadecimal": plain.replace("@", "&#x40;"), "named entity": plain.replace("@", "&commat;"),
            "quoted-printable": plain.replace("@", "=40"), "escaped": plain.replace("@", "\\u0040"), "escaped by \\x": plain.replace("@", "\\x40"), "upper": plain.upper(), "unicode local part": f"{first}é.{last}@{domain}", "unicode domain": f"{first}@bücher-{last}.example", "quoted local part": f'"{first} {last}"@{domain}', "spoken": f"{first}.{last} (at) {domain}", "spoken in brackets": f"{first}.{last} [at] {domain}",
            "apostrophe": f"{first}.o'{last}@{domain}", "entities everywhere": "".join(f"&#{ord(one)};" for one in plain), "slash": f"{first}/{last}@{domain}", "ip": f"{first}@[{persons_made.ipv4(random)}]", "srs": f"bounce+{first}.{last}={domain}@lists.acme.io", "mailto": f"mailto:{plain}?subject=x", "angle": f"<{plain}>", "html angle": html.escape(f"<{plain}>"), "sip": f"sip:{plain};transport=tcp", "xmpp": f"xmpp:{plain}/home",
        }  # fmt: skip
        for kind, form in forms.items():
            value = (
                form.removeprefix("mailto:")
                .split("?")[0]
                .strip("<>")
                .removeprefix("&lt;")
                .removesuffix("&gt;")
                .removeprefix("sip:")
                .split(";transport")[0]
                .removeprefix("xmpp:")
                .removesuffix("/home")
            )
            yield (
                f"mail, {kind}",
                random.choice(
                    ("wrote {} today", '{{"x": "{}"}}', "to={}&x=1", "<{}>", "{}", "a;{};b", "ok {}, ok", "user={}")
                ).format(form),
                value,
            )


LABELLED: tuple[tuple[str, str], ...] = (
    ("Passport no. {}", "C<d8>"), ("passport: {}", "<L2><d7>"), ('{{"passportNumber":"{}"}}', "<d9>"), ("Reisepass: {}", "C<d1>X<d6>"), ("Reisepassnummer {}", "C01X<d5>"), ("Passeport n° {}", "<d2>AB<d5>"), ("pasaporte: {}", "<L3><d6>"), ("passport_no={}", "<L1><d8>"),
    ("Driver's license: {}", "<L1><d7>"), ("driver license number: {}", "<L1><d12>"), ("Driving licence: {}", "MORGA<d6>SM9IJ"), ('{{"driverLicense":"{}"}}', "<L1><d7>"), ("Führerschein: {}", "B072RRE2I<d2>"), ("Führerscheinnummer: {}", "B072<A7>"), ("permis de conduire : {}", "<d12>"), ("DL# {}", "<L1><d7>"), ('{{"drivers_license_number":"{}"}}', "<L2><d6>"),
    ("Personalausweis: {}", "L01X00T<d2>"), ("Ausweisnummer: {}", "LZ6311T<d2>"), ("ID card no: {}", "<L2><d7>"), ("national id: {}", "<d11>"), ('{{"nationalId":"{}"}}', "<d10>"), ("Sozialversicherungsnummer: {}", "<d2><d6>M<d3>"), ("SSN: {}", "5<d2>-41-<d4>"), ("Social security number {}", "5<d2>41<d4>"), ("ssn={}", "5<d2>41<d4>"), ("tax id: {}", "<d11>"), ("Steuernummer: {}", "<d2>/<d3>/<d5>"), ("Steuer-ID {}", "<d11>"),
    ("Kontonummer: {}", "<d10>"), ("account number: {}", "<d10>"), ('{{"accountNumber":"{}"}}', "<d12>"), ("sort code 20-00-00 account {}", "5<d7>"), ("NHS number: {}", "943 476 5919"), ("medicare number {}", "2<d9>"), ("insurance number: {}", "A<d9>"), ("Krankenversichertennummer: {}", "A<d9>"), ("license plate: {}", "B-<L2> <d4>"), ("Kennzeichen: {}", "M-<L2> <d3>"),
)  # fmt: skip


def identities(random: Random) -> Made:
    for frame, form in LABELLED:
        for _ in range(4):
            value = make(form, random)
            yield f"by its name: {frame.split(':')[0][:24]}", frame.format(value), value
    for kind, maker in persons_made.SHAPED.items():
        if kind in ("email", "ipv4", "ipv6", "mac", "card", "iban", "phone", "person"):
            continue
        for _ in range(6):
            value = maker(random)
            yield f"number: {kind}", random.choice(PLAIN[:19]).format(value), value
    for kind, (fields, maker) in persons_made.NAMED.items():
        for field in fields:
            for frame in (
                "{n}: {}",
                "{n} = {}",
                '{{"{n}":"{}"}}',
                "their {n} is {}",
                "<{n}>{}</{n}>",
                "{n}={}",
                "{N}: {}",
                "{n} no. {}",
                "{n} {}",
            ):
                value = maker(random)
                yield f"named: {kind}", frame.replace("{n}", field).replace("{N}", field.upper()).format(value), value


#: Where somebody is, as devices, maps and formats for them write it.
WHEREABOUTS: tuple[str, ...] = (
    "lat={a} lon={o}", '{{"lat":{a},"lng":{o},"acc":12}}', "latitude: {a}, longitude: {o}", "GPS: {a}, {o}", "geo:{a},{o};u=10", "https://maps.example/@{a},{o},16z", "POINT({o} {a})", '"coordinates":[{o},{a}]', "location={a},{o} speed=0",
)  # fmt: skip


def places(random: Random) -> Made:
    for frame in WHEREABOUTS:
        latitude, longitude = f"{random.uniform(-89, 89):.6f}", f"{random.uniform(-179, 179):.6f}"
        text = frame.format(a=latitude, o=longitude)
        yield f"place: {frame[:14]}", text, latitude
        yield f"place: {frame[:14]}", text, longitude


def everyone(random: Random) -> Made:
    for makers in (places, persons, addresses, births, phones, numbers, mails, identities):
        yield from makers(random)
