"""Numbers of documents, accounts and insurances beside their name; of most the form is not checked, only that it is a number."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.checksums import luhn
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_LABEL = (
    r"(?:passport|reise-?pass|passeport|pasaporte|passaporto|paspoort)(?:[ _-]?(?:no|nr|num(?:ber|mer|ero)?|n°))?"
    r"|driv(?:er|ing)(?:'s|s)?[ _-]?licen[cs]e(?:[ _-]?(?:no|nr|num(?:ber)?))?|dl[ ]?(?:#|no)|f(?:ü|ue)hrerschein(?:nummer)?|permis de conduire|permiso de conducir|carnet de conducir|patente di guida|rijbewijs(?:nummer)?"
    r"|(?:personal)?ausweis(?:nummer|nr)?|id[ _-]?card(?:[ _-]?(?:no|number))?|identity[ _-]?card(?:[ _-]?number)?|national[ _-]?(?:id|identity|identification)(?:[ _-]?(?:no|number|card))?|carte d'identit(?:é|e)|c(?:é|e)dula"
    r"|(?:sozial|renten)versicherungs(?:nummer|nr)|social[ _-]?security(?:[ _-]?(?:no|number))?|num(?:é|e)ro de s(?:é|e)curit(?:é|e) sociale|national insurance(?: no| number)?"
    r"|tax[ _-]?(?:id|file[ _-]?number|number|payer[ _-]?id)|steuer(?:nummer|-?id(?:entifikationsnummer)?)|steuer[ _]id|vat[ _-]?(?:id|no|number)|ust-?id(?:nr)?|codice fiscale|partita iva"
    r"|konto(?:nummer|nr)|bank[ _-]?account(?:[ _-]?(?:no|number))?|account[ _-]?(?:no|number)|num(?:é|e)ro de compte|n(?:ú|u)mero de cuenta|sort[ _-]?code|swift|bic"
    r"|nhs(?:[ _-]?(?:no|number))?|medicare(?:[ _-]?number)?|medicaid(?:[ _-]?id)?|(?:health[ _-]?)?insurance[ _-]?(?:no|number|id)|kranken(?:versicherten|versicherungs|kassen?)?[ -]?(?:nummer|nr)|versicherten(?:nummer|nr)|patient[ _-]?id|medical[ _-]?record[ _-]?number|mrn"
    r"|f(?:ø|o)dsels(?:nummer|nr)|f(?:ø|o)dselsnr|personnummer|henkil(?:ö|o)tunnus|cpr[ -]?(?:nummer|nr)|bsn(?:-nummer)?|pesel|nipc?|niss|cuil|cuit|curp|rfc|nif|nie|dni|cpf|cnpj|n(?:ú|u)mero de contribuinte|rib|conta(?:[ ]corrente)?|ag(?:ê|e)ncia|iban|blz|bankleitzahl"
    r"|nino|ni[ _-]number|aadhaar(?:[ _-]?(?:no|num(?:ber)?|id))?|[sr]v-?(?:nummer|nr)"
    r"|svnr|ppsn?|cnp|oib|egn|isikukood|asmens kodas|pan[ _-]?(?:card|no|number)"
    r"|licen[cs]e[ _-]?plate|number[ _-]?plate|(?:kfz-?)?kennzeichen|kfz|(?:plaque d'|num(?:é|e)ro d')?immatriculation|imsi|iccid|matr(?:í|i)cula|employee[ _-]?(?:no|number|id)|personal(?:nummer|nr)|matricule|matricola|karten(?:nummer|nr)|card[ _-]?(?:no|number)|kreditkarte(?:nnummer)?"
)
#: A field or column that is called so.
NAME = re.compile(rf"(?:[a-z]{{1,12}}[_-]?)?(?:{_LABEL})", re.IGNORECASE)
_IS = r"\.?[\"'\\]{0,4}[ \t]{0,3}(?:(?:no|nr|number|num)\.?[ ]?)?(?:[:=>#]|=>|is|ist|n°|account)?[ \t]{0,3}[\"'\\]{0,4}"
_VALUE = r"[A-Z0-9](?:[ ./-]?[A-Z0-9]){4,24}"
_SPLIT = re.compile(
    rf"(?P<head>.*?(?:{_LABEL}){_IS}(?:[0-9-]{{8}}[ ]account[ ])?)(?P<value>[A-Z0-9].*)$", re.IGNORECASE | re.DOTALL
)
_STANDS_FOR_CARD = re.compile(r"9[0-9]{3}(?:[ ._-]?[0-9]){8,15}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*")
_LAST_WORD = re.compile(r"[ ][A-Z]+$|[ ][0-9]{1,2}$")


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (found[: parts.start("value")], parts["value"]) if parts else (found, "")


def number(found: str) -> str:
    return "".join(character for character in _parts(found)[1] if character.isalnum()).upper()


def is_number(found: str) -> bool:
    value = _parts(found)[1]
    figures = sum(map(str.isdigit, value))
    if _STANDS_FOR_CARD.fullmatch(value) and not luhn(number(found)):
        return False  # what stands for the number of a card, and keeps its shape
    return not is_token(value) and figures >= 3 and len(number(found)) >= 5 and _DATE.fullmatch(value) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return _parts(found)[0] + pseudonyms.token("IDENTITY", number(found))


detector(
    Detector(
        kind="identity_named",
        title="Number of a document or an account beside its name",
        pattern=rf"(?i:{BEGIN}(?:[a-z]{{1,12}}[_-])?(?:{_LABEL}){_IS})(?:[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}[ ]account[ ])?{_VALUE}(?-u:\b)",
        stage=Stage.NUMBER,
        rare=True,
        gate=rf"(?i:(?:{_LABEL})\.?[\"'\\]{{0,4}}[ \t]{{0,3}}(?:no|nr|number|[:=>#\"']|is|ist|n°|[A-Z0-9]))",
        hint=(
            r"(?i-u:passport|reise-?pass|passeport|pasaporte|passaporto|paspoort|licen|dl ?(?:#|no)|hrerschein|permis|carnet de|patente di|rijbewijs|ausweis"
            r"|id[ _-]?card|identity|national|carte d'identit|dula|versicherungs|social[ _-]?security|ro de [sc]|tax|steuer|vat[ _-]?(?:id|n)|ust-?id|codice fiscale"
            r"|partita iva|konto|bank[ _-]?account|account[ _-]?n|sort[ _-]?code|swift|bic|nhs|dsels|personnummer|tunnus|cpr|bsn|pesel|nip|niss|cui[lt]|curp|rfc|ni[ef]|dni|cpf|cnpj|contribuinte|rib|conta|ncia|iban|blz|bankleit|medica|insurance|kranken|versicherten|patient|mrn|number[ _-]?plate"
            r"|nino|ni[ _-]n|aadhaar|[sr]v-?n|svnr|pps|cnp|oib|egn|isikukood|asmens|pan[ _-]?[cn]|kennzeichen|kfz|immatricul|imsi|iccid|matr|employee|personaln|karten|card[ _-]?n|kreditkarte)"
        ),
        normalise=number,
        validate=is_number,
        render=pseudonym,
    )
)
