"""Keys that a terminal, a mail or a log broke into two lines: each half alone is no key, and tells most of one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sevline.core.redaction.detector import BEGIN, DETECTORS, END, Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms


@dataclass(frozen=True, slots=True)
class _Form:
    """`length` is that of the whole key, 0 where it varies: then the rest must be all of the second line."""

    kind: str
    prefix: str
    letters: str
    length: int = 0


_FORMS = (
    _Form("github_token", "gh[opsur]_", "A-Za-z0-9", 40),
    _Form("github_fine_token", "github_pat_", "A-Za-z0-9_", 93),
    _Form("gitlab_token", "glpat-", "A-Za-z0-9_-", 26),
    _Form("aws_access_key", "A(?:KIA|SIA)", "A-Z0-9", 20),
    _Form("google_api_key", "AIza", "A-Za-z0-9_-", 39),
    _Form("sendgrid_key", r"SG\.", "A-Za-z0-9_.-", 69),
    _Form("npm_token", "npm_", "A-Za-z0-9", 40),
    _Form("digitalocean_token", "do[opr]_v1_", "0-9a-f", 71),
    _Form("shopify_token", "shp(?:at|ca|pa|ss)_", "0-9a-fA-F", 38),
    _Form("stripe_key", "[sr]k_(?:live|test)_", "A-Za-z0-9"),
    _Form("anthropic_key", "sk-ant-", "A-Za-z0-9_-"),
    _Form("openai_key", "sk-(?:proj|svcacct|admin)-", "A-Za-z0-9_-"),
    _Form("slack_token", "xox[abeoprs]-", "A-Za-z0-9-"),
    _Form("jwt", "(?:eyJ|ewog|eyAi)", "A-Za-z0-9_.-"),
)
#: What stands where the line was broken: a mark of the mail or the shell, then what begins the next line.
_BREAK = r"(?:=|\\)?\r?\n[ \t>|]{0,40}"
_PARTS = late(rf"(?P<head>\S+?)(?P<break>{_BREAK})(?P<tail>[A-Za-z0-9_.-]+)(?P<rest>.*)$", re.DOTALL)
_SENSELESS = late(r"(?=.*[0-9])(?=.*[A-Za-z]).{6,}", re.DOTALL)
_TIME = late(r"(?:19|20)[0-9]{2}-[0-9]{2}-.*", re.DOTALL)


def _whole(found: str) -> tuple[str, re.Match[str], _Form] | None:
    """The key without the break, its parts, and its form; None where the lines have nothing to do with each other."""
    parts = _PARTS.match(found)
    form = next((form for form in _FORMS if re.match(form.prefix, found)), None)
    if parts is None or form is None or _TIME.match(parts["tail"]):
        return None
    joined = parts["head"] + parts["tail"]
    if form.length:
        return (joined, parts, form) if len(parts["head"]) < form.length == len(joined) else None
    if form.kind == "jwt" and "." not in joined:
        return None  # the JSON of something else
    return (joined, parts, form) if _SENSELESS.fullmatch(parts["tail"]) else None


def _replaced(joined: str, form: _Form, pseudonyms: Pseudonyms) -> str:
    return DETECTORS[form.kind].replace(joined, pseudonyms)


def is_key(found: str) -> bool:
    return _whole(found) is not None


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    """The token that the unbroken key has; the break stays, so that line numbers after it still hold."""
    whole = _whole(found)
    if whole is None:
        return found
    joined, parts, form = whole
    token = _replaced(joined, form, pseudonyms)
    return found if token == joined else token + parts["break"] + parts["rest"]


def _patterns() -> Iterator[str]:
    for form in _FORMS:
        piece = f"[{form.letters}]"
        yield rf"{form.prefix}{piece}+{_BREAK}{piece}+" + (END if form.length else r"[ \t\"',;]*\r?(?:\n|$)")


detector(
    Detector(
        kind="wrapped_key",
        title="Key that was broken into two lines",
        pattern=f"{BEGIN}(?:{'|'.join(_patterns())})",
        stage=Stage.BLOCK,
        hint=r"\n",
        validate=is_key,
        render=pseudonym,
        in_clear=True,  # the readings of an encoding stand on lines of their own, and are no halves of anything
    )
)
