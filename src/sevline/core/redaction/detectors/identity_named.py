"""Numbers of documents, accounts and insurances beside their name; of most the form is not checked, only that it is a number."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.checksums import luhn, verhoeff, weighted_sum
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

_LABEL = (
    r"(?:passport|reise-?pass|passeport|pasaporte|passaporto|passaporte|paspoort|paszport|pasport|pas(?:s|)nummer)"
    r"|driv(?:er|ing)(?:'s|s)?[ _-]?licen[cs]e|dl[ ]?(?:#|no)|f(?:ü|ue)hrerschein(?:nummer)?|permis[ _-]?de[ _-]?conduire|permiso[ _-]?de[ _-]?conducir|carnet[ _-]?de[ _-]?conducir|patente(?:[ _-]?di[ _-]?guida|[ ]n[.°ºr]?)|carta[ _-]?de[ _-]?condu(?:ç|c)(?:ã|a)o|rijbewijs(?:nummer)?|prawo[ _-]?jazdy|cnh"
    r"|(?:personal)?ausweis(?:nummer|nr)?|id[ _-]?card|identity[ _-]?(?:card|number|no)|national[ _-]?(?:id|identity|identification|insurance)(?:[ _-]?(?:no|number|card))?|carte[ _-]?(?:nationale[ _-]?)?d'identit(?:é|e)|carta[ _-]?d'identit(?:à|a)|cart(?:ã|a)o[ _-]?de[ _-]?cidad(?:ã|a)o|bilhete[ _-]?de[ _-]?identidade|documento[ _-]?de[ _-]?identidad|c(?:é|e)dula|dow(?:ó|o)d[ _-]?osobisty|ob(?:č|c)ansk(?:ý|y)[ _-]?pr(?:ů|u)kaz|(?:č(?:íslo|\.)[ ])op|dow(?:ó|o)d|személyi[ ]igazolvány|(?:id|identitets)-?kort|körkort(?:snummer)?|førerkort|kørekort|ajokortti|henkilökortti|residence[ _-]?permit|(?:visa|green[ _-]?card)[ _-]?(?:no|number)|permis[ ]de[ ]s(?:é|e)jour|titre[ ]de[ ]s(?:é|e)jour|aufenthaltstitel|vin|chassis[ _-]?(?:no|number)|fahrgestell(?:nummer|nr)"
    r"|(?:sozial|renten)versicherungs(?:nummer|nr)|social[ _-]?security(?:[ _-]?(?:no|number))?|n(?:um(?:(?:é|e)ro)?|°|o)[ _-]?(?:de[ _-]?)?s(?:é|e)cu(?:rit(?:é|e)[ _-]?sociale)?|seguridad[ _-]?social|seguran(?:ç|c)a[ _-]?social"
    r"|tax[ _-]?(?:id|file[ _-]?number|number|payer[ _-]?id)|taxpayer[ _-]?id|steuer(?:nummer|-?id(?:entifikationsnummer)?)|steuer[ _-]?id|vat[ _-]?(?:id|no|number)|ust-?id(?:nr)?|codice[ _-]?fiscale|partita[ _-]?iva"
    r"|konto(?:nummer|nr)|bank[ _-]?account|account[ _-]?(?:no|number)|num(?:é|e)ro[ _-]?de[ _-]?compte|n(?:ú|u)mero[ _-]?de[ _-]?cuenta|sort[ _-]?code|swift|bic|bankleitzahl|agência|conta[ _-]?corrente"
    r"|nhs|medicare|medicaid|mbi|(?:health[ _-]?)?insurance[ _-]?(?:no|number|id)|kranken(?:versicherten|versicherungs|kassen?)?[ -]?(?:nummer|nr)|versicherten(?:nummer|nr)|patient[ _-]?id|medical[ _-]?record[ _-]?number|mrn|carte[ _-]?vitale|tessera[ _-]?sanitaria"
    r"|rijksregister(?:nummer)?|registre[ _-]?national|num(?:é|e)ro[ _-]?national|cod[ _-]?numeric[ _-]?personal|r\.[ ]?č\.|r\.u\.t\.?|individual[ _-]?number|my[ _-]number"
    r"|aadhaar|[sr]v[ _-]?(?:nummer|nr)|f(?:ø|o)dsels(?:nummer|nr)|person(?:nummer|nr)|kennitala|henkil(?:ö|o)tunnus|isikukood|asmens[ _-]?kodas|personas[ _-]?kods|rodn(?:é|e)[ _-]?(?:č|c)(?:í|i)slo|n(?:ú|u)mero[ _-]?de[ _-]?contribuinte|teudat[ _-]?zehut|israeli[ _-]?id|hong[ _-]?kong[ _-]?id|emirates[ _-]?id|iqama|my[ _-]?kad|kimlik|burgerservice(?:nummer)?|social[ _-]?insurance[ _-]?(?:no|number)"
    r"|licen[cs]e[ _-]?plate|(?:vehicle[ _-]?)?registration[ _-]?(?:mark|number|no|plate)|vehicle[ _-]?registration|reg(?:istration)?[ _-]?plate|reg[. ]{1,2}(?:no|nr)|registrerings(?:nummer|nr)|kenteken(?:nummer)?|rejestracyjn[yae]|spz|rendszám|plate[ _-]?(?:no|number)|placa|number[ _-]?plate|(?:kfz-?)?kennzeichen|(?:plaque[ _-]?d'|num(?:é|e)ro[ _-]?d')?immatriculation|matr(?:í|i)cula|(?:employee|personal|staff)[ _-]?(?:no|number|id)|personal(?:nummer|nr)|matricule|matricola|karten(?:nummer|nr)|card[ _-]?(?:no|number)|kreditkarte(?:nnummer)?|targa"
    r"|vergi[ _-]?no|civil[ _-]id|philsys|clabe|sgk[ _-]?no|taj[ _-]?sz(?:á|a)m|ad(?:ó|o)sz(?:á|a)m|cod[ _-]?fiscal|afiliaci(?:ó|o)n|voter[ _-]?id|epic[ _-]?no|dea[ _-]?(?:no|number)|t(?:í|i)tulo[ _-]?(?:de[ _-]?)?eleitor|nuss|gstin|omang|personal[ _-]?code|(?:thai|taiwan(?:ese)?|citizen|resident)[ _-]?(?:id|identity)|tw[_-]id|เลขประจำตัวประชาชน|егн|иин|рнокпп|αμκα|rč|身分證字號|身份证(?:号码?)?|居留證|マイナンバー|주민등록번호|паспорт|инн|снилс"
)
#: Short ones, which are parts of words too.
_SHORT = r"(?:svnr|rg|ppsn?|cnp|oib|egn|jmbg|emšo|emso|pan[ _-]?(?:card|no|number)|imsi|iccid|kfz|nino|nipc?|niss|cuil|cuit|cui|curp|rfc|nif|nie|nrn|dni|cpf|cnpj|rut|ruc|rib|blz|bsn|regon|cpr|hetu|hkid|nric|nik|ktp|iin|inn|snils|amka|afm|bvn|nin|itin|ein|sin|tfn|ird|nir|ahv|avs|tin|ssn|tckn|vkn|cmnd|cccd|dui|mynumber)"
_NUMBERED = r"(?:[ _-]?(?:no|nr|num|number|nummer|num(?:ber|mer|ero|éro)|número|numer|id|code|card))?"
#: Whose, or of which country, a field tells behind it: `nif_pt`, `oib_korisnika`.
_WHOSE = r"(?:_(?:a[rtu]|b[egr]|c[aehloz]|d[ek]|e[cst]|f[irl]|fiz|g[br]|h[kru]|i[elnt]|jp|k[rz]|lt|lv|mx|n[loz]|p[elt]|r[ou]|s[egik]|t[hrw]|u[aks]|za|clien[tea]{1,2}|user|customer|holder|owner|employee|patient|kunden?|korisnika|klienta|pracownika|titular|empleado|paciente))?"
_NAMED = rf"(?:(?:[a-z0-9]{{1,16}}[ _-]?)?(?:{_LABEL})|(?:[a-z0-9]{{1,16}}[ _-])?{_SHORT}){_NUMBERED}{_WHOSE}"
#: A field or column that is called so.
NAME = late(rf"(?:[a-z]{{1,16}}[_-]?)?(?:{_LABEL}|{_SHORT}){_NUMBERED}{_WHOSE}", re.IGNORECASE)
#: What stands between the name and the number: the mark of a field, a blank, an end of a cell, a phrase.
_IS = (
    r"(?:\.?[\"'\\]{0,4}[ \t]{0,3}(?:[=-]>|[:=>#(|])[ \t]{0,20}[\"'\\]{0,4}|\.?[ ](?:n[.°ºr]?|no\.?|nr\.?|number|num\.?|is|ist|war|was|est|es|è|é|är|er|on|je|jest|to|este|account|#)?[ ]?:?[ ]?[(\"']?"
    r"|,?[ ](?:it[ ]|sie[ ]|elle[ ]|es[ ])?(?:should[ ](?:be|read)|muss|soll|doit[ ]être|debe[ ]ser|lautet|(?:is|was)[ ](?:now[ ]|wrong[ ]|changed[ ]to[ ])?)[^0-9A-Z\r\n]{0,20})"
)
#: In an address of the web a blank is written `%20`.
_VALUE = r"[A-Z0-9](?:(?:[ ./-]|%20)?[A-Z0-9]){4,24}(?:[(][0-9A][)])?"
_SPLIT = late(rf"(?P<head>{_NAMED}{_IS}(?:[0-9-]{{8}}[ ]account[ ])?)(?P<value>[A-Z0-9].*)$", re.IGNORECASE | re.DOTALL)
_OF_SHORT = late(rf"(?:[a-z0-9]{{1,16}}[ _-])?(?P<name>{_SHORT}){_NUMBERED}{_WHOSE}{_IS}", re.IGNORECASE)
_WORDS_TOO = frozenset(
    ("sin", "tin", "ein", "nie", "nin", "cui", "rib", "rfc", "ird", "nik", "dui", "afm", "inn", "iin", "rg")
)
_STANDS_FOR_CARD = late(
    r"9[0-9]{3}(?:[ ._-]?[0-9]{4}){2}(?:[ ._-]?[0-9]{1,4})?(?:[ ._-]?[0-9]{1,3})?|9[0-9]{3}[ ._-]?[0-9]{6}[ ._-]?[0-9]{4,5}"
)
DIGITS_OF_AADHAAR = 12
_OF_TAXPAYER = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
#: On the plate of a car two figures are usual.
_OF_PLATE = late(
    r"[^:=(]*(?:plate|kennzeichen|registr|immatric|matr(?:í|i)c|targa|kenteken|placa|rejestr|rendsz)", re.IGNORECASE
)
#: Of these the number has nine figures and more, which tells it from what the word counts else.
_OF_MANY_FIGURES = frozenset(("nik", "dui", "afm", "inn", "iin"))
#: The sine of an angle, and no number of anybody.
_FRACTION = late(r"[0-9]{1,2}\.[0-9]+")
_DATE = late(r"(?:19|20)[0-9]{2}[-/.](?:0?[0-9]|1[0-2])[-/.](?:[0-2]?[0-9]|3[01])(?:[^0-9].*)?", re.DOTALL)
_LAST_WORD = late(r"[ ][A-Z]+$|[ ][0-9]{1,2}$")


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (found[: parts.start("value")], parts["value"]) if parts else (found, "")


def number(found: str) -> str:
    return "".join(filter(str.isalnum, _parts(found)[1].replace("%20", ""))).upper()


def _is_short_word(head: str, value: str, figures: int) -> bool:
    """Whether the name is a short one that may be a word, and the value too short for what it would name."""
    short = _OF_SHORT.match(head)
    if short is None:
        return False
    marked = re.search(r"[:=>#|(\"']", head[short.end("name") :]) is not None
    if _FRACTION.fullmatch(value):
        return True
    is_word = short["name"].lower() in _WORDS_TOO
    if is_word and not marked:
        is_number = short["name"].isupper() or (
            value.replace("-", "").isdecimal() and short["name"].lower() in _OF_MANY_FIGURES
        )
        return not is_number or figures < (8 if short["name"].isupper() else 9)
    return figures < (8 if is_word else 5 if marked else 7) and value.isdecimal()


def _stands_for_card(value: str, digits: str) -> bool:
    """Whether it has the shape of what stands for a card's number, which passes neither check."""
    is_of_person = (
        len(digits) == DIGITS_OF_AADHAAR and digits.isdecimal() and (verhoeff(digits) or _of_taxpayer(digits))
    )
    return _STANDS_FOR_CARD.fullmatch(value) is not None and not luhn(digits) and not is_of_person


def _of_taxpayer(digits: str) -> bool:
    """Whether the last figures check a number of a person in Russia or in Kazakhstan."""
    checked = [weighted_sum(digits[:end], _OF_TAXPAYER[-end:]) % 11 % 10 == int(digits[end]) for end in (10, 11)]
    return all(checked) or weighted_sum(digits[:11], range(1, 12)) % 11 == int(digits[11])


def is_number(found: str) -> bool:
    value = _parts(found)[1]
    figures = sum(map(str.isdigit, value))
    if _stands_for_card(value, number(found)):
        return False
    if _is_short_word(_parts(found)[0], value, figures):
        return False
    fewest = 2 if _OF_PLATE.match(found) else 3
    return not is_token(value) and figures >= fewest and len(number(found)) >= 5 and _DATE.fullmatch(value) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return _parts(found)[0] + pseudonyms.token("IDENTITY", number(found))


detector(
    Detector(
        kind="identity_named",
        title="Number of a document or an account beside its name",
        pattern=rf"(?i:{BEGIN}{_NAMED}{_IS})(?:[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}[ ]account[ ])?{_VALUE}(?-u:\b)",
        stage=Stage.NUMBER,
        rare=True,
        gate=(
            # A mark or a blank comes behind the name, which a long line of base64 has nowhere.
            r"(?:(?i-u:pass?port|passeport|pasaporte|passaport|paspoort|paszport|pass?nummer|reise-?pass|licen|dl ?(?:#|no)|hrerschein|permis|carnet|patente|condu|rijbewijs|jazdy|cnh|ausweis|numsecu|num_secu"
            r"|id[ _-]?card|identi|national|dula|osobisty|versicherungs|social|sociale|de s|segur|tax|steuer|vat[ _-]?(?:id|n)|ust-?id|codice|partita|konto|bank|account[ _-]?n|sort[ _-]?code|swift|bic|ncia|conta|vergi[ _-]?no|civil[ _-]id|philsys|clabe|sgk[ _-]?no|taj[ _-]?sz|adosz|afiliaci|cod[ _-]?fiscal|voter[ _-]?id|epic[ _-]?no|dea[ _-]?n|eleitor|nuss|gstin|omang|thai|taiwan|citizen|resident|tw[_-]id"
            r"|nhs|medica|mbi|insurance|kranken|versicherten|patient|mrn|vitale|sanitaria|aadhaar|rijksreg|registre n|cod[ _-]?numeric|r\. ?č\.|r\.u\.t|individual[ _-]?n|my[ _-]number|[sr]v[ _-]?n[ur]|dsels|personn|kennitala|tunnus|isikukood|asmens|personas|rodn|contribuinte|zehut|israeli|kong|emirates|iqama|kad|kimlik|burger"
            r"|number[ _-]?plate|kennzeichen|immatricul|matr|registr[a-z]*[ _-]?(?:mark|n|plate)|vehicle|plate[ _-]?n|placa|kenteken|rejestracyjn|spz|rendszám|pr(?:ů|u)kaz|dow(?:ó|o)d|igazolv|kort|henkil|permit|visa|green[ _-]?card|jour|titel|\bvin\b|chassis|fahrgestell|slo op|reg[. ]{1,2}n|employee|personal|karten|card[ _-]?n|kreditkarte|targa"
            rf"|(?:\b|_){_SHORT}(?:\b|_))|身|居留|マイナ|주민|паспорт|Паспорт|ПАСПОРТ|adósz|инн|ИНН|снилс|СНИЛС|егн|ЕГН|иин|ИИН|рнокпп|РНОКПП|αμκα|ΑΜΚΑ|EMŠO|[rR][čČ]|ประชาชน)[^:=>#(| ,\t]*[:=>#(| ,\t]"
        ),
        normalise=number,
        validate=is_number,
        render=pseudonym,
    )
)
