"""Dates of birth in fields and sentences that call them so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

NAMES = (
    r"date[ _-]?of[ _-]?birth|birth[ _-]?date|birthday|b-?day|dob|d\.o\.b\.?|geburtsdatum|geb\.?-?dat(?:um|\.)|data nasc\.|geburtstag|geb\.(?:[ ]am)?|geboren(?:[ ]am)?|born(?:[ ]on)?|\(b\."
    r"|date[ _-]?(?:de[ _-]?)?naissance|née?(?:[ ]le)?|fecha[ _-]?(?:de[ _-]?)?(?:nacimiento|nac\.?)|d\.d\.n\.|data[ _-](?:di[ _-])?nasc\.|nacid[oa](?:[ ]el)?|nascid[oa](?:[ ]em)?|(?:data[ _-]di[ _-])?nascita|nat[oa][ ]il|data[ _-]de[ _-]nascimento"
    r"|geboortedatum|urodzon[aye]|ur\.|f(?:ö|o)dd|f(?:ø|o)dt|narozen[aá]?|született|syntynyt|f(?:ö|o)delsedat(?:um|o)|f(?:ø|o)dselsdato|do(?:ğ|g)um[ _-]tarihi|d(?:a|á)tum[ _-]naro(?:zen(?:í|i)|denia)|sz(?:ü|u)let(?:é|e)si[ _-](?:d(?:á|a)tum|id(?:ő|o))|data[ _-]na(?:ș|ş|s)terii|生年月日|出生日期|생년월일|data[ _-]urodzenia|syntym(?:ä|a)aika"
)
_MONTH = r"(?:[A-Za-zÀ-žƀ-ɏ]{3,12}\.?)"
#: It ends in a letter that is a word by itself.
_CJK_DATE = "(?:19|20)[0-9]{2}[年년][ ]?[0-9]{1,2}[月월][ ]?[0-9]{1,2}[日일]"
_DATE = (
    r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:T[0-9:.]+Z?)?"
    r"|[0-9]{1,2}[-/.] ?[0-9]{1,2}[-/.] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{6}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th|er|°|º|ª)?[. -]{{1,2}}(?:(?:de|of|di)[ ])?{_MONTH}[ ,-]{{1,2}}(?:(?:de|del)[ ])?(?:19|20)?[0-9]{{2}}"
    rf"|{_MONTH}[ ][0-9]{{1,2}}(?:st|nd|rd|th)?,?[ ](?:19|20)[0-9]{{2}}"
)
#: Whose it is, before the mark: “date de naissance du titulaire”.
_WHOSE = r"(?:[ ](?:of|du|de la|de l'|del|della|dell'|do|da|der|des|van de)[ ]?(?:the )?[a-zß-ž]{3,20})?(?:[ ]?\([^()\r\n0-9]{1,24}\)|[ ](?:verified|confirmed|checked|on file|provided|given|as))?"
_IS = (
    rf"{_WHOSE}"
    r"[\"'\\]{0,4}[ \t]{0,3}(?:=>|[=:>：]|is|was|am|war|ist|on|le|el|il|em|は|是|为|는|은)?[ \t]{0,3}[\"'\\]{0,4}"
)
_SPLIT = late(rf"(.*?(?:{NAMES}){_IS})({_CJK_DATE}|{_DATE})$", re.IGNORECASE | re.DOTALL)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts.group(1), parts.group(2)) if parts else (found, "")


def date(found: str) -> str:
    return _parts(found)[1].lower()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, value = _parts(found)
    return before + pseudonyms.secret("BIRTH-DATE", value.lower()) if value else found


detector(
    Detector(
        kind="birth_date",
        title="Date of birth",
        pattern=rf"(?i:(?:{BEGIN}(?:[a-z]{{1,12}}[_-])?|\()(?:{NAMES}){_IS}(?:{_CJK_DATE}|(?:{_DATE})(?-u:\b)))",
        stage=Stage.PAIR,
        keywords=("birth", "dob", "d.o.b", "bday", "b-day", "geb", "born", "naissance", "née", "né ", "naci", "nasc", "d.d.n", "nac.", " nac", "nato il", "nata il",
                  "delsedat", "dselsdato", "urodzon", " ur. ", "född", "født", "szület", "syntynyt", "um tarihi", "um_tarihi", "narozen", "narodenia", "letési", "letesi", "terii", "生年", "出生", "생년", "urodzenia", "syntym", "(b."),
        any_case=True,
        rare=True,
        gate=rf"(?i:(?:{NAMES}){_WHOSE}[\"'\\]{{0,4}}[ \t]{{0,3}}(?:=>|[=:>：]|is|was|am|war|ist|on|le|el|il|em|は|是|为|는|은)?[ \t]{{0,3}}[\"'\\]{{0,4}}[A-ZÀ-žƀ-ɏ]{{0,12}}[. ]{{0,2}}[0-9])",
        normalise=date,
        render=pseudonym,
    )
)  # fmt: skip
