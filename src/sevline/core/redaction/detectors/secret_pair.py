"""Values beside a name that says secret: `password=…`, JSON members, form fields, URL queries, XML elements."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache
from urllib.parse import unquote_plus

from sevline.core.redaction.detector import BEGIN, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, TOKEN, Pseudonyms, is_token
from sevline.core.redaction.secret_names import (
    BY_ITSELF,
    GUESSED,
    HINT,
    SECRET_NAME,
    STRONG,
    WEAK,
    is_code,
    is_ordinary,
    says_by_guess,
    scope_of_credential,
)
from sevline.core.redaction.shield import STAND_IN
from sevline.core.redaction.told import python_pattern

#: Settings that stand below one another are often set apart by many blanks.
_SEPARATOR = r"(?:[ \t]{0,40}(?:=>|:=|::?|[=：])[ \t]{0,40}|%3D|%3A|%253D)"
_NAME = SECRET_NAME
_SPLIT = late(
    rf"(?P<head>[\"']?(?:[^=:>%\"'\\]|d['’](?=acc|ord)|%5[BbDd])*?[\"'\\]{{0,4}}(?:{_SEPARATOR}))(?P<open>(?:\\\"){{3}}|[\"'\\]{{0,4}}|%22)(?P<value>.*?)$",
    re.IGNORECASE | re.DOTALL,
)
#: The text of an element may stand in one more, or be marked as text.
_ELEMENT = late(
    r"(?P<head><[^<>]*>(?:<value>|<string>|<!\[CDATA\[)?)(?P<open>\s*)(?P<value>.*?)(?:\]\]>?)?$",
    re.DOTALL | re.IGNORECASE,
)
_ENCODED_END = late(r"%26|%2526|%22|%2C|%7D|%3B", re.IGNORECASE)
#: What ends a value that runs to the next blank: marks of the sentence or the structure around it, markup, a blank.
_BARE_END = late(r"&(?:quot|apos|lt|gt|nbsp|#3[49]);.*$|[&;,)}\]]*[\s\"']*$", re.DOTALL)
#: Ids of a process or an access that end in `sid` by chance; that of a session does not.
_BY_CHANCE = late(r".*(?<!se)ssid", re.IGNORECASE)
#: The name of an object of Kubernetes that holds the secret.
_OF_OBJECT = late(r"(?:.*\.)?existingSecret|imagePullSecret", re.IGNORECASE)
#: `!vault`, `N` before a quoted text, `<<<`: what they say is told after them.
_MARK_OF_ANOTHER = late(r"!{1,2}[A-Za-z][\w:-]*|N|<<<")
#: A name in quotation marks is that of a member, whose text would have them too.
_CLOSED = late(r"[\"'][ \t]*:[ \t]*$")
#: What stands between two texts of a program, or what a shell is to run.
_BETWEEN_TEXTS = late(r"\s*(?:$|[+.&|,;)}\]?]+(?:\s|$))|\$\(.*\)|`[^`]*`$", re.DOTALL)
#: Operators before or behind what stands between two texts; or the name of a variable: a
#: short one, or one that says what it holds.
_WITH_OPERATORS = late(r"[+.&|,;<>%=?:()\[\]{}]+(?:\s.*)?|.*\s[+.&|,;<>%=?:()\[\]{}]+", re.DOTALL)
_VARIABLE = late(
    r"[$@][A-Za-z_]+[0-9]{0,2}|[a-z]{1,3}[0-9]?|[a-z]*(?:pass|pw|secret|token|key|_)[a-z_]*[0-9]{0,2}", re.IGNORECASE
)
#: The key of an entry in a cache or a store is told beside what is done with it, or what is kept with it.
_OF_ENTRY = (
    r"(?:cache|etag|blob|object|bucket|partition|memcached?|redis|store|index|shard|lookup|evict(?:ed)?|hit|miss|put|get|del|range|record|fetch(?:ed)?|stored|expired)[\]:]{0,2}"
    r"[ \t]{1,3}(?:[A-Za-z]{1,12}[ \t]{1,3}){0,2}key[=:][ \t]?[0-9a-f]{32,64}(?-u:\b)"
)
_ENTRY_TELLS = (
    r"(?-u:\b)key[=:][ \t]?[0-9a-f]{32,64}[ \t,;]{1,3}(?:age|size|bytes|ttl|hits?|etag|offset|partition|shard)[=:]"
)
_KEY_OF_ENTRY = late(python_pattern(rf"{_OF_ENTRY}|{_ENTRY_TELLS}"), re.IGNORECASE)
#: What is got or put may be a secret too: `get secret key=`, `stored encryption key: `.
_KEY_OF_SECRET = late(rf"[ \t](?:{STRONG}|{GUESSED})[=:]", re.IGNORECASE)
#: A setting on a line of its own, whose value of several words runs to the end of the line.
_SETTING = r"^[ \t]*[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*[._](?:password|passwd|passphrase|pwd|pass|secret)[ \t]*[:=][ \t]{1,20}[^\s\"'“„«:;,<>{}()=]+(?:[ ][^\s\"'“„«:;,<>{}()=]+){1,5}[ \t]*\r?$"
_WHOLE_SETTING = late(_SETTING, re.IGNORECASE)
#: What tells of a setting in its place.
_TELLS = late(
    r"\b(?:is|are|was|by|the|from|to|for|of|in|with|on|at|and|or|as|see|use|not|no|be|has|ist|nicht|est|es)\b",
    re.IGNORECASE,
)
#: What was done with it stands there in place of it: `set by the deployment`.
_DONE = late(r"[a-z]+(?:ed|ing|en)|set|reset|kept|read|held", re.IGNORECASE)
#: Before the name of a member in a query: `user[`.
_BRACKET = late(r"^[\w.-]*(?:\[|%5B)", re.IGNORECASE)
#: How a signature was made stands before it.
_HASHED_WITH = late(r"sha(?:1|256|512)=(?=[0-9a-fA-F]{20})")
_WHOLE_NAME = late(r"[\"'\\=:>%\]].*$", re.DOTALL)
_PIECES, _LISTED = late(r"[&;,]"), late(r"[;,]")
#: How armour of a key begins and ends, whose text another detector takes.
_ARMOUR = ("-----BEGIN", "-----END", "=-----")
#: The mark of a kind of text: `b"…"`.
_BEFORE_TEXT = late(r"[bru]{1,2}", re.IGNORECASE)
#: `auth: {enabled: true}` opens an object; its members are looked at by themselves.
_OPENS = late(r"\{[\w.-]{1,40}:?")
#: `token: pid=71535` tells of the token by further fields.
_NEXT_FIELD = late(r"[a-z_]{2,20}=[\w.:/-]{0,12}")
_TOKENED = late(EVERY_PSEUDONYM)
_DOUBLED = ('""', "''")
#: Of a string of many settings only the secret ones go, which another detector knows.
_OF_MANY = late(r".*connection[ _-]?string", re.IGNORECASE)


def _without_doubled(parts: re.Match[str], found: str) -> tuple[str, str]:
    """The value, without the doubled marks that close it, and what stays after it."""
    end = parts.end("value")
    if parts["open"] in _DOUBLED and parts["value"].endswith(parts["open"]):
        end -= 2
    return found[parts.start("value") : end], found[end:]


@lru_cache(maxsize=64)
def _split(found: str) -> tuple[str, str, str]:
    """What stays before the value, the value, what stays after it."""
    parts = _ELEMENT.match(found) or _SPLIT.match(found)
    if parts is None:
        return found, "", ""
    head, value, rest = parts["head"] + parts["open"], *_without_doubled(parts, found)
    encoded = head.rstrip("\"'\\").upper().endswith(("%3D", "%3A", "%22"))
    if hashed := _HASHED_WITH.match(value):
        head, value = head + hashed[0], value[hashed.end() :]
    if (encoded and (end := _ENCODED_END.search(value))) or (parts["open"] == "" and (end := _BARE_END.search(value))):
        value, rest = value[: end.start()], value[end.start() :] + rest
    if " " in value and _WHOLE_SETTING.fullmatch(found) and _tells(value):
        value, between, told = value.partition(" ")  # what is told stands behind the value
        rest = between + told + rest
    scope = scope_of_credential(value)
    value, rest = value[:scope], value[scope:] + rest
    return head, value, rest


def secret(found: str) -> str:
    value = _split(found)[1]
    return unquote_plus(value) if "%" in value else value


def _is_structure(found: str, value: str) -> bool:
    """Nothing, a mask, the name of a group in a pattern, or base64 that ends like a name before its armour does."""
    if not value.strip("{[()]},;:. ") or _OPENS.fullmatch(value) or _BEFORE_TEXT.fullmatch(value):
        return True
    if found.startswith("<") and value[:1] in "\"',)]}":
        return True  # `Bearer <token>", "next": …` is no element
    is_named = is_token(value.strip()) or found.startswith(("(?", "arn:aws", "checksum/"))
    return is_named or value.startswith(_ARMOUR)


def _is_of_thing(name: str, value: str) -> bool:
    """Whether the name is that of something else, or of a string whose secrets are masked already; or is read into."""
    if value[:1].isspace() and value.strip().lower() == name.lower():
        return True
    if _BY_CHANCE.fullmatch(name) or _OF_OBJECT.fullmatch(name):
        return True
    return _OF_MANY.fullmatch(name) is not None and _TOKENED.search(value) is not None


def _tells(value: str) -> bool:
    """Whether several words, or numbers alone, tell of a setting in its place."""
    return _TELLS.search(value) is not None or not any(map(str.isalpha, value))


def _is_told(found: str, value: str) -> bool:
    return _WHOLE_SETTING.fullmatch(found) is not None and (
        _TELLS.fullmatch(value) is not None or _DONE.fullmatch(value) is not None
    )


def _is_between_texts(head: str, value: str) -> bool:
    """Whether the quotation mark ends a text, as in `"password=" + word`; that behind the name of a member opens one."""
    if set("\"'") & set(head[1:-1]):
        return False
    return _BETWEEN_TEXTS.match(value) is not None or _is_between_blanks(head, value)


def _is_between_blanks(head: str, value: str) -> bool:
    """A password may have blanks around it too; a variable has them where its text ends right behind the mark."""
    if not (value[:1].isspace() and value[-1:].isspace()):
        return False
    inner = value.strip()
    joined = head.endswith('"') or inner[:1] in "$@"  # by standing side by side, as only such texts are
    ends_text = joined and not head[-2:-1].isspace() and _VARIABLE.fullmatch(inner) is not None
    return ends_text or is_code(inner) or _WITH_OPERATORS.fullmatch(inner) is not None


def _is_word_of_program(head: str, value: str) -> bool:
    if _CLOSED.search(head) and value.isalpha():
        return True
    return is_code(value) or _MARK_OF_ANOTHER.fullmatch(value) is not None


def _is_bare_word(found: str, head: str, value: str) -> bool:
    """Whether what has no quotation marks is a word of a program, or tells of the setting."""
    if _is_word_of_program(head, value) or _is_told(found, value):
        return True
    return " " in value and not found.startswith(("<", '"', "'")) and _tells(value)


def _name(head: str, *, in_markup: bool) -> str:
    name = re.sub(r"[\"'\\\s=:>%\]].*$", "", _BRACKET.sub("", head.lstrip("?&\"'\\<")), flags=re.DOTALL)
    if says_by_guess(name) and not in_markup:  # `Key Content` says more than its first word
        return _WHOLE_NAME.sub("", head.lstrip("?&\"'\\")).strip() or name
    return name


def is_secret(found: str) -> bool:
    if _KEY_OF_ENTRY.fullmatch(found) and not _KEY_OF_SECRET.search(found):
        return False
    head, value, _ = _split(found)
    name = _name(head, in_markup=found.startswith("<"))
    quoted = head[-1:] in "\"'"
    is_other = _is_between_texts(head, value) if quoted else _is_bare_word(found, head, value)
    if is_other or _is_structure(found, value) or _is_of_thing(name, value):
        return False
    loose = not quoted and head.rstrip(" \t") != head
    if loose and _NEXT_FIELD.fullmatch(value):
        return False
    plain = unquote_plus(value) if "%" in value else value
    return not all(is_ordinary(name, piece, loose=loose) for piece in _pieces(head, plain))


def _pieces(head: str, value: str) -> list[str]:
    if head[-1:] not in ": \t=":
        return [value]
    return [piece for piece in (_PIECES if head.endswith("=") else _LISTED).split(value) if piece]


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    head, _, rest = _split(found)
    token = pseudonyms.secret("SECRET", secret(found))
    return head + (f"&lt;{token[1:-1]}&gt;" if found.startswith("<") else token) + rest


_BARE = r"(?:[^\s\"'&;,<>)}\]\\]|\\[:=#!;,@&])+"
#: In a query or a form the next parameter ends a value. Elsewhere `&` and `;` may be a part of it: after `name: ` up to
#: the next blank, after `name=` and `name:` if no other `name=` follows before the blank.
_IN_QUERY = rf"[?&](?:[A-Za-z0-9_.-]{{1,40}}(?:\[|%5B))?{_NAME}(?:\]|%5D)?={_BARE}"
_TO_THE_BLANK = rf":[ \t]{{1,40}}[^\s\"'<>\\;,)}}\]{STAND_IN[1:-1]}][^\s\"'<>\\]*"
_TO_THE_END = rf"{_SEPARATOR}[^\s\"'&;,<>)}}\]\\=:{STAND_IN[1:-1]}]+(?:[&;][^\s\"'&;,<>)}}\]\\=:]+)+(?:[\s\"']|$)"

detector(
    Detector(
        kind="secret",
        title="Value beside a name that says secret",
        pattern=(
            # The name of an object of AWS has the form of a pair.
            rf"arn:aws[a-z-]*:secretsmanager:[^\s\"'=,;&]+|checksum/[A-Za-z-]+:[ ]*[0-9a-f]+|(?i:{_OF_ENTRY}|{_ENTRY_TELLS}|{_SETTING})|(?i:[\"']{_NAME}=[^\"'\s\r\n]+(?:[ ][^\"'=\s\r\n]+)+[\"']|(?:\(\?P?)?<(?:[a-z0-9]+:)?{_NAME}(?:\s[^<>]*)?>(?:<value>|<string>|<!\[CDATA\[)?[^<\r\n]+|{_IN_QUERY}|{BEGIN}{_NAME}"
            rf"(?:\]|%5D)?\\{{0,3}}[\"']?(?:[ ]?=[ ]?\{{[^{{}}\"':\r\n]+\}}|{_TO_THE_BLANK}|{_TO_THE_END}|{_SEPARATOR}(?:{TOKEN}|hex(?:\([0-9a-f]+\))?:[0-9a-f,]+"
            # The quotation marks within have more backslashes than the one that opens the text.
            r"|\\\"(?:\\\"\\\")?(?:[^\"\\\r\n]|\\{3,7}\")+|\\{2}\"(?:[^\"\\\r\n]|\\{4,7}\")+|\\{3}\"(?:[^\"\\\r\n]|\\{7}\")+"
            # In a cell of CSV or a text of SQL each mark within is doubled.
            r"|\"\"[^\"\s,;)}\]/<>&|+.:=?][^\"\r\n]*\"\"|''[^'\s,;)}\]/<>&|+.:=?][^'\r\n]*''"
            r"|\"(?:[^\"\\\r\n]|\\.)+"
            r"|'(?:[^'\\\r\n]|\\.|'')+"
            r"|%22[^\s&%]+"
            rf"|{_BARE})))"
        ),
        stage=Stage.PAIR,
        rare=True,
        gate=rf"(?i:(?:{STRONG}|{WEAK}|{GUESSED})(?:\]|%5D)?[\"'\\]{{0,4}}[ \t]*(?:[=:：>]|%3D|%3A|%25)|(?-u:\b)(?:{BY_ITSELF})[\"'\\]{{0,4}}[ \t]*[=:])",
        hint=HINT,
        normalise=secret,
        validate=is_secret,
        render=pseudonym,
        secrets=lambda found: (secret(found),),
    )
)
