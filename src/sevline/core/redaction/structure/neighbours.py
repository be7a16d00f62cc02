"""What fields that stand side by side say of one another: a town beside a street, a product beside its price."""

# ruff: noqa: E501 - forms are read whole

import re
from collections.abc import Iterable
from enum import Flag, auto
from functools import lru_cache, reduce
from operator import or_

from sevline.core.redaction.detectors import card_named, identity_named, phone_named
from sevline.core.redaction.field_words import Means, meaning, says_whose
from sevline.core.redaction.late import late
from sevline.core.redaction.names import says_person

_STREET_OR_CODE_NAMES = (
    r"(?:.*[_ .-])?(?:stra(?:ß|ss)e|str|street(?:[_ ]?(?:name|address|line))?[_ ]?[12]?|address[_ ]?line[_ ]?[12]?|rue|calle|direcci(?:ó|o)n|domicilio|indirizzo|via|adres|endere(?:ç|c)o|rua|logradouro|ulica|hausnr|hausnummer"
    r"|house[_ ]?(?:no|number)|plz|postleitzahl|post(?:al)?[_ -]?code|zip(?:[_ ]?code)?|code[_ ]postal|c(?:ó|o)digo[_ ]postal|cap|cep|postnummer|postcode|eircode|pin[_ ]?code)"
)
_STREET_OR_CODE = late(_STREET_OR_CODE_NAMES, re.IGNORECASE)
_STREET = late(
    r"(?:.*[_ .-])?(?:stra(?:ß|ss)e|street(?:[_ ]?(?:name|address|line))?[_ ]?[12]?|address[_ ]?line[_ ]?[12]?|rue|calle|direcci(?:ó|o)n|domicilio|indirizzo|straat|adres|endere(?:ç|c)o|rua|logradouro|ulica)",
    re.IGNORECASE,
)
_TOWN = late(
    r"(?:.*[_ .-])?(?:city|town|suburb|ort|stadt|wohnort|ville|commune|localit(?:é|e|y)|ciudad|poblaci(?:ó|o)n|localidad|municipio|citt(?:à|a)|comune|cidade|plaats|woonplaats|stad|miasto|m(?:ě|e)sto)(?:[_ ]?name)?",
    re.IGNORECASE,
)
_ACCOUNT = late(r"(?:account|customer|client)[_ ]?name", re.IGNORECASE)
#: Who works for the company that the account is of.
_CONTACT = late(r"(?:primary[_ ])?contact(?:[_ ]?(?:name|person))?", re.IGNORECASE)
#: Members beside which a town is somebody's: a street, a postcode, a family name, a day of birth.
_TELLS_WHOSE = late(
    rf"{_STREET_OR_CODE_NAMES}|(?:.*[_ .-])?(?:(?:last|family|first|given|full|sur|contact|customer)[_ ]?name|birth[_ ]?da(?:te|y)|date[_ ]of[_ ]birth|dob|vorname|nachname|geburtsdatum|prénom|apellidos?|cognome|sobrenome)",
    re.IGNORECASE,
)
#: Members beside which a name is that of a thing.
_OF_THINGS = frozenset(
    [
        "sku",
        "price",
        "unitprice",
        "unit_price",
        "precio",
        "preis",
        "prix",
        "prezzo",
        "preco",
        "amount",
        "qty",
        "quantity",
        "menge",
        "version",
        "tier",
        "replicas",
        "seats",
        "image",
        "product_id",
        "productid",
        "article",
        "ean",
        "gtin",
        "stock",
        "weight",
        "currency",
        "duration",
        "size",
        "port",
        "protocol",
        "namespace",
        "labels",
        "uid",
        "kind",
        "apiversion",
        "schema",
        "columns",
        "severity",
        "enabled",
        "interval",
        "schedule",
        "cron",
    ]
)
_ID = late(r"(?:_id|Id|_ref|Ref)$")
_CAMEL = late(r"(?<=[a-zß-ž0-9])(?=[A-ZÀ-Þ])")


_NAMES = frozenset(("name", "nombre", "nom", "nome", "bezeichnung", "title"))
_OF_PEOPLE = late(
    r".*(?:mail|phone|tel|mobil|birth|dob|gebur|street|stra(?:ß|ss)e|surname|first|last|given|family|gender|salutation|login|user|dni|iban).*",
    re.IGNORECASE,
)
#: Members of an object that say who it is, where the object itself stands under a name for a person.
_WHO = frozenset(
    (
        "name",
        "display_value",
        "displayvalue",
        "displayname",
        "display_name",
        "fullname",
        "full_name",
        "value",
        "label",
        "text",
        "login",
        "title",
    )
)


#: Objects of which a name is that of a thing, however much it looks like a person's.
_ARE_THINGS = frozenset(
    ("product", "article", "project", "plan", "job", "queue", "service", "app", "application", "component", "repository", "repo", "branch", "environment", "cluster", "region", "team", "role", "browser", "os",
     "category", "brand", "milestone", "sprint", "release", "feature", "module", "package", "plugin", "theme", "template", "report", "dashboard", "workflow", "pipeline", "stage", "step")
)  # fmt: skip
#: Members that say of their object only that it has a number.
_NUMBER_OF = frozenset(("number", "no", "nr", "num", "nummer", "numero", "número", "numéro", "value", "display"))
_ACCOUNT_OF = frozenset(("account", "account_number", "accountnumber"))
#: Members of a name that is an object.
_PARTS_OF_NAME = frozenset(("given", "family", "first", "last", "middle", "full", "maiden", "nick"))
_WHOLE_NAMES = frozenset(
    (
        "name",
        "names",
        "fullname",
        "full_name",
        "person_name",
        "personname",
        "humanname",
        "legal_name",
        "legalname",
        "officialname",
    )
)


class _Says(Flag):
    """What a field can say of those beside it."""

    NOTHING = 0
    OF_THING = auto()
    OF_PERSON = auto()
    WHOSE = auto()
    CONTACT = auto()
    ADDRESS = auto()


@lru_cache(maxsize=4096)
def _says(field: str) -> _Says:
    name = _CAMEL.sub("_", field)
    is_address = _TOWN.fullmatch(name) is not None or _STREET_OR_CODE.fullmatch(name) is not None
    told = (
        (name.lower() in _OF_THINGS, _Says.OF_THING),
        (_OF_PEOPLE.fullmatch(name) is not None, _Says.OF_PERSON),
        (_TELLS_WHOSE.fullmatch(name) is not None, _Says.WHOSE),
        (_CONTACT.fullmatch(name) is not None, _Says.CONTACT),
        (is_address, _Says.ADDRESS),
    )
    return reduce(or_, (kind for holds, kind in told if holds), _Says.NOTHING)


@lru_cache(maxsize=4096)
def _kinds(field: str) -> tuple[_Says, ...]:
    """The same, one by one."""
    return tuple(_says(field))


class Beside:
    """Fields that stand side by side. Each is looked at once, however many of them ask for the others."""

    def __init__(self, fields: Iterable[str]) -> None:
        self._saying: dict[_Says, set[str]] = {}
        for field in fields:
            for kind in _kinds(field):
                self._saying.setdefault(kind, set()).add(field)

    def says(self, kind: _Says, field: str) -> bool:
        """Whether another field than this one says so."""
        saying = self._saying.get(kind, ())
        return len(saying) > (field in saying)


def told(field: str, beside: Beside) -> str:
    """The name under which a value is looked at that stands in `field`, with these fields beside it.

    A town beside a street, a postcode or a family name is a part of somebody's address, and so is a street without its
    number. What has a price or a version has a name that is no person's, and so has an account that has a contact.
    """
    name = _CAMEL.sub("_", field)
    if name.lower() in _NAMES:
        return "thing" if beside.says(_Says.OF_THING, field) and not beside.says(_Says.OF_PERSON, field) else field
    if _TOWN.fullmatch(name) and beside.says(_Says.WHOSE, field):
        return "address.city"
    if _ACCOUNT.fullmatch(name) and beside.says(_Says.CONTACT, field):
        return "company"
    return "address.street" if _STREET.fullmatch(name) and beside.says(_Says.ADDRESS, field) else field


@lru_cache(maxsize=4096)
def may_tell(field: str) -> bool:
    """Whether what stands beside a field of this name can change what it is."""
    name = _CAMEL.sub("_", field)
    return (
        name.lower() in _NAMES
        or _TOWN.fullmatch(name) is not None
        or _STREET.fullmatch(name) is not None
        or _ACCOUNT.fullmatch(name) is not None
    )


def _number_of(field: str, parent: str) -> str:
    """What a member that only says “number” is the number of; nothing where that is none of a person's."""
    if field.lower() in _NUMBER_OF:
        name = parent
    elif field.lower() in _ACCOUNT_OF:
        name = f"{parent}_account"
    else:
        return ""
    spelled = _CAMEL.sub("_", name)
    known = any(named.NAME.fullmatch(spelled) is not None for named in (identity_named, phone_named, card_named))
    return spelled if known else ""


@lru_cache(maxsize=4096)
def of_parent(field: str, parent: str) -> str:
    """The name of the object for a member that says who it is: of `"caller": {"display_value": …}` the caller.

    What a product or a project is called is no person's name. Of `"drivers_licence": {"number": …}` the number is the
    licence's.
    """
    if field.lower() in _PARTS_OF_NAME and parent.lower() in _WHOLE_NAMES:
        return f"{field}_name"
    if field.lower() in _NAMES and parent.lower() in _ARE_THINGS:
        return "thing"
    if number_of := _number_of(field, parent):
        return number_of
    bare = _ID.sub("", parent)
    if field.lower() in _WHO and bare and says_person(bare):
        return bare
    return _of_owner(field, parent)


def _of_owner(field: str, parent: str) -> str:
    """The name for what a field means by what it belongs to: `given` of a passenger, `city` of what is billed."""
    means = meaning(field, parent)
    if means is Means.TOWN and says_whose(parent):
        return "address.city"
    if means is not Means.NAME or meaning(field) is Means.NAME or says_person(field):
        return field
    return f"{field}_name" if field.lower() in _PARTS_OF_NAME else f"{parent} {field}"
