"""Private keys in PEM armour or in that of OpenVPN, also cut off, also with their line ends escaped."""

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms, is_token

#: How the armour of a key is marked; those of OpenVPN are in words of their own.
_MARKED = r"(?:[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?|[ ]OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key))"
_SSH2 = "SSH2 ENCRYPTED PRIVATE KEY"
_BEGIN = late(rf"-----BEGIN{_MARKED}-----|---- BEGIN {_SSH2} ----")
_END = late(rf"-----END{_MARKED}-----$|---- END {_SSH2} ----$")
_BETWEEN = late(r"[ \t\r\n]|\\[nrt]")


def _body(found: str) -> tuple[int, int]:
    begin, end = _BEGIN.match(found), _END.search(found)
    return (begin.end() if begin else 0), (end.start() if end else len(found))


def body(found: str) -> str:
    start, stop = _body(found)
    return _BETWEEN.sub("", found[start:stop])


def has_body(found: str) -> bool:
    return len(body(found)) >= 16 and not is_token(body(found))


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """The armour and the number of lines stay, so that line numbers after the key still hold."""
    start, stop = _body(found)
    lines = found[start:stop]
    token = pseudonyms.secret("PRIVATE-KEY", body(found))
    breaks: list[str] = re.findall(r"\r?\n|\\r\\n|\\n", lines)
    if not breaks:
        return found[:start] + token + found[stop:]
    return found[:start] + breaks[0] + token + "".join(breaks[1:]) + found[stop:]


detector(
    Detector(
        kind="private_key",
        title="Private key",
        pattern=(
            rf"-----BEGIN{_MARKED}-----"
            # Two dashes end the body: a beginning without an end must not be read to the end of the text each time.
            rf"(?:[A-Za-z0-9+/=\s\\:,.<>()@_]|-[A-Za-z0-9])*?-----END{_MARKED}-----"
            rf"|---- BEGIN {_SSH2} ----(?:[A-Za-z0-9+/=\s\\:,.<>()@_\"]|-[A-Za-z0-9])*?---- END {_SSH2} ----"
            rf"|-----BEGIN{_MARKED}-----(?:[A-Za-z0-9+/=]{{16,}}|\s|\\[nrt])*"
        ),
        stage=Stage.BLOCK,
        keywords=("PRIVATE KEY", "BEGIN OpenVPN "),
        normalise=body,
        validate=has_body,
        render=pseudonym,
    )
)
