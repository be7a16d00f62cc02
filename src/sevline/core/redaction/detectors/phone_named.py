"""Telephone numbers in the form of any country, beside a word that says so."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_LABEL = (
    r"(?:(?:tele|cell|mobile|home|work|office|contact|customer|billing|shipping|business)?[ _-]?(?:phone|fon)(?:[ _-]?(?:number|nummer|no|nr|num))?|tel|t(?:é|e)l(?:é|e)(?:phone|fono|fone|fonnummer|fon)|t(?:é|e)l|telefonnummer|call[ _-]?back(?:[ _-]?(?:number|no|num))?|r(?:ü|ue)ckruf(?:nummer)?|mobil(?:e|nummer|e[ _-]?number)?|handy(?:nummer)?"
    r"|mob|mobitel|broj[ _]telefona|telp|puhelinnumero|тел(?:ефон)?|моб(?:ильный)?|контактный телефон|手机号?码?|联系电话|电话|携帯(?:電話)?(?:番号)?|電話(?:番号)?|휴대폰|연락처|전화(?:번호)?|هاتف|جوال|טלפון|נייד|direct(?:[ _-]?(?:dial|line))?|landline|switchboard|tele?fax|fax|telefonum|tlfn?|telf?[0-9]?|puh|gsm|durchwahl|sms(?:[ _-]?to)?|voicemail"
    r"|(?:calling|called)(?:[ _-]?(?:party|station))?(?:[ _-]?(?:number|no|id|num))?|call(?:er|ee)(?:[ _-]?(?:number|no|num))?|anrufer|angerufener|(?:from|to|a|b|ani|dnis|src|dst|source|dest(?:ination)?)[_-](?:number|num|phone|msisdn)|dnis|clip"
    r"|telem(?:ó|o)vel|telemobil|m(?:ó|o)vil|cell(?:ulare?)?|celular|recapito|zap|fax(?:nummer|[ _-]?number)?|rufnummer|msisdn|whatsapp|portable|puhelin|telefoon|caller[ _-]?id|call me (?:at|on|under)|reach me (?:at|on|under)|my number is|ring me on|r(?:ü|ue)ckruf(?:[ ]bitte)?[ ](?:unter|an|auf))"
)
#: A field or column that is called so.
NAME = late(
    rf"(?:.*[_ .-])?(?:{_LABEL}(?:[_ .-]?(?:no|nr|number|nummer|num|[12]))?|contact[_ -]?(?:no|number|num))",
    re.IGNORECASE,
)
#: What says behind the word that it is the number.
_NO = r"(?:[ .]{1,2}(?:nr|no|num|n[°ºo]|číslo|cislo|kom|dom|sł|stac|priv|privat|gesch|dienstl|mob|mobil|móvil|fijo|fixe|fisso|cel|vast|thuis|werk|hem|jobb|arb|koti|työ|work|home|office|day|evening))?"
#: What a sentence puts between the word and the number: “number is”, “numero di cellulare in”.
_SAID = r"(?:(?:(?:is|was|now|ist|lautet|est|es|è|é|är|er|on|to|in|auf|unter|su|al|el|o|le|na|op|til|til|till|como|jest|at)[ ]){1,2}:?)?"
_SEP = r"[ \t./()+\u00a0\u2009\u202f\u2011\u2013-]"
_NUMBER = rf"(?:\+|00)?{_SEP}{{0,2}}[0-9](?:{_SEP}{{0,3}}[0-9]){{6,16}}"
_SPLIT = late(
    rf"(?P<head>.*?)(?<![A-Za-z])(?P<number>[+(]{{0,3}}(?<![A-Za-z])[0-9](?:{_SEP}{{0,3}}[0-9]){{6,18}})$", re.DOTALL
)
_NOT_DIGITS = late(r"\D")
_DATE = late(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*")


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["number"]) if parts else (found, "")


def digits(found: str) -> str:
    return _NOT_DIGITS.sub("", _parts(found)[1])


def is_number(found: str) -> bool:
    number = _parts(found)[1]
    return 7 <= len(digits(found)) <= 16 and _DATE.fullmatch(number.strip()) is None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return _parts(found)[0] + pseudonyms.token("PHONE", digits(found))


detector(
    Detector(
        kind="phone_named",
        title="Telephone number beside its name",
        pattern=rf"(?i:{BEGIN}(?:[a-z]{{1,12}}[_-])?{_LABEL}{_NO})[\"'\\.]{{0,4}}[ \t]{{0,3}}-?[:=>：]?[ \t]{{0,3}}{_SAID}[\"'\\]{{0,4}}\+?\(?{_NUMBER}(?-u:\b)|^(?:item[0-9]\.)?TEL[;:][^\r\n0-9+]{{0,60}}\+?\(?{_NUMBER}(?-u:\b)|☎[ ]?\+?\(?{_NUMBER}(?-u:\b)",
        stage=Stage.NUMBER,
        gate=rf"(?i:{_LABEL}{_NO})[\"'\\.]{{0,4}}[ \t]{{0,3}}-?[:=>：]?[ \t]{{0,3}}{_SAID}[\"'\\]{{0,4}}[+(0-9]|☎|^(?:item[0-9]\.)?TEL[;:]",
        keywords=(
            "phone",
            "fon",
            "tel",
            "tél",
            "mobil",
            "handy",
            "móvil",
            "movil",
            "cell",
            "celular",
            "fax",
            "rufnummer",
            "msisdn",
            "whatsapp",
            "zap:",
            "recapito",
            "portable",
            "puhelin",
            "caller",
            "call me",
            "reach me",
            "my number",
            "ring me",
            "ckruf",
            "mobitel",
            "telefona",
            "тел",
            "Тел",
            "Моб",
            "моб",
            "手机",
            "电话",
            "電話",
            "携帯",
            "휴대폰",
            "연락처",
            "전화",
            "هاتف",
            "جوال",
            "טלפון",
            "נייד",
            "callback",
            "call back",
            "call_back",
            "call-back",
            "mob:",
            "mob.",
            "direct:",
            "direct line",
            "direct dial",
            "tlf",
            "durchwahl",
            "called_",
            "called number",
            "called party",
            "calling_",
            "calling number",
            "calling party",
            "callee",
            "anrufer",
            "angerufen",
            "from_number",
            "to_number",
            "a_number",
            "b_number",
            "src_num",
            "dst_num",
            "dnis",
            "☎",
        ),
        any_case=True,
        normalise=digits,
        validate=is_number,
        render=pseudonym,
        in_clear=True,
    )
)
