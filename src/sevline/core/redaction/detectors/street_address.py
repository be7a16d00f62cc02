"""Streets and postcodes: in fields and behind words that say so, and where number and street show it themselves."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.shield import STAND_IN

_LABEL = (
    r"(?:(?:home|billing|shipping|postal|street|mailing|delivery|residential)?[ _-]?(?:address|addr)(?:[ _-]?(?:line)?[ _-]?[123])?|street(?:[ _-]?(?:name|address|line[ _-]?[12]))?|strasse|straße|anschrift|adresse|rue|direcci(?:ó|o)n"
    r"|domicilio|indirizzo|adres|endere(?:ç|c)o|wohnhaft|ship to|line[12]|i live at|lives at|send it to|addressline[12]?)"
)
_CODE_LABEL = r"(?:post(?:al)?[ _-]?code|zip(?:[ _-]?code)?|plz|postleitzahl|code[ _-]postal|c(?:ó|o)digo[ _-]postal|cap|cep|postnummer|eir[ _-]?code|pin[ _-]?code|npa|psč|psc|kod[ _-]pocztowy|ir(?:á|a)ny(?:í|i)t(?:ó|o)sz(?:á|a)m|posta[ _-]kodu)"
#: A field or column that is called so.
NAME = late(rf"(?:.*[_ .-])?(?:{_LABEL}|{_CODE_LABEL})", re.IGNORECASE)
_IS = r"[\"'\\]{0,4}[ \t]{0,3}(?:[:=>]|=>)[ \t]{0,3}[\"'\\]{0,4}"
_CODE = r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?[ ][0-9][A-Z]{2}|(?:[A-Z]{1,2}-)?[0-9]{4,6}(?:[- ][0-9]{3,4}|[ ][A-Z]{2})?|[0-9]{2,3}[- ][0-9]{2,3}|[A-Z][0-9][A-Z][ ][0-9][A-Z][0-9]|[A-Z][0-9][0-9W][ ]?[A-Z0-9]{4})"
_L = r"[A-Za-zÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.]*"
_CAP = r"[A-ZÀ-Þ][A-Za-zß-žƀ-ɏ'’.-]*"
_WAY = r"(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Terrace|Way|Parkway|Pkwy|Place|Pl|Crescent|Close|Highway|Hwy|Loop|Alley|Mews|Row)\.?"
_EXTRA = r"(?:,[ ](?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Flat|#)\.?[ ]?[A-Za-z0-9-]{1,8})?"
_STREET = (
    rf"[0-9]{{1,5}}[A-Za-z]?[ ](?:[NSEW][EW]?\.?[ ])?(?:{_CAP}|[0-9]{{1,3}}(?:st|nd|rd|th))[ ](?:{_L}[ ]){{0,2}}{_WAY}{_EXTRA}"
    rf"|(?:(?:Gro(?:ß|ss)e|Kleine|Alte|Neue|Obere|Untere|Lange|Kurze|Hohe|Breite|Innere|(?:Ä|Ae)u(?:ß|ss)ere|St\.|Dr\.)[ -])?[A-ZÀ-Þ][A-Za-zß-žƀ-ɏ'.-]*(?:straße|strasse|str\.|gasse|allee|weg|platz|ring|damm|ufer|gatan|vägen|straat|gracht|laan|kade|plein|gade|vej|vejen|gata|veien|vegen|katu|kuja|utca|-(?:Str\.|Stra(?:ß|ss)e|Allee|Platz|Weg|Ring|Gasse))[ ][0-9]{{1,4}}[ ]?[a-z]?"
    rf"|{_CAP}(?:[ ]{_CAP})?[ ](?:Cad\.|Caddesi|Sok\.|Soka(?:k|ğı)|Bulvar(?:ı|i))[ ](?:No:?[ ]?)?[0-9]{{1,4}}(?:/[0-9]{{1,3}})?"
    rf"|(?:Gro(?:ß|ss)e|Kleine|Alte|Neue|Obere|Untere|Lange|Kurze|Hohe|Breite|Innere|(?:Ä|Ae)u(?:ß|ss)ere)[ ](?:Stra(?:ß|ss)e|Gasse|Allee|Reihe)[ ][0-9]{{1,4}}[ ]?[a-z]?"
    rf"|(?:Am|An der|Im|In der|Auf der|Zum|Zur)[ ]{_L}[ ][0-9]{{1,4}}[a-z]?"
    rf"|[0-9]{{1,4}}(?:[ ](?:bis|ter))?,?[ ](?:rue|avenue|boulevard|place|chemin|impasse|quai|allée|cours|venelle|ruelle|sentier|route|square|passage|villa|cité|faubourg)[ ]{_L}(?:[ ]{_L}){{0,4}}"
    rf"|(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Vicolo|Salita|Contrada|Rua|Largo|Travessa|ul\.|al\.|Aleja)[ ]{_L}(?:[ ]{_L}){{0,4}},?[ ][0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}}[a-z]?)?"
    rf"|(?:C/|Av\.|Avda\.|Pza\.|Rúa|Carrer|Strada|Strasse|Straße|Ulica|Ulitsa)[ ](?:(?:de|del|de la|della|dei|di|do|da|dos)[ ])?{_L}(?:[ ](?:de|del|la|y|{_L})){{0,4}},?[ ](?:[Nn][.º°o]{{0,2}}[ ]?)?[0-9]{{1,4}}[a-z]?"
    r"|P\.?[ ]?O\.?[ ]Box[ ][0-9]{1,6}|Postfach[ ][0-9 ]{2,9}|[0-9]{1,5}[ ](?:Infinite|Fifth)[ ](?:Loop|Avenue)(?:,[ ]Suite[ ][0-9]+)?"
)
#: Floor, door or flat, as countries write them between the street and the town.
_DOOR = r"(?:,?[ ](?:(?:[0-9]{1,2}|[Ss]t)\.[ ]?(?:tv|th|mf|sal)\.?(?:[ ](?:tv|th|mf)\.?)?|[0-9]{1,2}\.?[ºª°][ ]?[A-Za-z]{0,5}\.?|(?:[Aa]pto?\.?|[Pp]iso|[Pp]ta\.?|m\.|lok\.|[Ii]nt\.|[Bb]te|[Bb]o[iî]te|[Ee]sc\.?|[Tt]op|[Ss]tiege|[Bb]loco|kat|[Dd]aire|D:)[ ]?[0-9]{1,4}[A-Za-z]?)){0,3}"
_FLAT = r"(?:(?:Flat|Unit|Apartment|Apt\.?|Suite|Room|Level|Floor)[ ][0-9]{1,4}[A-Za-z]?(?:[ /]|,[ ]))?"
_PLACE = rf"{_DOOR}(?:,[ ]?|;;|[ ][|·•][ ]|\r?\n)(?:{_L}(?:[ ]{_L}){{0,2}},?[ ](?:[A-Z]{{2}}[ ])?{_CODE}|{_CODE}[ ]{_L}(?:[ ]{_L}){{0,2}})"
#: Many a phrase of German has this form, so the town must follow.
_WITH_TOWN = rf"(?:Am|An de[rn]|Im|In de[rn]|Auf de[rm]|Bei der|Hinter der|Unter den|Vor dem|Zum|Zur)(?:[ ]{_CAP}){{2,3}}[ ][0-9]{{1,4}}[ ]?[a-z]?{_PLACE}"
#: Words, a number, a postcode and a town: the form of every address that ends so.
_WITH_CODE = rf"{_CAP}(?:[ ]{_L}){{0,3}}[ ][0-9]{{1,4}}[ ]?[A-Za-z]?(?:[ ][0-9]{{1,3}})?,[ ](?:[A-Z]{{1,2}}-)?(?:[0-9]{{5}}|[0-9]{{3}}[ ][0-9]{{2}}|(?:1[0-8]|2[1-9]|[3-9][0-9])[0-9]{{2}})[ ]{_CAP}"
#: Postcode and town behind a street that is masked already.
_BEHIND = rf"{STAND_IN}(?:-[IVX]{{1,4}}|[ ][A-Z])?(?:,|[ ][|·•])[ ](?:[A-Z]{{1,2}}-)?(?:[0-9]{{5}}|[0-9]{{4}}(?:[ ][A-Z]{{2}})?|[0-9]{{3}}[ ][0-9]{{2}}|[0-9]{{2}}-[0-9]{{3}})[ ]{_CAP}(?:[ ]{_CAP}){{0,2}}"
_SPLIT = late(
    rf"(?P<head><ADDRESS-[0-9a-f]{{16}}>[^,<>]{{0,8}}[,|·•][ ]|ADR[^:\r\n]*:;;|PSTLZ[ \t]+|(?:.*?(?:(?:{_LABEL}|{_CODE_LABEL}){_IS}|(?<![^\W_])(?:{_LABEL}|{_CODE_LABEL})[^<>]{{0,80}}>))|)(?P<value>.*)$".replace(
        r"[A-Za-zÀ-žƀ-ɏ]", r"[^\W\d_]"
    ),
    re.IGNORECASE | re.DOTALL,
)
#: The end of a sentence behind the town.
_END = late(r"(?:(?<=[A-Za-zß-ɏ]{4})|(?<=[0-9]{3}))\. (?=[A-ZÀ-Þ])")
#: What a phrase counts: “im Kapitel 7”, “am Montag 12”.
_COUNTED = late(
    r"(?:Am|An der|Im|In der|Auf der|Zum|Zur) (?:Version|Kapitel|Abschnitt|Seite|Jahr|Zeile|Punkt|Schritt|Raum|Release|Build|Modul|Fall|Port|Anhang|Block|Bild|Tabelle|Ticket|Artikel|Paragraph|Stand|Monat|Quartal"
    r"|Woche|KW|Tag|Stufe|Ebene|Etage|Spalte|Stelle|Stunde|Minute|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) .*"
)
_NUMBERED_LINE = late(r"([a-z]*)line[12](?![a-z])", re.IGNORECASE)
_STEP = late(r"[0-9] of [0-9]|[.:!?]$|\b(?:is|was|are|at|to|with|for|not|has|from)\b")
_HOUSE = late(r"(?:^|[ ,.#-])[0-9]{1,5}[A-Za-z]?(?:[ ,.;/$-]|$)")
_CAPITALISED = late(r"[A-ZÀ-žƀ-ɏ][a-zß-ɏ]{2,}.* |[a-zß-ɏ]{3,}.* [0-9]|[0-9] .*[A-Za-zß-ɏ]{3,}")
_NO_ADDRESS = late(r"0x[0-9a-f]+.*|[0-9a-f]*[:.][0-9a-f:.]+.*|\W*|[a-z_]+|.*://.*|.*@.*|[\w.-]+:[0-9]+", re.IGNORECASE)


def _parts(found: str) -> tuple[str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], _END.split(parts["value"], maxsplit=1)[0].rstrip(" \t.,;")) if parts else (found, "")


def first_of(value: str) -> str:
    """What of a text is an address, up to the end of its sentence."""
    return _END.split(value, maxsplit=1)[0]


def _is_other_line(head: str, value: str) -> bool:
    """Whether a line with a number is one of a text, not of an address: `online1`, `line2: step 3 of 10`."""
    line = _NUMBERED_LINE.match(head)
    return line is not None and (bool(line[1]) or _STEP.search(value) is not None)


def address(found: str) -> str:
    return _parts(found)[1].lower()


def is_address(found: str) -> bool:
    """A street has a word and a number in it; so has a postcode at least digits."""
    head, value = _parts(found)
    if " " not in value:
        value = value.replace("+", " ")  # as forms write a blank
    if is_token(value) or not any(map(str.isdigit, value)) or _is_other_line(head, value):
        return False
    if head.startswith(("ADR", "PSTLZ", "<ADDRESS-")) or re.search(
        rf"{_CODE_LABEL}(?:{_IS}|[ \t]+|[^<>]{{0,80}}>)$", head, re.IGNORECASE
    ):
        return True
    return (
        len(value.split()) <= 12
        and _COUNTED.fullmatch(value) is None
        and _HOUSE.search(value) is not None
        and _CAPITALISED.search(value) is not None
        and _NO_ADDRESS.fullmatch(value) is None
    )


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, value = _parts(found)
    token = pseudonyms.token("ADDRESS", value.lower())
    markup = head.endswith(">") and not head.startswith("<ADDRESS-")
    return head + (f"&lt;{token[1:-1]}&gt;" if markup else token) + found[len(head) + len(value) :]


detector(
    Detector(
        kind="street_address",
        title="Postal address",
        pattern=(
            rf"(?i:{BEGIN}(?:[a-z]{{1,12}}[_-])?{_CODE_LABEL}{_IS}){_CODE}(?-u:\b)|{_BEHIND}|PSTLZ[ \t]+{_CODE}(?-u:\b)|^ADR[^:\r\n]{{0,80}}:;;[^\r\n;]*;[^\r\n;]*;[^\r\n;]*;[^\r\n;]*|{BEGIN}(?:{_WITH_TOWN}|{_WITH_CODE}|{_FLAT}(?:{_STREET})(?:{_PLACE}|{_DOOR}))"
            rf"|(?i:{BEGIN}(?:[a-z]{{1,12}}[_-]?)?{_LABEL}{_IS})(?:[^\"'\\<>\r\n{{}}\[\]=|&]|['’][A-Za-zÀ-ž]){{6,120}}"
            rf"|<(?:[a-z0-9]{{1,20}}:)?(?i:{_LABEL}|{_CODE_LABEL})(?:[ ][^<>]{{0,80}})?>[^<>\r\n]{{4,120}}"
        ),
        stage=Stage.PERSONAL,
        # Without a count before the comma of a house, which doubled what every line costs.
        gate=(
            rf"(?i:(?:{_LABEL}|{_CODE_LABEL})[\"'\\]{{0,4}}[ \t]{{0,3}}[:=>])|[A-Za-z][ ]{_WAY}(?:[ ,;\"'<\\]|$)"
            r"|(?:straße|strasse|str\.|gasse|allee|weg|platz|ring|damm|ufer|gatan|vägen|straat|gracht|laan|kade|plein|gade|vej|vejen|gata|veien|vegen|katu|kuja|utca)[ ][0-9]"
            r"|(?:Am|An de[rn]|Im|In de[rn]|Auf de[rm]|Bei der|Hinter der|Unter den|Vor dem|Zum|Zur)[ ][A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ .'’-]{2,60}[ ][0-9]|[0-9](?:[ ](?:bis|ter))?,?[ ](?:rue|avenue|boulevard|place|chemin|impasse|quai|allée|cours|venelle|ruelle|sentier|route|square|passage|villa|cité|faubourg)[ ]"
            r"|(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Vicolo|Salita|Contrada|Rua|Largo|Travessa|ul\.|al\.|Aleja)[ ](?:d[aeo]s?[ ]|de[l ]|la[ ])?[A-ZÀ-žƀ-ɏ]|(?:C/|Av\.|Avda\.|Pza\.|Rúa|Carrer|Strada|Strasse|Straße|Ulica|Cad\.|Sok\.|Sokak|Caddesi|Gasse|Allee|Reihe)[ ]|[,|·•][ ](?:[A-Z]{1,2}-)?[0-9]{3}[ ]?[0-9]{1,2}[ ][A-ZÀ-Þ]|^ADR[;:]|PSTLZ|-(?:Str\.|Stra(?:ß|ss)e|Allee|Platz|Weg|Ring|Gasse)[ ][0-9]|Box[ ][0-9]|Postfach|Infinite[ ]Loop"
        ),
        normalise=address,
        validate=is_address,
        render=pseudonym,
        in_clear=True,
    )
)
