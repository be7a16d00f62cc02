"""A certificate chain as a table, leaf first: for whom each is, who signed it, and until when it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sevline.core.finding import Given
from sevline.core.readers.documents.tls_text import tls_text
from sevline.core.readers.network import Certificate, TlsSession
from sevline.core.readers.reader import Source

MARK = "BEGIN CERTIFICATE"


@dataclass(frozen=True, slots=True)
class Link:
    """One certificate. `next_words` says whether the one behind it signed it; `tone` is bad where it did not."""

    place: str
    names: str
    issuer: str
    since: datetime
    until: datetime
    key: str
    next_words: str
    tone: str
    line: int


def chain_in(text: str) -> tuple[Link, ...]:
    """The certificates of a redacted text in its order; none where it holds none."""
    if MARK not in text:
        return ()
    given: Sequence[Given] = tuple(tls_text(Source("file", ""), text.split("\n")))
    session = next((one for one in given if isinstance(one, TlsSession)), None)
    return _links(session.chain) if session is not None else ()


def _links(chain: Sequence[Certificate]) -> tuple[Link, ...]:
    links = [_link(at, one, following) for at, (one, following) in enumerate(pairwise([*chain, None]), 1) if one]
    return tuple(links)


def _link(at: int, one: Certificate, following: Certificate | None) -> Link:
    facts = one.facts
    if facts.self_issued:
        words, tone = "signed by itself", "warn" if at == 1 else "ok"
    elif following is None:
        words, tone = "its issuer is not in the file", "warn"
    elif facts.issuer == following.facts.subject:
        words, tone = "signed by the next one", "ok"
    else:
        words, tone = "not signed by the next one", "bad"
    return Link(
        "leaf" if at == 1 else f"number {at}",
        facts.names,
        facts.issuer_name,
        facts.not_before,
        facts.not_after,
        facts.key,
        words,
        tone,
        one.line,
    )
