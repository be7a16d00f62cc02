"""A password or a recovery phrase on the line below the words that announce it, as people and forms break their lines.

`das alte Kennwort war` and `„…“` below it; `Contraseña` and the value below it; `Recovery phrase (12 words)` and the words.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, is_telling, may_be_secret, told_secret

_WORD = (
    r"(?:pass[ ]?(?:word|wort|phrase|code)|kennwort|wachtwoord|mot[ ]de[ ]passe|contrase(?:ñ|n)a|senha|palavra[ -]passe|parola(?:[ ]d['’]ordine)?|has(?:ł|l)o|heslo|jelsz(?:ó|o)|(?:ş|s)ifre|l(?:ö|o)senord"
    r"|adgangskode|kodeord|passord|salasana|lozinka|geslo|parol[eă]|slapta(?:ž|z)odis|lykilor(?:ð|d)|пароль|кодовое слово|κωδικός|密码|密碼|パスワード|비밀번호)"
)
_IS = r"(?:is|was|are|ist|war|lautete?|hei(?:ß|ss)t|est|(?:é|e)tait|es|era|é|è|eh|to|je|jest|byl[oa]?|było|är|er|var|on|oli|este|:)"
_ENDS = r"\r?\n[ \t>]{0,40}"
#: The sentence goes on between quotation marks.
_QUOTED = rf"{_WORD}(?:[ ][^\s\"“”„«»`,.:=]{{1,20}}){{0,6}}[ ]?{_IS}[ \t]*{_ENDS}(?:\"(?P<value1>[^\"\r\n]{{4,80}})\"|[“„](?P<value2>[^“”\r\n]{{4,80}})[“”]|«[ ]?(?P<value3>[^»\r\n]{{4,80}}?)[ ]?»|`(?P<value4>[^`\r\n]{{4,80}})`|‘(?P<value5>[^’\r\n]{{4,80}})’|'(?P<value6>[^'\r\n]{{4,80}})')"
#: A label alone on its line, with the word of a button beside it, and one word below it.
_ALONE = rf"^[ \t>*•-]{{0,40}}(?:[^\W\d_]{{2,16}}[ ]){{0,2}}{_WORD}[ \t]?:?(?:[ \t]{{2,40}}[^\W\d_]{{3,14}})?[ \t]*{_ENDS}(?P<value7>[^\s]{{6,80}})[ \t]*\r?$"
_PHRASE = r"(?:(?:seed|recovery|backup|secret|mnemonic|wallet|wiederherstellungs|merk)[ -]?(?:phrase|words?|seed|w(?:ö|oe)rter)|mnemonic|phrase[ ]de[ ]r(?:é|e)cup(?:é|e)ration|frase[ ](?:semilla|de[ ]recupera(?:ci(?:ó|o)n|(?:ç|c)(?:ã|a)o))|(?:12|15|18|21|24)[ ](?:words|w(?:ö|oe)rter|mots|palabras|palavras|parole|woorden|s(?:ł|l)(?:ó|o)w|slov))"
_WORDS = r"(?:[0-9]{1,2}[.)][ ]?)?[a-z]{3,8}(?:[ ,]{1,2}(?:[0-9]{1,2}[.)][ ]?)?[a-z]{3,8}){11,23}"
_SEED = rf"{_PHRASE}[^\r\n]{{0,60}}{_ENDS}(?P<value8>(?-i:{_WORDS}))[ \t.]*\r?$"
_FORM = late(f"{_QUOTED}|{_ALONE}|{_SEED}", re.IGNORECASE | re.MULTILINE)
_NO_PASSWORD = late(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://.*|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}(?:/.*)?|[^:]{2,30}[:=].*|[*•●.x-]+|[\[(<{|#/].*|.*[)\]>;]|-+.*", re.IGNORECASE)  # fmt: skip
_WORDS_IN = late(r"[a-z]{3,8}")


def _is_chosen(value: str) -> bool:
    """Whether the one word below a label has what no word of a form has."""
    chosen = any(map(str.isdigit, value)) or value.lower() != value
    return chosen and is_telling(value) and _NO_PASSWORD.fullmatch(value) is None


def places(found: str) -> list[tuple[int, int]]:
    parts = _FORM.match(found)
    at = groups(parts)
    if parts is None:
        return []
    value = found[slice(*at[0])]
    if parts["value8"]:
        words = _WORDS_IN.findall(value)
        return at if len(words) in (12, 15, 18, 21, 24) else []
    if parts["value7"]:
        return at if _is_chosen(value) else []
    return at if may_be_secret(value) and (" " not in value or any(map(str.isdigit, value))) else []


_SEARCHED = re.sub(r"\{(\d),(?:20|40|60|80)\}", lambda count: "*" if count[1] == "0" else f"{{{count[1]},}}", re.sub(r"\?P<\w+>", "?:", f"{_QUOTED}|{_ALONE}|{_SEED}")).replace(r"[^\W\d_]", r"[\p{L}]")  # fmt: skip
told_secret(
    "words_above",
    "Password on the line below the words that announce it",
    rf"(?i:(?m:{_SEARCHED}))",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("passw", "pass w", "passphrase", "passcode", "pass phrase", "kennwort", "wachtwoord", "de passe", "contrase", "senha", "palavra", "parol", "haslo", "hasło", "heslo", "jelsz", "sifre", "şifre", "senord", "adgangskode", "kodeord", "passord", "salasana", "lozinka", "geslo", "slapta", "lykilor", "пароль", "кодовое", "κωδικός", "密", "パスワード", "비밀번호", "phrase", "mnemonic", "recovery", "seed", *(f"{count} {letter}" for count in (12, 15, 18, 21, 24) for letter in "wmps")),
    gate=rf"(?i:(?:{_WORD}|{_PHRASE})[^\r\n]*\n)",
)  # fmt: skip
