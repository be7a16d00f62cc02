"""A value that redaction masks, another customer's name, a tenant that is not the reader's."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Masked, Situation, rule
from sevline.core.comms.words import Span

PERSON = "person"
LISTS = OUTBOUND["L06"].lists


@rule("L06")
def personal_or_secret(draft: Draft, situation: Situation) -> Iterator[Span]:
    for masked in situation.masked:
        # One value has one token in all texts of a case, so what the customer wrote first is known by its token.
        theirs = masked.kind in LISTS["personal"] and masked.token in situation.heard
        if masked.kind not in LISTS["harmless"] and not (theirs or _may_stand(masked, draft.text, situation)):
            yield Span(masked.start, masked.end)
    for name in situation.other_customers:
        if name not in situation.heard:
            yield from _named(name, draft.text)


def _may_stand(masked: Masked, text: str, situation: Situation) -> bool:
    """A name of those who write, of a colleague (another rule's matter), or of what the customer may read of."""
    if masked.kind != PERSON:
        return False
    name = text[masked.start : masked.end].casefold()
    known = (*situation.signers, *situation.colleagues, *situation.known_words)
    return any(name == one.casefold() for one in known) or _greets_or_signs(masked, text)


def _greets_or_signs(masked: Masked, text: str) -> bool:
    """Whether a name stands in a greeting at the beginning of a line, or by itself below the closing of a letter."""
    above, _, before = text[: masked.start].rpartition("\n")
    if before.strip():
        return _without_titles(before) in LISTS["greetings"]
    rest_of_line = text[masked.end :].partition("\n")[0]
    closing = above.rstrip().rpartition("\n")[2]
    return not rest_of_line.strip(" .,") and _plain(closing) in LISTS["closings"]


def _without_titles(before: str) -> str:
    words = _plain(before).split()
    while words and words[-1].rstrip(".") in LISTS["titles"]:
        words.pop()
    return " ".join(words).strip(" ,.")


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).strip(" ,.!-–")


def _named(name: str, text: str) -> Iterator[Span]:
    """Where a name stands as whole words, written as the customer writes it."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield Span(at, end)
        at = text.find(name, end)
