"""A value that stands under the name of its column: what the name says decides, as beside a field."""

import re

from sevline.core.redaction.detectors import card_named, identity_named, phone_named
from sevline.core.redaction.names import is_name_of_person
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import is_ordinary, says_secret

_TOKENED = re.compile(EVERY_PSEUDONYM)


def masked_under(name: str, value: str, pseudonyms: Pseudonyms) -> str | None:
    """The pseudonym of a value that only its column's name gives away, None for any other."""
    if not value or _TOKENED.search(value):
        return None
    if says_secret(name) and len(value) > 3 and not is_ordinary(name, value, loose=False):
        return pseudonyms.secret("SECRET", value)
    if is_name_of_person(name, value, stated=True):
        return pseudonyms.token("PERSON", value.lower(), kind="term person")
    for named in (card_named, phone_named, identity_named):
        if named.NAME.fullmatch(name) and named.is_number(f"{name}: {value}"):
            masked: str = named.pseudonym(f"{name}: {value}", pseudonyms)
            return masked.removeprefix(f"{name}: ")
    return None
