"""A case's own words: hosts, people and tenants that no pattern could know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.plan import whole_word
from sevline.core.redaction.pseudonym import EVERY_PSEUDONYM, Pseudonyms, is_token

_LABEL = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """`kind` names what it is (host, person, tenant); `value` is matched as whole words in any ASCII case."""

    kind: str
    value: str


def term_detectors(terms: Sequence[Term]) -> tuple[Detector, ...]:
    """One detector for each kind of term; longer terms win over those they contain."""
    by_kind: dict[str, dict[str, str]] = {}
    for term in terms:
        if value := term.value.strip():
            for form in {value, quote(value), value.encode("unicode_escape").decode()}:
                by_kind.setdefault(term.kind, {})[form.lower()] = value.lower()
    return tuple(_detector(kind, forms) for kind, forms in sorted(by_kind.items()))


def _detector(kind: str, forms: dict[str, str]) -> Detector:
    label = _LABEL.sub("-", kind.upper()).strip("-") or "TERM"
    longest_first = sorted(forms, key=lambda form: (-len(form), form))

    def render(found: str, pseudonyms: Pseudonyms) -> str:
        if is_token(found):
            return found
        return pseudonyms.token(label, forms.get(found.lower(), found.lower()), kind=f"term {kind}")

    return Detector(
        kind=kind,
        title=f"Words of this case: {kind}",
        pattern=f"{EVERY_PSEUDONYM}|(?i:{'|'.join(map(whole_word, longest_first))})",
        stage=Stage.TERM,
        any_case=True,
        keywords=() if any(not form.isascii() for form in forms) else tuple(longest_first),
        render=render,
    )
