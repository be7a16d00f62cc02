"""Personal data: addresses, numbers with their check digits, names. Each kind computes its own check digits."""

# ruff: noqa: E501, RUF005 - the frames and forms are read as the lines they make

import string
from collections.abc import Callable
from ipaddress import IPv6Address
from random import Random

FIRST = ("Mia", "Tom", "Anna", "Lukas", "Sofia", "Noah", "Emma", "Liam", "Olga", "Ines", "Kofi", "Aiko", "Raj", "Zoe")
LAST = (
    "Lind",
    "Berger",
    "Okafor",
    "Tanaka",
    "Silva",
    "Novak",
    "Haas",
    "Moreau",
    "Rossi",
    "Kowalska",
    "Jensen",
    "Byrne",
)
DOMAINS = (
    "northwind.example",
    "mail.contoso.example",
    "acme-corp.com",
    "uni.example.ac.uk",
    "web.de",
    "shop.example.io",
)


def digits(random: Random, count: int) -> str:
    return "".join(random.choices(string.digits, k=count))


def luhn_digit(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def weighted(body: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))


def until(make: Callable[[], str | None]) -> str:
    while (made := make()) is None:
        pass
    return made


def email(random: Random) -> str:
    first, last = random.choice(FIRST), random.choice(LAST)
    form = random.choice(("{f}.{l}", "{f}", "{f}{n}", "{f}.{l}+tag", "{f}_{l}", "{F}.{L}", "{i}{l}"))
    local = form.format(f=first.lower(), l=last.lower(), F=first, L=last, n=random.randrange(100), i=first[0].lower())
    return f"{local}@{random.choice(DOMAINS)}"


def ipv4(random: Random) -> str:
    return f"{random.choice((8, 23, 45, 62, 81, 93, 104, 151, 185, 203))}.{random.randrange(1, 255)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def ipv6(random: Random) -> str:
    head = random.choice((0x2A00, 0x2001, 0x2606, 0x2A02, 0x2404)) << 112 | random.randrange(0x200, 0xDB8) << 96
    tail = random.choice((random.getrandbits(96), random.getrandbits(16), random.getrandbits(32) << 64 | 1))
    address = IPv6Address(head | tail)
    return random.choice((str(address), address.exploded, str(address).upper()))


def mac(random: Random) -> str:
    octets = [f"{random.randrange(256):02x}" for _ in range(6)]
    joined = "".join(octets)
    return random.choice(
        (
            ":".join(octets),
            "-".join(octets).upper(),
            f"{joined[:4]}.{joined[4:8]}.{joined[8:]}",
            ":".join(octets).upper(),
        )
    )


def card(random: Random) -> str:
    prefix, length = random.choice(
        (
            ("4", 16),
            ("51", 16),
            ("2223", 16),
            ("2720", 16),
            ("34", 15),
            ("37", 15),
            ("6011", 16),
            ("3530", 16),
            ("36", 14),
            ("6221", 16),
        )
    )
    body = prefix + digits(random, length - len(prefix) - 1)
    number = body + luhn_digit(body)
    if length == 16:
        mark = random.choice(("", " ", "-"))
        return mark.join(number[start : start + 4] for start in range(0, 16, 4))
    mark = random.choice(("", " ", "-"))
    return mark.join((number[:4], number[4:10], number[10:]))


IBAN = {"DE": "18n", "GB": "4a14n", "FR": "10n11c2n", "NL": "4a10n", "ES": "20n", "IT": "1a10n12c", "AT": "16n", "BE": "12n",
        "CH": "5n12c", "PL": "24n", "SE": "20n", "NO": "11n", "PT": "21n", "IE": "4a14n", "DK": "14n", "FI": "14n"}  # fmt: skip


def iban(random: Random) -> str:
    import re

    country = random.choice(tuple(IBAN))
    body = ""
    for count, sort in re.findall(r"(\d+)([nac])", IBAN[country]):
        letters = {"n": string.digits, "a": string.ascii_uppercase, "c": string.digits + string.ascii_uppercase}[sort]
        body += "".join(random.choices(letters, k=int(count)))
    value = int("".join(str(int(character, 36)) for character in body + country + "00"))
    whole = f"{country}{98 - value % 97:02d}{body}"
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4)) if random.random() < 0.4 else whole


def phone(random: Random) -> str:
    nanp = (
        f"{random.randrange(2, 10)}0{random.randrange(1, 10)}",
        f"{random.randrange(2, 10)}{random.randrange(20, 100)}",
        digits(random, 4),
    )
    german = "".join(random.choices("123456789", k=7))
    return random.choice(
        (
            f"+1{''.join(nanp)}", "+1 {} {} {}".format(*nanp), "({}) {}-{}".format(*nanp), "{}-{}-{}".format(*nanp),
            f"+49 30 {german}", f"+4930{german}", f"+44 20 7{german[:3]} {german[3:]}", f"+33 1 {german[:2]} {german[2:4]} {german[4:6]} 07",
            f"+46-8-{german}", f"+91 98{german[:3]} {german[3:]}1",
        )
    )  # fmt: skip


def us_ssn(random: Random) -> str:
    mark = random.choice("-- .")
    area = until(lambda: f"{n:03d}" if (n := random.randrange(1, 900)) != 666 else None)
    return f"{area}{mark}{random.randrange(1, 100):02d}{mark}{random.randrange(1, 10000):04d}"


def aadhaar(random: Random) -> str:
    """Verhoeff: permutations of the dihedral group of order ten."""
    table = [[(a + b) % 5 if a < 5 and b < 5 else 0 for b in range(10)] for a in range(10)]
    for a in range(10):
        for b in range(10):
            if a < 5:
                table[a][b] = (a + b) % 5 if b < 5 else (a + b - 5) % 5 + 5
            else:
                table[a][b] = (a - 5 - b) % 5 + 5 if b < 5 else (a - b) % 5
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    body = random.choice("23456789") + digits(random, 10)
    check = 0
    for place, digit in enumerate(reversed(body), start=1):
        moved = int(digit)
        for _ in range(place % 8):
            moved = step[moved]
        check = table[check][moved]
    number = body + str(next(last for last in range(10) if table[check][last] == 0))
    return f"{number[:4]} {number[4:8]} {number[8:]}"


def nhs(random: Random) -> str:
    def make() -> str | None:
        body = random.choice("46") + digits(random, 8)
        check = 11 - weighted(body, (10, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
        return None if check == 10 else body + str(check % 11)

    number = until(make)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def cpf(random: Random) -> str:
    body = digits(random, 9)
    for start in (10, 11):
        rest = weighted(body, tuple(range(start, 1, -1))) * 10 % 11
        body += str(rest % 10)
    return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"


def cnpj(random: Random) -> str:
    body = digits(random, 8) + "0001"
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = weighted(body, weights) % 11
        body += str(0 if rest < 2 else 11 - rest)
    return f"{body[:2]}.{body[2:5]}.{body[5:8]}/{body[8:12]}-{body[12:]}"


def bsn(random: Random) -> str:
    def make() -> str | None:
        body = random.choice("1234567") + digits(random, 7)
        check = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        return None if check == 10 else body + str(check)

    return until(make)


def pesel(random: Random) -> str:
    body = f"{random.randrange(50, 99)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}{digits(random, 4)}"
    return body + str(-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def tckn(random: Random) -> str:
    body = random.choice("123456789") + digits(random, 8)
    odd, even = sum(map(int, body[0::2])), sum(map(int, body[1::2]))
    tenth = (odd * 7 - even) % 10
    return f"{body}{tenth}{(odd + even + tenth) % 10}"


def tax_file_number(random: Random) -> str:
    return until(
        lambda: (
            n
            if weighted(n := random.choice("123456789") + digits(random, 8), (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0
            else None
        )
    )


def business_number(random: Random) -> str:
    def make() -> str | None:
        number = random.choice("123456789") + digits(random, 10)
        lowered = str(int(number[0]) - 1) + number[1:]
        good = weighted(lowered, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) % 89 == 0
        return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}" if good else None

    return until(make)


def german_tax(random: Random) -> str:
    """One digit twice, another not at all, then ISO 7064 MOD 11,10."""
    order = random.sample(string.digits, 9)
    body = order + [random.choice(order)]
    random.shuffle(body)
    if body[0] == "0":
        body.reverse()
    if body[0] == "0":
        return german_tax(random)
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return "".join(body) + str((11 - product) % 10)


def nif(random: Random) -> str:
    number = random.randrange(10**7, 10**8)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def nie(random: Random) -> str:
    first, body = random.randrange(3), digits(random, 7)
    return f"{'XYZ'[first]}{body}{'TRWAGMYFPDXBNJZSQVHLCKE'[int(str(first) + body) % 23]}"


def codice_fiscale(random: Random) -> str:
    odd = dict(zip(string.digits + string.ascii_uppercase, (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True))  # fmt: skip
    names = "".join(random.choices("BCDFGLMNPRSTV", k=6))
    body = f"{names}{random.randrange(40, 99)}{random.choice('ABCDEHLMPRST')}{random.randrange(1, 29):02d}{random.choice('ABCDEFGHL')}{digits(random, 3)}"
    total = 0
    for place, character in enumerate(body):
        even = int(character) if character.isdigit() else ord(character) - 65
        total += even if place % 2 else odd[character]
    return body + chr(65 + total % 26)


def hetu(random: Random) -> str:
    body = f"{random.randrange(1, 29):02d}{random.randrange(1, 13):02d}{random.randrange(50, 99)}"
    serial = f"{random.randrange(2, 900):03d}"
    return f"{body}{random.choice('-A')}{serial}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(body + serial) % 31]}"


def social_insurance(random: Random) -> str:
    body = random.choice("1234567") + digits(random, 7)
    number = body + luhn_digit(body)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def personnummer(random: Random) -> str:
    body = f"{random.randrange(50, 99)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}{digits(random, 3)}"
    return f"{body[:6]}-{body[6:]}{luhn_digit(body)}"


def imei(random: Random) -> str:
    body = "35" + digits(random, 12)
    return body + luhn_digit(body)


def routing(random: Random) -> str:
    return until(lambda: (n if weighted(n := random.choice(("02", "11", "12", "26", "31")) + digits(random, 7), (3, 7, 1, 3, 7, 1, 3, 7, 1)) % 10 == 0 else None))  # fmt: skip


def resident_registration(random: Random) -> str:
    body = f"{random.randrange(50, 99)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}{random.choice('12')}{digits(random, 5)}"
    check = (11 - weighted(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def lei(random: Random) -> str:
    body = digits(random, 4) + "00" + "".join(random.choices(string.ascii_uppercase + string.digits, k=12))
    value = int("".join(str(int(character, 36)) for character in body + "00"))
    return f"{body}{98 - value % 97:02d}"


def national_insurance(random: Random) -> str:
    prefix = random.choice(("AA", "AB", "CE", "JL", "MW", "NE", "PR", "SH", "TZ", "YX", "ZR"))
    return f"{prefix} {digits(random, 2)} {digits(random, 2)} {digits(random, 2)} {random.choice('ABCD')}"  # fmt: skip


#: Values that prove their kind by themselves.
SHAPED: dict[str, Callable[[Random], str]] = {
    "email": email, "ipv4": ipv4, "ipv6": ipv6, "mac": mac, "card": card, "iban": iban, "phone": phone, "us ssn": us_ssn,
    "aadhaar": aadhaar, "nhs": nhs, "cpf": cpf, "cnpj": cnpj, "nif": nif, "nie": nie, "codice fiscale": codice_fiscale,
    "hetu": hetu, "personnummer": personnummer, "rrn": resident_registration, "nino": national_insurance,
}  # fmt: skip
#: Values of which too many ordinary numbers have the form: they stand beside the name of their kind.
NAMED: dict[str, tuple[tuple[str, ...], Callable[[Random], str]]] = {
    "bsn": (("bsn", "BSN", "burgerservicenummer"), bsn), "pesel": (("pesel", "PESEL"), pesel),
    "tckn": (("tckn", "TC Kimlik No"), tckn), "tfn": (("tfn", "Tax File Number"), tax_file_number),
    "abn": (("abn", "ABN"), business_number), "german tax": (("steuer_id", "Steuer-ID", "tax_id"), german_tax),
    "sin": (("sin", "social insurance number"), social_insurance), "imei": (("imei", "IMEI"), imei),
    "aba": (("routing_number", "ABA routing"), routing), "lei": (("lei", "LEI"), lei),
}  # fmt: skip
