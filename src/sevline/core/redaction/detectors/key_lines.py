"""Private keys whose lines each have something before them, as in a log or a quoted mail, and keys of PuTTY."""

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_LINE = r"[^\n]*[^A-Za-z0-9+/=\n][A-Za-z0-9+/]{16,}={0,2}[\"',]?[ \t]*\r?(?:\n|$)"
_RUN = late(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{16,}={0,2}(?=[\"',]?[ \t]*\r?(?:\n|$))")
#: Where the ends of lines are escaped, all of the key stands in one.
_ESCAPED = late(r"(?<=\\n)[A-Za-z0-9+/=]{16,}")
_ARMOUR = late(r"-----(?:BEGIN|END)[^\n]*|PuTTY-[^\n]*|Public-Lines[^\n]*|Private-Lines[^\n]*")


def body(found: str) -> str:
    if "\n" not in found:
        return "".join(_ESCAPED.findall(found))
    return "".join(_RUN.findall(_ARMOUR.sub("", found)))


def has_body(found: str) -> bool:
    return len(body(found)) >= 16


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """Each line keeps what stands before its part of the key; all parts have the token of the whole key."""
    token = pseudonyms.secret("PRIVATE-KEY", body(found))
    return (_RUN if "\n" in found else _ESCAPED).sub(token, found)


detector(
    Detector(
        kind="key_lines",
        title="Private key with something before each line",
        pattern=(
            rf"-----BEGIN[A-Z0-9 ]{{0,40}}PRIVATE KEY(?: BLOCK)?-----[^\n]{{0,20}}\n(?:{_LINE})+"
            r"|Private-Lines:[ ]*[0-9]+[^\n]{0,4}\n(?:[A-Za-z0-9+/=]{16,}[ \t]*\r?(?:\n|$))+"
            r"|Private-Lines:[ ]*[0-9]+(?:\\{1,2}r)?(?:\\{1,2}n[A-Za-z0-9+/=]{16,}(?:\\{1,2}r)?)+"
        ),
        stage=Stage.BLOCK,
        keywords=("PRIVATE KEY", "Private-Lines:"),
        normalise=body,
        validate=has_body,
        render=pseudonym,
    )
)
