"""Values whose place says what they are."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sevline.core.redaction.detectors.cookie import masked_pairs
from sevline.core.redaction.engine import Engine
from sevline.core.redaction.pieces import shown
from sevline.core.redaction.pseudonym import is_token
from sevline.core.redaction.repeats import is_telling
from sevline.core.redaction.replaced import behind
from sevline.core.redaction.structure.spans import Span, Treatment
from sevline.core.redaction.tally import Tally

#: Characters of base64 from which it cannot be a pseudonym that was written so.
NO_TOKEN = 1_000


def treated(spans: Sequence[Span], engine: Engine, tally: Tally) -> list[str]:
    """The values as they may be shown; a value itself where it is empty, allowed or a pseudonym already.

    Detectors look at all of them at once: a run of theirs costs as much for one value as for a thousand.
    """
    closed = [_is_left(span.value, engine) for span in spans]
    asked = [inner for span, left in zip(spans, closed, strict=True) if not left and (inner := _inner(span))]
    desk = _Desk(engine, tally, _by_vendors(asked, engine, tally))
    return [
        "" if span.treatment is Treatment.EMPTY else span.value if left else _RULES[span.treatment](span, desk)
        for span, left in zip(spans, closed, strict=True)
    ]


def _is_left(value: str, engine: Engine) -> bool:
    return not value.strip() or is_token(value.strip()) or value in engine.allowed


def _inner(span: Span) -> str:
    """What of the value a detector may know as a whole: a JWT in a cookie is the JWT of the header."""
    if span.treatment is Treatment.PERSON:
        return (span.whole or span.value).strip()
    if span.treatment is Treatment.CREDENTIALS:
        whole = span.value.strip()
        return whole.partition(" ")[2].strip() or whole
    return span.value.strip() if span.treatment is Treatment.SECRET else ""


def _by_vendors(asked: Sequence[str], engine: Engine, tally: Tally) -> dict[str, str]:
    """The tokens of values that a detector knows as a whole; the tally counts each time they stand there."""
    if not asked:
        return {}
    different = list(dict.fromkeys(asked))
    masked, _ = _each_alone(different, engine)
    known = {text: token for text, token in zip(different, masked, strict=True) if is_token(token)}
    tally.add(_each_alone([text for text in asked if text in known and not is_token(text)], engine)[1])
    return known


def _each_alone(texts: list[str], engine: Engine) -> tuple[list[str], Tally]:
    """Texts masked at once, yet none for what another one gave away: where one does, each half is masked by itself."""
    masked, tally = engine.mask(texts)
    if not tally.secrets or len(texts) < 2:
        return masked, tally
    half = len(texts) // 2
    first, found = _each_alone(texts[:half], engine)
    second, more = _each_alone(texts[half:], engine)
    found.add(more)
    return first + second, found


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the rules work with: the tokens that detectors gave, and encoded texts that were masked before."""

    engine: Engine
    tally: Tally
    known: Mapping[str, str]
    texts: dict[str, tuple[str, Tally]] = field(default_factory=dict)

    def noted(self, kind: str, value: str, label: str) -> str:
        token = self.engine.pseudonyms.secret(label, value)
        self.tally.note(kind, token)
        if self.engine.keeps_beside:
            self.tally.stands_for({value.strip(): token})
        if kind in ("secret", "authorization"):
            self.tally.secrets.update(filter(is_telling, (value,)))
        return token

    def text(self, text: str) -> str:
        """A text of its own; the same one is masked once and counted each time."""
        if text not in self.texts:
            self.texts[text] = self.engine.mask_text(text)
        masked, found = self.texts[text]
        self.tally.add(found)
        return masked


def _secret(span: Span, desk: _Desk) -> str:
    return desk.known.get(span.value.strip()) or desk.noted("secret", span.value, "SECRET")


def _cookie(span: Span, desk: _Desk) -> str:
    return desk.noted("cookie", span.value, "COOKIE")


def _cookies(span: Span, desk: _Desk) -> str:
    """A Cookie or Set-Cookie header; browsers write several Set-Cookie headers into one value, a line each."""
    if "=" not in span.value:
        return desk.noted("cookie", span.value, "COOKIE")
    pairs = "\n".join(masked_pairs(line, desk.engine.pseudonyms) for line in span.value.split("\n"))
    if pairs != span.value:
        if desk.engine.keeps_beside:
            desk.tally.stands_for(behind(span.value, pairs))
        desk.tally.note("cookie", shown(span.value, pairs))
    return pairs


def _credentials(span: Span, desk: _Desk) -> str:
    scheme, blank, rest = span.value.strip().partition(" ")
    if not blank:
        return _secret(span, desk)
    if is_token(rest):
        return span.value
    token = desk.known.get(rest.strip()) or desk.noted("authorization", rest, "AUTHORIZATION")
    return f"{scheme} {token}"


def _person(span: Span, desk: _Desk) -> str:
    whole = (span.whole or span.value).strip()
    if is_token(whole):
        return span.value
    if token := desk.known.get(whole):
        return token
    token = desk.engine.pseudonyms.token("VALUE", whole, kind="saml value")
    desk.tally.note("saml_value", token)
    if desk.engine.keeps_beside:
        desk.tally.stands_for({whole: token})
    return token


def _binary(span: Span, desk: _Desk) -> str:
    inside = _decoded(span.value).decode("ascii", "replace") if len(span.value) < NO_TOKEN else ""
    if is_token(inside):
        return span.value
    return base64.b64encode(desk.noted("binary", span.value, "BINARY").encode()).decode()


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _encoded(span: Span, desk: _Desk) -> str:
    try:
        inside = base64.b64decode(span.value, validate=True).decode()
    except (binascii.Error, ValueError):
        return _binary(span, desk)
    masked = desk.text(inside)
    return base64.b64encode(masked.encode()).decode() if masked != inside else span.value


_RULES: Mapping[Treatment, Callable[[Span, _Desk], str]] = {
    Treatment.SECRET: _secret,
    Treatment.COOKIE: _cookie,
    Treatment.COOKIES: _cookies,
    Treatment.CREDENTIALS: _credentials,
    Treatment.PERSON: _person,
    Treatment.BINARY: _binary,
    Treatment.ENCODED: _encoded,
}
