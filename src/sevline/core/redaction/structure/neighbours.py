"""What fields that stand side by side say of one another: a town beside a street, a product beside its price."""

# ruff: noqa: E501 - forms are read whole

import re
from collections.abc import Collection
from functools import lru_cache

from sevline.core.redaction.late import late
from sevline.core.redaction.names import says_person

_STREET_OR_CODE = late(
    r"(?:.*[_ .-])?(?:stra(?:ß|ss)e|str|street(?:[_ ]?(?:name|address|line))?[_ ]?[12]?|address[_ ]?line[_ ]?[12]?|rue|calle|direcci(?:ó|o)n|domicilio|indirizzo|via|adres|endere(?:ç|c)o|rua|logradouro|ulica|hausnr|hausnummer"
    r"|house[_ ]?(?:no|number)|plz|postleitzahl|post(?:al)?[_ -]?code|zip(?:[_ ]?code)?|code[_ ]postal|c(?:ó|o)digo[_ ]postal|cap|cep|postnummer|postcode)",
    re.IGNORECASE,
)
_STREET = late(
    r"(?:.*[_ .-])?(?:stra(?:ß|ss)e|street(?:[_ ]?(?:name|address|line))?[_ ]?[12]?|address[_ ]?line[_ ]?[12]?|rue|calle|direcci(?:ó|o)n|domicilio|indirizzo|straat|adres|endere(?:ç|c)o|rua|logradouro|ulica)",
    re.IGNORECASE,
)
_TOWN = late(
    r"(?:.*[_ .-])?(?:city|town|suburb|ort|stadt|wohnort|ville|commune|localit(?:é|e|y)|ciudad|poblaci(?:ó|o)n|localidad|municipio|citt(?:à|a)|comune|cidade|plaats|woonplaats|stad|miasto|m(?:ě|e)sto)(?:[_ ]?name)?",
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


def told(field: str, beside: Collection[str]) -> str:
    """The name under which a value is looked at that stands in `field`, with these fields beside it.

    A town beside a street or a postcode is a part of somebody's address, and so is a street without its number. What
    has a price or a version has a name that is no person's.
    """
    name = _CAMEL.sub("_", field)
    others = [_CAMEL.sub("_", other) for other in beside if other != field]
    if name.lower() in _NAMES:
        of_thing = any(other.lower() in _OF_THINGS for other in others)
        return "thing" if of_thing and not any(map(_OF_PEOPLE.fullmatch, others)) else field
    if _TOWN.fullmatch(name) and any(map(_STREET_OR_CODE.fullmatch, others)):
        return "address.city"
    if _STREET.fullmatch(name) and any(_TOWN.fullmatch(other) or _STREET_OR_CODE.fullmatch(other) for other in others):
        return "address.street"
    return field


@lru_cache(maxsize=4096)
def may_tell(field: str) -> bool:
    """Whether what stands beside a field of this name can change what it is."""
    name = _CAMEL.sub("_", field)
    return name.lower() in _NAMES or _TOWN.fullmatch(name) is not None or _STREET.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def of_parent(field: str, parent: str) -> str:
    """The name of the object for a member that says who it is: of `"caller": {"display_value": …}` the caller."""
    if field.lower() in _PARTS_OF_NAME and parent.lower() in _WHOLE_NAMES:
        return f"{field}_name"
    bare = _ID.sub("", parent)
    return bare if field.lower() in _WHO and bare and says_person(bare) else field
