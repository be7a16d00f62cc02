"""Secrets that a program has by a name with something between: a type, a default, a call, or the form of a dump.

`PASSWORD: str = "…"`, `env.SECRET || "…"`, `getenv("TOKEN", "…")`, `["password"]=> string(9) "…"`, `[db_pass] => …`.
"""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import (
    BY_ITSELF,
    ENDS,
    GUESSED,
    HINT,
    STRONG,
    WEAK,
    looks_random,
    says_by_guess,
)
from sevline.core.redaction.told import for_search, groups, is_no_word_of_program, is_telling, told_secret

_NAME = rf"(?:[\w.-]*?(?:(?:{STRONG}|{GUESSED})|(?:^|[^A-Za-z])(?:{WEAK})))"
#: For the search a small form of the name.
_ENDING = rf"(?:(?-u:[A-Za-z0-9_.-])*{ENDS})"
_TEXT = r"[bBrRuU@]{0,2}(?:\"(?P<value1>[^\"\r\n]{3,300})\"|'(?P<value2>[^'\r\n]{3,300})')"
#: From how many characters, and how many different signs in them, no text of a program looks so.
SHORTEST_SALT, MOST_SIGNS_OF_A_TEXT = 40, 10
#: A name that says secret, then something between it and its value.
_NAMED = (
    rf"{_NAME}[\"']?[ \t]*:[ \t]*(?:[A-Za-z_][A-Za-z0-9_.]{{0,30}}(?:\[[A-Za-z0-9_., |\[\]]{{0,60}}\])?(?:[ \t]*\|[ \t]*[A-Za-z0-9_]{{1,20}})?)[ \t]*=[ \t]*",
    rf"{_NAME}[ \t]+(?:string|str|securestring)[ \t]*=[ \t]*",
    rf"{_NAME}[\"'\])]{{0,3}}[ \t]*(?:\|\||\?\?|\bor\b|\?:)[ \t]*",
    rf"(?:define|getenv|environ\.get|env|config|get_env|ENV\.fetch|getProperty|getOrDefault|setdefault|fetch|put|setProperty|set|add)\([ \t]*[\"'][^\"'\r\n]{{0,40}}{_NAME}[\"'][ \t]*,[ \t]*",
    rf"[\"']--?[a-z-]{{0,30}}{_NAME}[\"'][ \t]*,(?:[ \t]*[A-Za-z0-9_]{{1,20}}[ \t]*=[ \t]*[^,\r\n]{{1,60}},){{0,3}}[ \t]*default[ \t]*=[ \t]*",
    rf"{_NAME}[\"'\]]{{0,2}}[ \t]*=>?[ \t]*string\([0-9]{{1,4}}\)[ \t]*",
    rf"s:[0-9]{{1,3}}:\\?\"[A-Za-z0-9_.-]{{0,40}}{_NAME}\\?\";s:[0-9]{{1,4}}:\\?",
    rf"{_NAME}[\"']?[ \t]*[=:][ \t]*(?:new[ \t]+)?(?:[A-Za-z_][A-Za-z0-9_.]{{0,40}}\([ \t]*|ConvertTo-SecureString[ \t]+(?:-String[ \t]+)?|[bBrRuU@]{{1,2}}(?=[\"']))",
)
#: A member that holds the secret of an object whose name says it, and the arguments of a driver in a trace.
_SHOWN = (
    rf"{_NAME}[\"'\\]{{1,4}}[ \t]*:[ \t]*\{{[^{{}}\r\n]{{0,200}}[\"'\\](?:value|data|plain|text)[\"'\\]{{1,4}}[ \t]*:[ \t]*\\{{0,3}}[\"'](?P<value>[^\"'\\\r\n]{{4,300}})",
    r"(?:crypt|encryption|cipher|signing|hmac|jwt|aes)[\"'\\]{1,4}[ \t]*(?:=>|:)[ \t]*[\[{][^{}\[\]\r\n]{0,120}[\"'\\]key[\"'\\]{1,4}[ \t]*(?:=>|:)[ \t]*\\{0,3}[\"'](?P<value>[A-Za-z0-9+/=_-]{16,300})",
    rf"[\"'\\](?:name|key|id)[\"'\\]{{1,4}}[ \t]*:[ \t]*\\{{0,3}}[\"'][^\"'\r\n]{{0,80}}{_NAME}[\"'\\]{{1,4}}[ \t]*,[ \t]*(?:\\{{0,3}}[\"'][^\"'\r\n]{{1,40}}[\"'][ \t]*:[ \t]*\\{{0,3}}[\"'][^\"'\r\n]{{0,60}}[\"'][ \t]*,[ \t]*){{0,4}}\\{{0,3}}[\"']value[\"'\\]{{1,4}}[ \t]*:[ \t]*\\{{0,3}}[\"'](?P<value>[^\"'\\\r\n]{{4,300}})",
    r"(?-i:Token|Secret|Password|ApiKey|APIKey|Credentials?|Passphrase)[ \t]?[\[({][ \t]?(?:value|inner|data|raw|text|token|secret|0)[ \t]?[=:][ \t]?\"?(?P<value>[^\s\",;\])}]{4,300})",
    r"\[jdbc:[^,\]\s]{1,200},[ ]*[^,\]\s]{1,60},[ ]*(?P<value>[^,\]\s]{4,100})",
)
_BY_NAME = late(rf"(?:{'|'.join(_NAMED)}){_TEXT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_PRINTED = rf"\[[ \t]*[\"']?(?:{_NAME}|{BY_ITSELF})[\"']?[ \t]*\][ \t]+=>[ \t](?P<value>[^\r\n\"']+)"
_FORMS = tuple(late(f"{form}$", re.IGNORECASE | re.MULTILINE) for form in (_PRINTED, *_SHOWN))
_LAST_NAME = late(rf"{STRONG}|{WEAK}|{GUESSED}|{BY_ITSELF}", re.IGNORECASE)


def _place(found: str) -> tuple[int, int] | None:
    at = groups(_BY_NAME.match(found)) or next(filter(None, (groups(form.match(found)) for form in _FORMS)), [])
    if not at:
        return None
    start, stop = at[0]
    return start, start + len(found[start:stop].rstrip())


def places(found: str) -> list[tuple[int, int]]:
    at = _place(found)
    if at is None:
        return []
    value, names = found[slice(*at)], _LAST_NAME.findall(found[: at[0]])
    if says_by_guess(names[-1] if names else "") and not looks_random(value):
        return []
    telling = is_telling(value, shortest=4) and is_no_word_of_program(value)
    return [at] if telling or _is_salt(value) else []


def _is_salt(value: str) -> bool:
    """Letters, digits and signs as chance throws them together, whatever sign comes first: `AUTH_KEY` of WordPress."""
    signs = {sign for sign in value if not sign.isalnum() and not sign.isspace()}
    return len(value) >= SHORTEST_SALT and len(signs) >= MOST_SIGNS_OF_A_TEXT and any(map(str.isdigit, value))


#: For the search the name is asked for once, before all that may follow it, and elsewhere not at all.
_BEHIND_NAME = [form.removeprefix(_NAME) for form in _NAMED if form.startswith(_NAME)]
_OTHERS = [form.replace(_NAME, "") for form in (*_NAMED, _PRINTED) if not form.startswith(_NAME)]
_SEARCHED = for_search(f"(?:{_ENDING}(?:{'|'.join(_BEHIND_NAME)})|{'|'.join(_OTHERS[:-1])}){_TEXT}")
_LISTED = r"\[[ \t]*[\"']?[A-Za-z0-9_.-]+[\"']?[ \t]*\][ \t]+=>[ \t][^\r\n\"']+|" + for_search(
    "|".join(_SHOWN).replace(_NAME, _ENDING)
)

told_secret(
    "written_value",
    "Secret in the text of a program or in what it writes",
    rf"(?i:(?m:{_SEARCHED}|{_LISTED}))",
    places,
    hint=HINT,
    gate=(
        rf"{ENDS}(?i-u:[\"'\\\])]*[ \t]*(?::[ \t]*\{{|:[ \t]*[a-z_][a-z0-9_.\[\], |]*=[ \t]*[bru@]*[\"']|\|\||\?[?:]|or[ \t]|(?:secure)?str(?:ing)?[ \t]*=|,|=>?[ \t]*string\(|;s:|\]?[ \t]*=>"
        r"|[=:][ \t]*(?:new[ \t]+)?(?:[a-z_][a-z0-9_.]*\(|convertto|[bru@]+[\"'])))|key[\"'\\]+[ \t]*(?:=>|:)|(?:Token|Secret|Password|Key|Credentials?|Passphrase)[ \t]?[\[({][ \t]?(?:value|inner|data|raw|text|token|secret|0)[ \t]?[=:]|\[jdbc:"
    ),
)
