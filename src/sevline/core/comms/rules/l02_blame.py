"""Somebody together with a word of fault."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import OUTBOUND, Draft, Situation, rule
from sevline.core.comms.words import Sentence, Span, found

LISTS = OUTBOUND["L02"].lists
PARTIES = (*LISTS["parties"], *(f"{party}'s" for party in LISTS["parties"]))
BETWEEN = 24  # characters: “your team has probably forgotten”, not the other end of the sentence
# A name before its fault: one or two capitalised words that do not begin the sentence, where every word has a capital.
_NAME = re.compile(r"(?<=[\w,;:)] )(?P<name>[A-Z][\w.-]+(?: [A-Z][\w.-]+)?),?\s$")


@rule("L02")
def blame(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        yield from (sentence.at(*span) for span in found(LISTS["phrases"], sentence.text))
        if not sentence.says_any(LISTS["excused"]):
            yield from (sentence.at(*span) for span in _faulted(sentence))


def _faulted(sentence: Sentence) -> Iterator[Span]:
    parties = list(found(PARTIES, sentence.text))
    for fault in found(LISTS["faults"], sentence.text):
        near = [party for party in parties if 0 <= fault.start - party.end <= BETWEEN]
        if near:
            yield Span(near[-1].start, fault.end)
        elif (named := _NAME.search(sentence.text, 0, fault.start)) and not _is_no_name(named["name"]):
            yield Span(named.start(), fault.end)


def _is_no_name(name: str) -> bool:
    return any(word.lower() in LISTS["no_names"] for word in name.split())
