"""Names before addresses in the heads of mails: `From: Helen Marsh <helen@…>`, also quoted, folded and encoded."""

import re
import unicodedata
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.names import is_login
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.workplaces import is_function

#: Heads that name people, in the languages in which mail programs write them above what they quote.
_HEADS = r"(?:(?:resent|x-original|x-envelope)-)?(?:from|to|cc|bcc|reply-to|sender)|von|an|kopie|de|à|para|da|van|aan"
_OPEN = r"(?:<|&lt;|\\u003[cC])"
_ADDRESS = rf"[\[(]?(?:{_OPEN}|mailto:)[^\s<>&\[\](),]+@[A-Za-z0-9.-]+\.[A-Za-z]"
_QUOTED = r"(?:\\?\"[^\"\\\r\n<>]+\\?\"|'[^'\r\n<>]+')"
_ENCODED = r"=\?[A-Za-z0-9*._-]+\?[bBqQ]\?[^?\s]+\?="
_TOLD = rf"{_QUOTED}|{_ENCODED}(?:[ ]+{_ENCODED})*"
#: A word as names are written: it begins with no small letter of ASCII and no digit. The classes are kept small, for
#: those of all letters of all scripts make the compiled pattern a hundred times as large.
_WORD = r"[^\s<>\"@:;,\[\]()\\=&a-z0-9*_/.-][^\s<>\"@:;,\[\]()\\=&]*"

_NO_NAME = r"<>\"@:;\[\]()\\=&\r\n"
#: One person in running text or on a folded line, then the address.
_MAILBOX = late(rf"(?P<name>{_TOLD}|[^\s,{_NO_NAME}][^,{_NO_NAME}]{{0,120}}?)(?P<after>[ \t]*{_ADDRESS})")
#: One of the list in a head: an address alone, or a name, which may hold a comma there, and its address.
_LISTED = late(
    rf"[^\s<>,;@]{{1,128}}@[^\s<>,;]+"
    rf"|(?P<name>{_TOLD}|[^\s,{_NO_NAME}][^{_NO_NAME}]{{0,120}}?)(?P<after>[ \t]*{_ADDRESS})"
)
#: The other way to write it: `helen@brightwater.example (Helen Marsh)`.
_COMMENT = late(rf"(?P<before>@[A-Za-z0-9.-]+[ ]\()(?P<name>{_WORD}(?:[ ]{_WORD})+)(?=\))")
#: With the marks of bold text in a mail, or of a key in JSON.
_HEAD_MARK = r"[*_\"'\\]{0,4}[ \t]?:[*_]{0,2}[ \t]*"
_ACCOUNT = late(r"(?P<name>[^\s<>&:\[\](),]+)@")
_HEAD = late(rf"(?i:{_HEADS}){_HEAD_MARK}")
_ENTITIES = late(r"&(?:quot|#34|#39|apos);")


def _bare(name: str) -> str:
    """The name as it is read: without quotes, decoded, the family name last."""
    text = _ENTITIES.sub("", name).strip("\\\"' \t*_")
    if "=?" in text:
        try:
            text = str(make_header(decode_header(text)))
        except (HeaderParseError, LookupError, ValueError):
            text = " ".join(re.findall(r"\w+", text))  # of an unknown character set; a name all the same
    family, comma, given = text.partition(",")
    return " ".join(f"{given} {family}".split()) if comma and given.strip() else " ".join(text.split())


def _is_person(name: str) -> bool:
    """Not the name of a function, such as “Support”, and not a mask."""
    bare = _bare(name)
    if "@" in bare or "<" in bare or not any(letter.isalpha() for letter in bare):
        return False
    return any(is_login(word) and not is_function(word) for word in re.split(r"[\s,]+", bare))


def _masked(found: str, pseudonyms: Pseudonyms) -> str:
    def one(match: re.Match[str]) -> str:
        parts = match.groupdict()
        if not parts["name"] or not _is_person(parts["name"]):
            return match[0]
        token = pseudonyms.token("PERSON", _bare(parts["name"]).lower(), kind="term person")
        return f"{parts.get('before') or ''}{token}{parts.get('after') or ''}"

    head, rest, form = _parts(found)
    return head + _COMMENT.sub(one, form.sub(one, rest))


def _parts(found: str) -> tuple[str, str, re.Pattern[str]]:
    """The head, what stands after it, and the form of one person there."""
    head = _HEAD.match(found)
    return ("", found, _MAILBOX) if head is None else (head[0], found[head.end() :], _LISTED)


def _people(found: str) -> Iterator[str]:
    """Names of which the address holds a part: “GitHub Actions” before a `noreply@` names nobody."""
    _, rest, form = _parts(found)
    for match in form.finditer(rest):
        account = _ACCOUNT.search(match.groupdict().get("after") or "")
        name = _bare(match["name"]) if match["name"] else ""
        if account and any(len(word) > 2 and word in account["name"].lower() for word in _folded(name).split()):
            yield name


def _folded(name: str) -> str:
    """As addresses write it: without accents, in small letters."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _holds_a_person(found: str) -> bool:
    _, rest, form = _parts(found)
    named = (match["name"] for one in (form, _COMMENT) for match in one.finditer(rest))
    return any(name and _is_person(name) for name in named)


detector(
    Detector(
        kind="mail_name",
        title="Name of a person before a mail address",
        # In a head every name; in running text and on folded lines what is quoted, encoded or begins with capitals.
        pattern=(
            rf"(?i:\b(?:{_HEADS})){_HEAD_MARK}[^\r\n]*@[^\r\n]*"
            rf"|(?:{_TOLD}|{_WORD}(?:[ ]{_WORD})*)[ \t]*{_ADDRESS}"
            rf"|@[A-Za-z0-9.-]+[ ]\({_WORD}(?:[ ]{_WORD})+\)"
        ),
        stage=Stage.PAIR,
        gate=rf"{_OPEN}[^\s<>@]+@|mailto:|@[A-Za-z0-9.-]+[ ]\(",
        rare=True,
        validate=_holds_a_person,
        render=_masked,
        people=_people,
    )
)
