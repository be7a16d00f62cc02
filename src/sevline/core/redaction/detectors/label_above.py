"""A form's label on a line by itself, and its value on the line below."""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Iterator
from itertools import pairwise

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.field_words import Means, meaning
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Record, masked_records, people_in, says_something, trimmed

#: Endings of a label's first or last word; what stands there is judged as the name of a field.
_SAYS = (
    r"(?i:name|names|nom|nome|nombre|naam|navn|namn|nimi|nazwisko|imię|jméno|příjmení|meno|név|soyad(?:ı)?|apellidos?|cognome|sobrenome|prénom|phone|telefon|telefonnummer|telefono|teléfono|téléphone|telefone|telefoon|mobile|mobil|handy|cell|móvil|fax|number|nummer|numero|número|nr\.?|no\.?|birth|geburtsdatum|naissance|nacimiento|nascita|nascimento"
    r"|urodzenia|narození|address|adresse|anschrift|indirizzo|dirección|direccion|endereço|morada|adres|adresa|street|straße|postcode|plz|zip|zip code|passport|holder|contact|customer|patient|passenger|driver|insured|kunde|kundin|cliente|client|klant|recipient|sender|owner|employee|guest|имя|фамилия|телефон|адрес|рождения|фио|お名前|氏名|名前|姓名|電話番号|電話|住所|生年月日|이름|성명|전화번호|주소)"
)
_LINE = late(r"[^\r\n]+")
_LABEL = late(r"[^\W\d_][^\r\n:=|;<>{}\[\]()]{1,44}(?:[ ]?\([^()\r\n]{1,24}\))?[ ]?[:：*]?")


def _records(found: str) -> Iterator[Record]:
    """The lines in pairs: a label that says something, and the next line that is none."""
    lines = [trimmed(found, *line.span(), marks=" \t>*_#") for line in _LINE.finditer(found)]
    cells = []
    for (start, stop), (begin, end) in pairwise(lines):
        label, value = found[start:stop], found[begin:end]
        if _is_label(label) and not _is_label(value):
            cells.append((begin, end, label.rstrip(" :：*")))
    yield "", cells


def _is_label(line: str) -> bool:
    bare = line.rstrip(" :：*")
    return _LABEL.fullmatch(line) is not None and says_something(bare, "") and len(bare.split()) <= 6


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


def is_told(found: str) -> bool:
    return any(meaning(field) is not Means.NOTHING for _, cells in _records(found) for _, _, field in cells)


detector(
    Detector(
        kind="label_above",
        title="Value on the line below its label",
        pattern=rf"(?m:^[ \t>*_#]{{0,8}}(?:[^\r\n:=|;<>{{}}\[\]()0-9]{{0,30}}[ _])?{_SAYS}(?:[ ][^\r\n:=|;<>{{}}\[\]()0-9]{{1,20}})?(?:[ ]?\([^()\r\n]{{1,24}}\))?[ ]?[:：*]?[*_]{{0,2}}[ \t]*\r?\n(?:[ \t]*\r?\n)?[ \t>]{{0,20}}[^\s][^\r\n]{{1,80}}$)",
        stage=Stage.BLOCK,
        keywords=tuple(
            f"{stem}{end}"
            for stem in ("ame", "om", "mbre", "aam", "vn", "mn", "imi", "isko", "imię", "no", "ní", "név", "yad", "ido", "idos", "one", "fon", "oon", "bile", "bil", "ndy", "ell", "vil", "Fax", "mber", "mmer", "mero", "rth", "tum", "nce", "ento", "ita", "enia", "ess", "sse", "ift", "zzo", "ión", "eço", "ada", "dres", "esa", "eet", "aße", "code", "PLZ", "ort", "der", "act", "ient", "ger", "ver", "red", "nde", "din", "nte", "ant", "wner", "yee", "est", "мя", "лия", "фон", "рес", "ния", "名", "号", "話", "所", "日", "름", "명", "호", "소")
            for end in (":\n", "\n", ":\r\n", "\r\n")
        ),
        validate=is_told,
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)  # fmt: skip
