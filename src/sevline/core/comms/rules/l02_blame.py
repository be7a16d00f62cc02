"""Somebody together with a word of fault."""

from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Sentence, Span, found

LISTS = OUTBOUND["L02"].lists
BETWEEN = 24  # characters: “your team has probably forgotten”, not the other end of the sentence


@rule("L02")
def blame(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        yield from (sentence.at(*span) for span in found(LISTS["phrases"], sentence.text))
        if not sentence.says_any(LISTS["excused"]):
            yield from (sentence.at(*span) for span in _faulted(sentence))


def _faulted(sentence: Sentence) -> Iterator[Span]:
    parties = list(found(LISTS["parties"], sentence.text))
    for fault in found(LISTS["faults"], sentence.text):
        near = [party for party in parties if 0 <= fault.start - party.end <= BETWEEN]
        if near:
            yield Span(near[-1].start, fault.end)
