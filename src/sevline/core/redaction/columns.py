"""What stands for a value under the name of its column, where no detector of text sees the two together."""

import re

from sevline.core.redaction.detectors import card_named, identity_named, phone_named, street_address
from sevline.core.redaction.detectors.birth_date import NAMES as BIRTH_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_full_name, is_login_of_somebody, is_name_of_person, says_person
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.roles import says_done_by, says_role
from sevline.core.redaction.secret_names import is_ordinary, says_by_guess, says_secret

_TOKENED = late(EVERY_PSEUDONYM)
_BIRTH = late(rf"(?:.*[_ .-])?(?:{BIRTH_NAMES}|geb|gebdat|naiss|nasc|nacim)", re.IGNORECASE)
#: Of a telephone within a house the last digits are enough.
_EXTENSION = late(
    r"(?:.*[_ .-])?(?:durchwahl|nebenstelle|ext(?:ension)?|phone_?ext|poste|anexo|ramal|interno|dw|nst)", re.IGNORECASE
)
#: Letters and figures of a number, and no sentence.
_IS_CODE = late(r"[A-ZÀ-Þ0-9](?:[ ./()-]{0,3}[A-ZÀ-Þ0-9]){2,34}[)]?|[A-Za-z0-9/.-]{4,36}")
_SHORT = late(r"[0-9]{2,6}")
_FIGURES = late(r"[+(0-9][0-9 ./()+-]{6,20}")


def column_token(column: str, value: str, pseudonyms: Pseudonyms) -> str | None:
    """The pseudonym, None where the column says nothing of a value like this."""
    if not value or _TOKENED.search(value):
        return None
    says = says_secret(column) or says_by_guess(column)
    if says and len(value) > 3 and not is_ordinary(column, value, loose=False):
        return pseudonyms.secret("SECRET", value)
    if _is_person(column, value):
        return pseudonyms.token("PERSON", value.lower(), kind="term person")
    if any(map(str.isdigit, value)):
        return _number(column, value, pseudonyms)
    return None


def tells_of_person(column: str) -> bool:
    """Whether a column of this name may hold a person, a number of somebody's or an address."""
    numbers = (_BIRTH, phone_named.NAME, _EXTENSION, street_address.NAME, card_named.NAME, identity_named.NAME)
    return (
        says_person(column)
        or says_role(column)
        or says_done_by(column)
        or any(one.fullmatch(column) for one in numbers)
    )


def _is_person(column: str, value: str) -> bool:
    if is_name_of_person(column, value, stated=True) or (says_role(column) and is_full_name(value)):
        return True
    return says_done_by(column) and is_login_of_somebody(value)


def _number(column: str, value: str, pseudonyms: Pseudonyms) -> str | None:
    if _BIRTH.fullmatch(column):
        return pseudonyms.secret("BIRTH-DATE", value.lower())
    if phone_named.NAME.fullmatch(column) and _FIGURES.fullmatch(value):
        return pseudonyms.token("PHONE", "".join(filter(str.isdigit, value)))
    if _EXTENSION.fullmatch(column) and _SHORT.fullmatch(value):
        return pseudonyms.token("PHONE", value)
    head = f"{column}: "
    if street_address.NAME.fullmatch(column) and street_address.is_address(head + value):
        return pseudonyms.token("ADDRESS", value.lower())
    for named in (card_named, identity_named):
        if named.NAME.fullmatch(column) and _IS_CODE.fullmatch(value) and named.is_number(head + value):
            masked: str = named.pseudonym(head + value, pseudonyms)
            return masked.removeprefix(head)
    return None
