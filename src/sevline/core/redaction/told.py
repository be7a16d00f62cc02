"""Detectors of secrets that their surroundings give away: of a match only the secrets go."""

# ruff: noqa: E501 - patterns are read whole

import re
from collections.abc import Callable, Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms
from sevline.core.redaction.secret_names import is_code, is_ordinary
from sevline.core.redaction.shield import STAND_IN

Places = Callable[[str], list[tuple[int, int]]]
_TOKENED = late(EVERY_PSEUDONYM)
_PATH = late(
    r"(?:[A-Za-z]:|\.{0,2}|~)?[\\/][\w./\\-]*|[\w./-]+\.(?:pem|key|crt|p12|pfx|jks|txt|json|ya?ml|env|conf)",
    re.IGNORECASE,
)
_HASHED = late(r"\$[0-9a-z]{1,12}\$")
_NAME_OF_FIELD = late(r"[A-Za-z_]+(?:[ .:_/-][A-Za-z_]+)*[:?.!]*\s*|#[\w-]+|[A-Z0-9_]+")
_NUMBERS = late(r"[0-9.:]+(?:/(?:tcp|udp))?|[0-9:.,TZ +-]{8,}")


def told_secret(
    kind: str,
    title: str,
    pattern: str,
    places: Places,
    *,
    stage: Stage = Stage.PAIR,
    keywords: tuple[str, ...] = (),
    any_case: bool = False,
    gate: str = "",
    hint: str = "",
    rare: bool = False,
    markup: bool = False,
) -> Detector:
    """`places` are start and end of each secret within a match; none where it is no secret at all.

    `markup` writes the pseudonyms as XML does; of the rest see `Detector`.
    """

    def real(found: str) -> list[tuple[int, int]]:
        return [(start, stop) for start, stop in places(found) if _TOKENED.search(found[start:stop]) is None]

    def values(found: str) -> Iterator[str]:
        return (found[start:stop] for start, stop in real(found))

    def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
        pieces: list[str] = []
        end = 0
        for start, stop in real(found):
            token = pseudonyms.secret("SECRET", found[start:stop])
            pieces += (found[end:start], f"&lt;{token[1:-1]}&gt;" if markup else token)
            end = stop
        return "".join((*pieces, found[end:]))

    return detector(
        Detector(
            kind=kind,
            title=title,
            pattern=pattern,
            stage=stage,
            keywords=keywords,
            any_case=any_case,
            gate=gate,
            hint=hint,
            rare=rare,
            normalise=lambda found: " ".join(values(found)),
            validate=lambda found: bool(real(found)),
            render=pseudonym,
            secrets=values,
            in_clear=True,
        )
    )


def groups(found: re.Match[str] | None) -> list[tuple[int, int]]:
    """Where the groups of a match stand whose names begin with `value`, in order."""
    if found is None:
        return []
    names = [name for name, text in found.groupdict().items() if name.startswith("value") and text]
    return sorted(found.span(name) for name in names)


def is_no_word_of_program(value: str) -> bool:
    """Whether a text in a program can be a secret, and is no sentence, name of a field or name of an entry."""
    plain = _NAME_OF_FIELD.fullmatch(value) is not None and not any(map(str.isdigit, value))
    if is_joined(value):
        return True
    return may_be_secret(value) and not plain and ("|" not in value or any(map(str.isdigit, value)))


def may_be_secret(value: str, *, shortest: int = 4) -> bool:
    """Whether a word can be a secret: no pseudonym, mask, placeholder, call, variable, option, path or address."""
    if len(value) < shortest or (value[0] in "-$<{%(" and not _HASHED.match(value)) or _TOKENED.search(value):
        return False
    if is_code(value) or is_ordinary("password", value, loose=False):
        return False
    return _PATH.fullmatch(value) is None and _NUMBERS.fullmatch(value) is None


def is_telling(value: str, *, shortest: int = 6) -> bool:
    """Whether a word has what words of a sentence lack: a digit, a symbol, or capital letters within."""
    if not may_be_secret(value, shortest=shortest):
        return False
    bare = value.rstrip(".,;:!?")
    inside = bare[1:]
    return any(map(str.isdigit, bare)) or not bare.isalnum() or (inside != inside.lower() and bare != bare.upper())


#: Words joined by a mark, the second with a capital letter in it: `Kirsch.Baum`, `wald_Rand`. Names of hosts and files have none.
_JOINED = late(r"[^\W_]+(?:[._][^\W_]+){0,2}[._](?=[^\W_]*[A-ZÀ-Þ])[^\W_]{1,40}")
_OF_PROGRAMS = late(
    r"(?:com|org|net|io|java|javax|sun|android|kotlin|scala|system|microsoft|models?|types?|schema|fields?|string|self|this|config|settings|app|core)[._].*|.*[._](?:[A-Z]{2,}|[A-Za-z]*(?:Error|Exception|Type|Field|Service|Provider|String|Json|Config|Token|Key|Password|Secret|Id|Name))",
)


def is_joined(value: str) -> bool:
    """Whether somebody joined words to remember them, as no sentence and no name of a host or a file does."""
    bare = value.rstrip("!?*")
    if _JOINED.fullmatch(bare) is None or _OF_PROGRAMS.fullmatch(bare) or _OF_PROGRAMS.fullmatch(bare.lower()):
        return False
    first = re.split("[._]", bare)[0]
    return not is_ordinary("password", first, loose=False)


_S = STAND_IN[1:-1]
#: Where a line or a word begins: also in a text within a text, whose lines end in `\n`, and behind the sign of a
#: change; behind that of a list stands one blank.
LINE_BEGINS = r"(?:(?:^|[\r\n]|\\n)(?:[ \t]*|[+-](?:[ \t]{2,})?))"
WORD_BEGINS = r"(?:^|[ \t\"'>+-]|\\n)"
#: A value in quotation marks or without, which are escaped or doubled in a text within a text; a pseudonym is none, so that
#: a search goes on behind it.
QUOTED_OR_NOT = rf"(?:\"(?P<value1>[^\"\r\n{_S}]{{3,200}})\"|'(?P<value2>[^'\r\n{_S}]{{3,200}})'|\\{{1,3}}[\"'](?P<value5>[^\"'\\\r\n{_S}]{{3,200}})\\{{1,3}}[\"']|\"\"(?P<value6>[^\"\r\n{_S}]{{3,200}})\"\"|(?P<value3>[^\s\"';|<>{_S}][^\s\"';|<>{_S}]{{2,200}}))"


def for_search(pattern: str) -> str:
    """The pattern for Rust: without names of groups, looks ahead, and the counts that would make its automaton large."""
    bare = re.sub(r"\(\?=[^()]*\)", "", re.sub(r"\(\?P<\w+>", "(?:", pattern))
    return (
        re.sub(r"\{([0-9]+),(?:[4-9][0-9]|[1-9][0-9]{2,})\}", r"{\1,}", bare).replace("{0,}", "*").replace("{1,}", "+")
    )


def python_pattern(pattern: str) -> str:
    """A pattern for Rust that knows capital letters of ASCII only, as Python writes it."""
    return pattern.replace("(?i-u:", "(?i:").replace("(?-u:", "(?:")
