"""Names of people in letters and talk: after a greeting or a title, before “wrote”, behind “my name is”."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.letters import GREETINGS
from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import A_CAPITAL_FOLLOWS, is_common_name_of_person, is_full_name
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.shield import STAND_IN

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sr|Sra|Srta|Mme|Mlle|M\.|Herrn?|Frau|Fr|Hr|Monsieur|Madame|Se(?:ñ|n)ora?|Signor(?:a|e|ina)?|[Ss]ig(?:\.(?:ra|na))?|Dott(?:\.ssa|or|oressa)?|Doña|(?:Avv|Ing|Arch|Dra|Lic|Bc|[Mm]gr|[Ii]nż|JUDr|MUDr)\.|Dhr|Mevr|[Mm]evrouw|[Mm]eneer|Fam|Familie|Eheleute|[Pp]an(?:i|í|ią|a|u|em)?|[Ff]ru|[Ff]röken|[Hh]erra|[Rr]ouva)\.?"
_GREETING = rf"(?:{GREETINGS}|Thanks|Thank you|Thx|Welcome|Sorry|Danke|Merci|Gracias|Grazie|Obrigad[oa]|(?:Un )?[Ss]aludo|(?:Bien )?[Cc]ordialement|Atentamente|(?:Cordiali )?[Ss]aluti|H(?:ä|ae)lsningar|Hilsen|(?:Best |Kind )?[Rr]egards|Cheers|LG|VG|MfG|Gru(?:ß|ss)|Saludos|Cordialement|Pozdrawiam|Groet(?:en|jes)?)"
_WORD = r"[A-ZÀ-žƀ-ɏ][A-Za-zÀ-žƀ-ɏ'’.-]*"
_NAME = rf"(?:(?:van|von|der|den|del|de|da|di|la|le|al|el)[ ]){{0,3}}{_WORD}(?:(?:[ ](?:van|von|der|den|del|dos|de|da|di|du|la|le|bin|al|el|y)){{0,3}}[ ]{_WORD}){{0,4}}"
#: Who works for somebody or belongs to a family. Words that are others too stand behind whose they are.
_WHOSE = r"(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Yy]our|(?:[Mm]ein|[Dd]ein|[Ss]ein|[Ii]hr|[Uu]nser)(?:e|en|em|er)?|[Mm]on|[Mm]a|[Ss]a|[Nn]otre|[Vv]otre|[Mm]i|[Ss]u|[Ii]l mio|[Ii]l suo|[Ll]a mia|[Ll]a sua|[Mm]eu|[Mm]inha|[Ss]eu|[Ss]ua|[Mm]ijn|[Uu]w|[Zz]ijn|[Hh]aar|[Oo]nze|[Mm]in|[Dd]in|[Hh]ans|[Hh]ennes|[Hh]endes|[Mm]ój|[Mm]oja|[Mm]ojego|[Mm]ojej|[Mm]ůj|[Mm]oje)"
_KIN = r"(?:wife|husband|partner|son|daughter|mother|father|sister|brother|boss|assistant|Mann|Ehemann|Frau|Ehefrau|Partner(?:in)?|Sohn|Tochter|Mutter|Vater|Bruder|Schwester|Chef(?:in)?|mari|femme|épou(?:x|se)|fils|fille|marido|mujer|espos[oa]|hij[oa]|marito|moglie|figli[oa]|filh[oa]|man|vrouw|zoon|dochter|fru|hustru|kone|søn|sønn|datter|dotter|mąż|męża|żona|żony|syn|syna|córka|manžel(?:ka)?|dcera)"
_WORKS = r"(?:colleague|co-?worker|technician|[Kk]olleg(?:e|en|in)|Techniker(?:in)?|Mitarbeiter(?:in)?|Sachbearbeiter(?:in)?|collègue|technicien(?:ne)?|conseill(?:er|ère)|collega|colega|tecnic[oa]|técnic[oa]|compañer[oa]|monteur|medewerkster|medewerker|kolleg(?:a|an|ani)|koleg(?:a|i|ę|ou|ovi)|kolegyně|medarbetare|medarbejder|tekniker(?:n|en)?|työntekijä)"
_CUSTOMER = r"(?:[Cc]ustomer|[Cc]lient[ea]?|[Kk]unde?n?|[Kk]lant|[Kk]lient(?:ka|a)?|[Aa]siakas|zákazní(?:k|ce)|müşterimiz|[Pp]atient(?:in)?)"
#: Two who are greeted together.
_AND = r"(?:[ ](?:and|und|et|og|och|en|e|y|i|a|&)[ ])"
_SAYING = (
    r"(?:[Mm]y name(?: is|'s|’s)|[Mm]ein Name ist|[Ii]ch (?:heiße|heisse|bin)|[Jj]e m'appelle|[Mm]e llamo|[Mm]i chiamo|[Ss]oy|[Ss]ou[ ][oa]|[Ss]ono|[Nn]azywam się|[Ii]k ben|[Jj]ag heter|[Jj]menuji se|[Bb]enim adım|[Tt]his is|[Hh]ier ist|[Ss]poke (?:with|to)|[Rr]equested by"
    r"|[Rr]eported by|[Aa]ssigned to|(?:[Oo]pened|[Cc]losed|[Uu]pdated|[Cc]hanged|[Mm]odified|[Ee]dited|[Rr]esolved|[Ss]ubmitted|[Rr]aised|[Hh]andled|[Rr]eviewed|[Ee]scalated|[Rr]eopened|[Aa]cknowledged|[Cc]ancelled|[Dd]eleted|[Uu]ploaded|[Ll]ogged|[Ss]igned off|[Aa]nswered|[Cc]ompleted|[Vv]erified|[Cc]onfirmed|[Tt]aken over)[ ]by|(?:[Ee]scalated|[Rr]eassigned|[Hh]anded(?:[ ]over)?|[Tt]ransferred)[ ]to|@author|I,(?:[ ]the[ ]undersigned,?)?|[Ii]ch,|[Jj]e[ ]soussigné(?:e)?,?|[Yy]o,|[Ii]o[ ]sottoscritt[oa],?|[Ee]u,|(?:[Jj]a,[ ])?niżej[ ]podpisan[ya],?|[Oo]ndergetekende,?|[Uu]ndertecknad,?"
    r"|(?:bearbeitet|gemeldet|erstellt|geändert|freigegeben|geschlossen|eröffnet|angelegt|übernommen|bestätigt)[ ]von|(?:zugewiesen|weitergeleitet|übergeben)[ ]an|(?:signalé|créé|modifié|traité|fermé|ouvert|validé)[ ]par|(?:assigné|attribué|transféré)[ ]à|(?:creado|reportado|cerrado|modificado|abierto|aprobado)[ ]por|asignado[ ]a|[a-zß-ž]{2,14}(?:é|ée|ado|ada|ido|ida|ato|ata)[ ](?:par|por|da)"
    r"|(?:creato|chiuso|aperto|modificato|segnalato)[ ]da|assegnato[ ]a|(?:criado|alterado|fechado|aberto|aprovado)[ ]por|atribuído[ ]a|gemeld[ ]door|toegewezen[ ]aan|[Aa]pproved by|[Cc]alled by|[Cc]reated by|[Oo]n behalf of|(?:[Cc]ustomer|[Cc]lient|[Cc]aller|[Rr]equester|[Uu]ser|[Kk]undin|[Kk]unde|[Cc]liente|[Kk]lant|[Pp]atient(?:in)?)(?:[ ]name)?[ ](?:is|was|ist|war|hei(?:ß|ss)t|est|es|è|é)|[Aa] nombre de|[Aa]u nom de|[Aa]uf den Namen|[Ii]n the name of|[Ii]ntestat[oa] a|[Ee]m nome de|[Oo]p naam van|(?:[Kk]onto|[Kk]arten)?[Ii]nhaber(?:in)?|[Aa]ccount holder|[Cc]ardholder|[Tt]itular|[Tt]itulaire|[Cc]c:|[Cc]/o|[Aa]ttn:?|FN:|CN=|cn="
    rf"|{_WHOSE}[ ]{_KIN}|{_WORKS})"
)
_SPLIT = late(
    rf"(?P<head>(?:[0-9]{{2,4}},|schrieb)[ ]|N:|(?:(?:{_GREETING}[,]?|{_SAYING}|{_CUSTOMER}(?=[ ]))[ ]{{0,2}})?(?:{_TITLE}[ ])*)(?P<name>[^\W\d_].*?)"
    r"(?P<rest>[ ]*(?:[,!:;?\n<(]|&(?! [A-ZÀ-Þ])|(?<!\b[A-ZÀ-Þ])\.| wrote| schrieb| a écrit| escribió| ha scritto|,OU|,ou).*|)$",
    re.DOTALL,
)
#: A customer may be a company; a person is one whose day of birth, telephone or number of an authority follows.
_OF_CUSTOMER = late(rf"{_CUSTOMER}[ ]$")
_IS_A_PERSON = late(r"<[A-Z-]+-[0-9a-f]{16}>$")
_BOTH = late(_AND)
_HAS_TITLE = late(rf"{_TITLE}[ ]$")
_FEWEST_ALONE = late(
    rf"(?:{_WHOSE}[ ]{_KIN}|{_GREETING}|{_TITLE}|[Mm]y name|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m'appelle|[Mm]e llamo|[Mm]i chiamo)"
)


def _parts(found: str) -> tuple[str, str, str]:
    parts = _SPLIT.match(found)
    return (parts["head"], parts["name"], parts["rest"]) if parts else (found, "", "")


def _named(found: str) -> tuple[str, str, str]:
    """What stands before the name, the name with no mark of the sentence at its end, what stands after it."""
    if found.startswith("N:"):  # of a visiting card: last name, first name
        return "N:", found[2:].strip(";"), ""
    head, name, rest = _parts(found)
    bare = name.rstrip(" .,'’-")
    return head, bare, name[len(bare) :] + rest


def name(found: str) -> str:
    return _named(found)[1].lower()


def is_person(found: str) -> bool:
    head, text, rest = _named(found)
    if head.lower().startswith("cn="):
        return is_common_name_of_person(text)
    if _OF_CUSTOMER.match(head) and not _IS_A_PERSON.search(rest):
        return False
    titled = _FEWEST_ALONE.match(head) is not None or _HAS_TITLE.search(head) is not None
    both = _BOTH.split(text.replace(";", " "), maxsplit=1)
    return len(text) > 1 and all(is_full_name(one, fewest=1 if titled else 2) for one in both)


def people(found: str) -> tuple[str, ...]:
    """Who has a title or says a whole name; after a greeting alone anybody may stand."""
    head, text, _ = _named(found)
    return tuple(_BOTH.split(text)) if _HAS_TITLE.search(head) or " " in text else ()


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, text, rest = _named(found)
    both = _BOTH.split(text, maxsplit=1)
    tokens = [pseudonyms.token("PERSON", one.lower(), kind="term person") for one in both]
    return head + text[len(both[0]) : len(text) - len(both[-1])].join(tokens) + rest


detector(
    Detector(
        kind="letter_name",
        title="Name of a person in a letter",
        pattern=(
            rf"{BEGIN}{_GREETING}[,]?[ ]{{1,2}}(?:{_TITLE}[ ]){{0,2}}{_NAME}(?:{_AND}{_NAME})?[ ]{{0,2}}(?:[,!:.;?]|$)"
            rf"|{BEGIN}(?:{_TITLE}[ ]){{1,2}}{_NAME}|{BEGIN}{_SAYING}[ ]{{0,2}}(?:{_TITLE}[ ]){{0,2}}{_NAME}"
            rf"|(?:[0-9]{{2}},|schrieb|[0-9]{{4}},)[ ]{_NAME}(?:[ ]?<[^<>]{{1,80}}>)?[ ]?(?:wrote:|:|a écrit)|^{_NAME}[ ]wrote:"
            rf"|{BEGIN}{_CUSTOMER}[ ]{_NAME}[ ]?[(,][^\r\n()]{{0,24}}{STAND_IN}"
            r"|^N:[^:;\r\n]{1,40};[^:;\r\n]{1,40}"
        ),
        stage=Stage.PERSONAL,
        gate=A_CAPITAL_FOLLOWS + r"|^N:[^;]+;",
        normalise=name,
        validate=is_person,
        render=pseudonym,
        people=people,
        in_clear=True,
    )
)
