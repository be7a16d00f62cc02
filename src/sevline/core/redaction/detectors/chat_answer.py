"""What somebody is asked for in a chat, in the next line: `what's the password?`, and then nothing but the answer."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.holders import is_chosen
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import looks_random
from sevline.core.redaction.told import for_search, groups, is_joined, told_secret

_WORD = (
    r"(?:passw(?:ord|ort|d)|passphrase|passcode|pwd|pw|kennwort|token|secret|(?:api|access|license|licence)[ -]?key|mot de passe|contrase(?:ñ|n)a|senha|has(?:ł|l)o|wachtwoord"
    r"|credentials?|creds|zugangsdaten|schl(?:ü|ue)ssel)"
)
#: The time and who speaks, as chats write them before what is said.
#: In some programs the line above.
_SPEAKER = r"(?:[A-ZÀ-Þa-zß-ÿ][^\r\n:]{1,40}[0-9]{1,2}:[0-9]{2}(?:[ ]?[AaPp][Mm])?[ \t]*\r?\n)?(?:[\[(]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ ]?[AaPp][Mm])?[\])]?[ \t,-]*)?(?:[A-ZÀ-Þa-zß-ÿ<][^\r\n:]{0,40}:[ \t]+|>[ \t]*)?"
_ASKED = (
    rf"[^\r\n]*(?:{_WORD}[^\r\n]{{0,60}}(?:\?|below|here|now|following|unten|hier|folgt|coming|comes)[ \t.:!]*"
    rf"|(?:what['’]?s|what[ ](?:is|was)|which|need|send|give[ ]me|wie[ ](?:ist|lautet)|was[ ]ist)[ ][^\r\n]{{0,40}}{_WORD}[ \t.:!]*"
    rf"|(?m:^)[ \t]*(?:[^\W\d_]{{2,16}}[ -]){{0,2}}{_WORD}[ \t]*)\r?\n"
)
_ANSWER = r"[\"'`*“„]{0,2}[^\s\"'`*]{6,128}[\"'`*”“]{0,2}"
_SPLIT = late(
    rf"{_ASKED.replace('(?m:^)', '')}{_SPEAKER}[\"'`*“„]{{0,2}}(?P<value>[^\s\"'`*]{{6,128}}?)[\"'`*”“]{{0,2}}[ \t]*\r?\n?$",
    re.IGNORECASE,
)
_MADE = late(r"(?=.*[0-9])(?=.*[^\W\d_])(?:.*[!@#$%&*+?._-].*|(?=.*[a-z])(?=.*[A-Z]).*)")
#: An address, a name of a file, a number with its unit, an id.
_OTHER = late(
    r"[a-z]+://.*|[^\s@]+@[\w-]+\.[\w.-]+|[\w./-]*[/\\].*|[A-Z]{2,10}-[0-9]+|[0-9.,:]+\w{0,3}|v?[0-9]+(?:[.-]\w+)+|.*\.[a-z]{2,4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|.*[:=].*"
)


#: Characters of a question that are looked at.
LONGEST = 400


def places(found: str) -> list[tuple[int, int]]:
    cut = max(0, found.find("\n") - LONGEST)
    at = [(start + cut, stop + cut) for start, stop in groups(_SPLIT.match(found[cut:]))]
    value = found[slice(*at[0])] if at else ""
    if not at or _OTHER.fullmatch(value):
        return []
    made = is_joined(value) or looks_random(value) or _MADE.fullmatch(value) is not None
    return at if made and is_chosen(value) else []


told_secret(
    "chat_answer",
    "Secret that is all of an answer",
    for_search(rf"(?i:{_ASKED}{_SPEAKER}{_ANSWER}[ \t]*(?:\r?\n|$))"),
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("?\n", "?\r\n", "elow\n", "here\n", " now\n", "elow:\n", "here:\n", "unten\n", "hier\n", "folgt\n", "folgt:\n", " pw\n", "sword\n", "token\n", " key\n", "wort\n", "creds\n"),
)  # fmt: skip
