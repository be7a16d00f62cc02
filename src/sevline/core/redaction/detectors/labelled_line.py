"""Values behind a label at the beginning of a line or of a part of it, in any of the ways in which forms set them apart.

`Name              : Anna Meyer`, `Příjmení: Novák`, `Surname ........ Meyer`, `passenger.given=Anna`, `Name<tab>Anna Meyer`
"""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Iterator
from functools import lru_cache

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.detectors.street_address import first_of
from sevline.core.redaction.field_words import Means, meaning
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import by_meaning, field_token, says_something
from sevline.core.redaction.shield import STAND_IN

_FIELD = r"[A-Za-z\x{80}-\x{10ffff}][^:=|\r\n\t;,<>(){}\"`$%&@!?*+]{1,44}?"
_MARK = r"(?:[*_`]{0,3}[ \t]{0,30}(?:[:=：][*_`]{0,3}[ \t]{0,8}|=>[ ]?|[.]{3,}[ ]?:?[ ]?|→[ ])|\t+|[ ]{3,})"
_SPLIT = late(
    r"(?P<head>(?P<before>[\s>|*•\-.,;\[(]*)(?P<field>[^:=|\r\n\t]+?)(?:[*_`]{0,3}[ \t]{0,30}(?:[:=：][*_`]{0,3}[ \t]{0,8}|=>[ ]?|[.]{3,}[ ]?:?[ ]?|→[ ])|\t+|[ ]{3,})[\"'“]?)"
    r"(?P<value>[^\s].*?)(?P<rest>[\"'”]?[ \t]*[.,;]?[ \t]*\r?)$",
    re.DOTALL,
)
_PART = late(r"[.;,)][ ]|[ ][|/–-][ ]|[ ][(]")
_LABEL = late(r"[^:=：\r\n\t→]+")
#: Where detectors of fields read numbers and logins themselves.
_PLAIN = late(r"[^:=\t]*[^:=\t ][ ]?[:=](?! {3})")
_PARENT = late(r"(?P<parent>.*)[./\[](?P<field>[^./\[\]]+)\]?$")


#: What the labels of which something is known begin with or hold.
_STEMS = (
    "name", "nom", "pren", "prén", "apell", "cogn", "sobren", "achter", "imi", "nazw", "jmén", "jmen", "přij", "příj", "etun", "sukun", "nimi", "keres", "vezet", "név", "nume", "ime", "prez", "soyad", "isim", "naam", "navn", "namn", "имя", "имени", "фам", "фио", "отч", "прізв", "имена", "ονομ", "όνομα", "επών", "vard", "pavard", "uzv", "eesn", "peren", "氏名", "名前", "姓", "이름", "성명", "이메일", "اسم", "שם", "họ",
    "first", "given", "family", "middle", "passenger", "pax", "guest", "driver", "insured", "holder", "patient", "customer", "client", "contact", "recipient", "sender", "caller", "owner", "benutz", "kennung", "login", "logon", "user", "usuario", "usuário", "utente", "gebruik", "bruk", "bruger", "käytt", "uży", "uživ", "kullan", "логин", "пользо",
    "phone", "tel", "fon", "puh", "mob", "handy", "cell", "celul", "móvil", "movil", "gsm", "komór", "komor", "τηλ", "κιν", "тел", "моб", "whatsapp", "viber", "fax", "faks", "faksi", "msisdn", "durchw", "rufn", "festn", "sími", "tālr", "電話", "携帯", "手机", "电话", "연락", "전화", "휴대",
    "birth", "dob", "bday", "gebu", "geb", "naiss", "nacim", "nacid", "nasc", "fød", "föd", "synt", "urod", "naro", "szül", "naș", "naş", "nașt", "doğ", "рожд", "γέν", "roj", "rođ", "gim", "dzim", "sünn", "fæð", "生年", "出生", "생년",
    "street", "addr", "line1", "line2", "straß", "stras", "anschr", "adres", "rue", "calle", "direc", "domic", "indir", "straat", "ender", "morada", "ulic", "utca", "cím", "osoite", "διεύ", "адрес", "улиц", "resid", "heimil", "住所", "地址", "주소",
    "zip", "post", "plz", "psč", "psc", "irány", "pin", "eirc", "plate", "kennz", "passp", "pas", "licen", "ident", "ausw", "account", "konto", "insur", "versich", "iban",
)  # fmt: skip


def _parts(found: str) -> tuple[str, str, str, str, str]:
    """What stands before the value, the value, what stands after it; the name of its field, and what that is of."""
    parts = _SPLIT.match(found)
    if parts is None:
        return found, "", "", "", ""
    of_parent = _PARENT.match(parts["field"])
    field, parent = (of_parent["field"], of_parent["parent"]) if of_parent else (parts["field"], "")
    return parts["head"], parts["value"], parts["rest"], field.strip(), parent


def _first_of(value: str) -> str:
    """The value up to the end of its sentence or of its part of one."""
    return _PART.split(value, maxsplit=1)[0]


@lru_cache(maxsize=8_192)
def _may_tell(label: str) -> bool:
    label = label.strip(" \t>|*•-,;[(_`.")
    of_parent = _PARENT.match(label)
    return says_something(of_parent["field"], of_parent["parent"]) if of_parent else says_something(label, "")


def is_told(found: str) -> bool:
    """Whether the label says something, which few labels of a log do."""
    label = _LABEL.match(found)
    return label is not None and _may_tell(label[0].partition("   ")[0].partition("...")[0])


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value, rest, field, parent = _parts(found)
    if not value:
        return found
    plain = not parent and _PLAIN.match(found) is not None
    for text in dict.fromkeys((first_of(value), _first_of(value))):
        token = (
            by_meaning(meaning(field), text, pseudonyms, field)
            if plain
            else field_token(field, text, pseudonyms, parent)
        )
        if token is not None:
            return head + token + value[len(text) :] + rest
    return found


def people(found: str) -> Iterator[str]:
    _, value, _, field, parent = _parts(found)
    if meaning(field, parent) is Means.NAME:
        yield value


detector(
    Detector(
        kind="labelled_line",
        title="Value behind a label that says so",
        pattern=rf"(?:^[ \t>|*•-]{{0,12}}|[.,;][ ]){_FIELD}{_MARK}[^\s:=\[{{{STAND_IN[1:-1]}](?:[^\r\n:=|;<>{{}}\t&{STAND_IN[1:-1]}]|[ ]&[ ]){{1,80}}",
        stage=Stage.PERSONAL,
        gate=rf"(?:^[ \t>|*•-]{{0,12}}|[.,;][ ]){_FIELD}{_MARK}[^\s:=\[{{]",
        rare=True,
        apart=True,
        any_case=True,
        keywords=tuple(sorted({*_STEMS, *(stem.capitalize() for stem in _STEMS if not stem[0].isascii())})),
        validate=is_told,
        render=pseudonym,
        people=people,
        in_clear=True,
    )
)
