"""E-mail addresses, also percent-encoded and JSON-escaped."""

import re
from functools import lru_cache
from urllib.parse import unquote

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.given_names import GIVEN_NAMES
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

#: Letters beyond ASCII: Latin, Greek, Cyrillic and others; Chinese, Japanese, Korean.
_ANY = r"\x{c0}-\x{24f}\x{370}-\x{1fff}\x{3040}-\x{d7ff}"
_AT = late(r"@|%(?:25)?40|\\u0040", re.IGNORECASE)
_ENCODED_MARK = late(
    r"%(?:25)?(?:3[ADEF]|2[26CF]|20|0[AD]|5B|7B)|^'|^u00(?:3[CE]|2[0267C]|0[9AD])|\\[nrt](?=[^\\]*$)", re.IGNORECASE
)
#: A type that was raised and the frame it came from: `SQLException@org.example.ExportService.run`.
_RAISED = late(r"(?:[\w$]+[.])*[A-Z][\w$]*(?:Exception|Error|Fault|Throwable|Panic)")
#: Algorithms and extensions of SSH have names in the form of an address; so have the people who write them.
_OF_ALGORITHMS = frozenset(
    ("openssh.com", "libssh.org", "lysator.liu.se", "vandyke.com", "putty.projects.tartarus.org")
)
_ALGORITHM = late(
    r"(?=[a-z]+[0-9-])[a-z0-9-]+|zlib|tun|eow|ping|pong|f?statvfs|hardlink|fsync|lsetstat|limits|keepalive|simple|winadj"
)
_CLASS_IN_FRAME = late(r"(?:[\w-]+\.)*[A-Z][a-z0-9]*(?:[A-Z][\w-]*)?\.[a-z]\w*")


@lru_cache(maxsize=64)
def _parts(found: str) -> tuple[str, str, str, str]:
    """What stands before the address in encoded text, the local part, the at sign as written, the domain."""
    at = _AT.search(found)
    if at is None:
        return found, "", "", ""
    local, domain = found[: at.start()], found[at.end() :]
    marks = list(_ENCODED_MARK.finditer(local))
    start = marks[-1].end() if marks else 0
    return local[:start], local[start:], at.group(), domain


def _is_called(local: str) -> bool:
    """Whether a part of a name at such a domain is a given name."""
    return any(part.title() in GIVEN_NAMES for part in re.split(r"[^a-z]+", local))


def is_address(found: str) -> bool:
    _, local, _, domain = _parts(found)
    bare = local.strip(".")
    if domain.lower() in _OF_ALGORITHMS and _ALGORITHM.fullmatch(local) and not _is_called(local):
        return False
    if local.lower() == domain.lower() or local.lower().endswith(f".{domain.lower()}"):
        return False  # a service of Kerberos and its realm: `krbtgt/UNI.EXAMPLE@UNI.EXAMPLE`
    if _RAISED.fullmatch(bare) and _CLASS_IN_FRAME.fullmatch(domain):
        return False
    return bool(bare) and bare != "git" and ".." not in domain and not domain.lower().endswith(".redacted.example")


def address(found: str) -> str:
    """The address itself, decoded and in lower case."""
    _, local, _, domain = _parts(found)
    return f"{unquote(local)}@{domain}".lower()


def people(found: str) -> tuple[str, ...]:
    """Whom an address is called after: `anna.meyer@…` tells of Anna Meyer."""
    given, mark, family = _parts(found)[1].lower().replace("_", ".").partition(".")
    if not mark or given.title() not in GIVEN_NAMES or not family.isalpha():
        return ()
    return (f"{given} {family}".title(),)


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    before, local, at, domain = _parts(found)
    user = pseudonyms.hex16("email user", unquote(local).lower())
    return f"{before}u{user}{at}d{pseudonyms.hex16('email domain', domain.lower())}.redacted.example"


detector(
    Detector(
        kind="email",
        title="E-mail address",
        pattern=(
            r"[A-Za-z0-9_%+~.'-]*[A-Za-z0-9_%+~-](?:@|%40|%2540|\\u0040)"
            r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})"
            # Letters of any script, where they cannot be of a sentence that is written without blanks.
            rf"|[A-Za-z0-9._+\x{{c0}}-\x{{24f}}-]*[A-Za-z0-9_+\x{{c0}}-\x{{24f}}-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{{2,24}}"
            rf"|[A-Za-z0-9._+{_ANY}-]*[A-Za-z0-9_+{_ANY}]@(?:[A-Za-z0-9{_ANY}-]+\.)+[A-Za-z{_ANY}]{{2,24}}"
        ),
        stage=Stage.PERSONAL,
        any_case=True,
        keywords=("@", "%40", "%2540", r"\u0040"),
        validate=is_address,
        normalise=address,
        render=pseudonym,
        people=people,
    )
)
