"""Values whose place says what they are."""

import base64
import binascii

from sevline.core.redaction.detectors.cookie import masked_pairs
from sevline.core.redaction.engine import Engine, Tally, shown
from sevline.core.redaction.pseudonym import is_token
from sevline.core.redaction.repeats import is_telling
from sevline.core.redaction.structure.spans import Span, Treatment


def treated(span: Span, engine: Engine, tally: Tally) -> str:
    """The value as it may be shown; the value itself where it is empty, allowed or a pseudonym already."""
    value = span.value
    if span.treatment is Treatment.EMPTY:
        return ""
    if not value.strip() or is_token(value.strip()) or value in engine.allowed:
        return value
    return _RULES[span.treatment](span, engine, tally)


def _noted(kind: str, value: str, label: str, engine: Engine, tally: Tally) -> str:
    token = engine.pseudonyms.secret(label, value)
    tally.note(kind, token)
    if kind in ("secret", "authorization"):
        tally.secrets.update(filter(is_telling, (value,)))
    return token


def _secret(span: Span, engine: Engine, tally: Tally) -> str:
    return _by_vendor(span, engine, tally) or _noted("secret", span.value, "SECRET", engine, tally)


def _cookie(span: Span, engine: Engine, tally: Tally) -> str:
    return _noted("cookie", span.value, "COOKIE", engine, tally)


def _by_vendor(span: Span, engine: Engine, tally: Tally) -> str | None:
    """The token of a detector that knows the whole value: a JWT in a cookie is the JWT of the header."""
    masked, found = engine.mask([span.value.strip()])
    if not is_token(masked[0]):
        return None
    tally.add(found)
    return masked[0]


def _cookies(span: Span, engine: Engine, tally: Tally) -> str:
    """A Cookie or Set-Cookie header; browsers write several Set-Cookie headers into one value, a line each."""
    if "=" not in span.value:
        return _noted("cookie", span.value, "COOKIE", engine, tally)
    pairs = "\n".join(masked_pairs(line, engine.pseudonyms) for line in span.value.split("\n"))
    if pairs != span.value:
        tally.note("cookie", shown(span.value, pairs))
    return pairs


def _credentials(span: Span, engine: Engine, tally: Tally) -> str:
    scheme, blank, rest = span.value.strip().partition(" ")
    if not blank:
        return _secret(span, engine, tally)
    if is_token(rest):
        return span.value
    inner = Span(0, 0, rest, str)
    token = _by_vendor(inner, engine, tally) or _noted("authorization", rest, "AUTHORIZATION", engine, tally)
    return f"{scheme} {token}"


def _person(span: Span, engine: Engine, tally: Tally) -> str:
    whole = (span.whole or span.value).strip()
    if is_token(whole):
        return span.value
    masked, found = engine.mask([whole])
    if is_token(masked[0]):
        tally.add(found)
        return masked[0]
    token = engine.pseudonyms.token("VALUE", whole, kind="saml value")
    tally.note("saml_value", token)
    return token


def _binary(span: Span, engine: Engine, tally: Tally) -> str:
    try:
        inside = base64.b64decode(span.value, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        inside = ""
    if is_token(inside):
        return span.value
    token = _noted("binary", span.value, "BINARY", engine, tally)
    return base64.b64encode(token.encode()).decode()


def _encoded(span: Span, engine: Engine, tally: Tally) -> str:
    try:
        inside = base64.b64decode(span.value, validate=True).decode()
    except (binascii.Error, ValueError):
        return _binary(span, engine, tally)
    masked, found = engine.mask_text(inside)
    tally.add(found)
    return base64.b64encode(masked.encode()).decode() if masked != inside else span.value


_RULES = {
    Treatment.SECRET: _secret,
    Treatment.COOKIE: _cookie,
    Treatment.COOKIES: _cookies,
    Treatment.CREDENTIALS: _credentials,
    Treatment.PERSON: _person,
    Treatment.BINARY: _binary,
    Treatment.ENCODED: _encoded,
}
