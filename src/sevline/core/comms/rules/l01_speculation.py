"""A guess stated aloud, also as what is being looked into: “we check whether the release caused this”."""

import re
from collections.abc import Iterator

from sevline.core.comms.lint import Draft, Situation, rule
from sevline.core.comms.words import Span
from sevline.core.packet.speculation import candidates, claims

# Of ourselves alone: “Can you tell whether the new certificate caused this?” asks the customer for what they know.
_OURS = re.compile(r"\b(?:we|we're|our engineers|our team|i)\b[^.;]*\bwhether\b", re.IGNORECASE)


@rule("L01")
def speculation(draft: Draft, _: Situation) -> Iterator[Span]:
    for sentence in draft.sentences:
        yield from (sentence.at(*span) for span in claims(sentence.text, "L01"))
        if _OURS.search(sentence.text):
            yield from (sentence.at(*span) for span in candidates(sentence.text))
