"""How letters begin and end, and the names that may stay in one of the desk: those of its own people."""

# ruff: noqa: E501 - forms are read whole

import re
from collections.abc import Iterable

#: Words before the name of who is written to, as patterns of Rust and Python alike, the first letter as in a sentence.
GREETINGS = (
    r"(?:Dear|Hi|Hello|Hey|Hiya|Good (?:morning|afternoon|evening|day)|Hallo|Moin|Servus|Guten (?:Tag|Morgen|Abend)|Gr(?:ü|ue)(?:ezi|ß Gott)|Sehr geehrte[rs]?|Liebe[rs]?|Bonjour|Bonsoir|Salut|Ch(?:è|e)re?"
    r"|Hola|Buen(?:os|as) (?:d(?:í|i)as|tardes|noches)|Estimad[oa]s?|Querid[oa]s?|Apreciad[oa]|Ciao|Buongiorno|Buonasera|Gentile|Egregio|Spettabile|Car[oa]|Salve|Ol(?:á|a)|Prezad[oa]|Car[ií]ssim[oa]|Bom dia|Boa tarde|Beste"
    r"|Geachte|Goedemorgen|Goedemiddag|Dag|Hej|Hejsan|Kj?(?:ä|ae|æ)re|Hei|Heisann|God (?:dag|morgen|kveld)|Goddag|Moi|Terve|B(?:ä|a)sta|Drodzy|Dro(?:gi|ga)|Cze(?:ś|s)(?:ć|c)|Dzie(?:ń|n) dobry|Szanown[yaei]|Dobr(?:ý|y) den|Ahoj|V(?:á|a)(?:ž|z)en(?:ý|á|y|a)|Merhaba|Say(?:ı|i)n|Sevgili|Kedves|Tisztelt|Szia|Hell(?:ó|o)|Po(?:š|s)tovan[iaeo]|Drag[ie]|Zdravo|Spo(?:š|s)tovan[iaeo]|Labas|Gerbiama(?:s|sis|oji)?|Sveik[ia]|Tere|Lugupeetud|Stimat[eă]|Bun(?:ă|a)(?: ziua)?|Draga?)"
)
#: Words above the name of who wrote.
CLOSINGS = (
    r"(?:(?:Best|Kind(?:est)?|Warm(?:est)?|Many)(?:[ ][a-z]+){0,2}|Regards|Cheers|Thanks(?:[ ][a-z ]{1,30})?|Thank you(?:[ ][a-z ]{1,30})?|Sincerely(?:[ ]yours)?|Yours(?:[ ][a-z]+)?|Respectfully|All the best|Take care|BR|MfG|LG"
    r"|(?:Mit )?(?:(?:den )?besten|freundliche[nm]?|viele[nm]?|beste|liebe[nm]?|schöne|herzliche[nm]?) Gr(?:ü|ue)(?:ß|ss)e[n]?|(?:Mit )?(?:freundlichem |lieber? |besten? |einen schönen )?Gru(?:ß|ss)|(?:Viele[nr]? |Besten |Herzlichen )?Danke?|Hochachtungsvoll|Ihr|Ihre|Dein|Deine"
    r"|(?:Bien )?Cordialement|Bien à (?:vous|toi)|Sinc(?:è|e)rement|Amicalement|Salutations(?:[ ][a-z]+)?|Cordiales salutations|Merci(?: d'avance| beaucoup)?|Un (?:cordial )?saludo|(?:Un )?Saludos?(?:[ ][a-z]+)?|Atentamente|Muchas gracias|Gracias(?: de antemano)?|Cordial(?:i|es) salut(?:i|aciones)|Distinti saluti|(?:Un )?Salut[io]"
    r"|(?:Molte )?[Gg]razie|Atenciosamente|Cumprimentos|(?:Com os )?(?:melhores )?cumprimentos|Obrigad[oa]|Abra(?:ç|c)os?|Met (?:vriendelijke|hartelijke) groet(?:en)?|Groet(?:en|jes)?|Mvg|(?:Med )?(?:Vänliga?|Venlig(?:e)?|Vennlig(?:e)?) hil?s(?:n|en|ning|ningar|ener|ninger)|Mvh|Hälsningar|Z powa(?:ż|z)aniem|Pozdrawiam|(?:Serdecznie )?[Pp]ozdrawiam"
    r"|S pozdravem|Üdvözlettel|Sayg(?:ı|i)lar(?:ı|i)mla|Te(?:ş|s)ekk(?:ü|u)rler|Cu (?:stim(?:ă|a)|respect)|Hilsen|Beste hilsen|Mange hilsner|Vänligen|Bästa hälsningar|S po(?:š|s)tovanjem|Lijep pozdrav|Lep pozdrav|Srda(?:č|c)an pozdrav|S pozdravom|Pagarbiai|Ar cie(?:ņ|n)u|Lugupidamisega|Parimate soovidega|Kunnioittavasti|Tisztelettel|Üdv|Sevgiler(?:imle)?|Selamlar|Terveisin|Yst(?:ä|a)v(?:ä|a)llisin terveisin)"
)


def names_that_stay(text: str, people: Iterable[str]) -> tuple[str, ...]:
    """Of the names of people, whole and first, those that stand in greetings and signatures and nowhere else.

    A name that also stands elsewhere may be somebody else there, or a value: it is left to redaction.
    """
    lines = [line.strip() for line in text.splitlines()]
    names = {name for whole in people if whole.strip() for name in (whole.strip(), whole.split()[0])}
    return tuple(sorted(name for name in names if _stands_alone(name, names, lines)))


def _stands_alone(name: str, names: set[str], lines: list[str]) -> bool:
    spelled = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    holding = [line for line in lines if spelled.search(line)]
    whole = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    letter = re.compile(rf"(?:{GREETINGS}[ ]+(?:{whole})|(?:{CLOSINGS}[,!. ]+)?(?:{whole}))[,!.:]?", re.IGNORECASE)
    return bool(holding) and all(letter.fullmatch(line) for line in holding)
