"""What of a labelled corpus was found, and what was masked that should have stayed."""

from collections import Counter
from dataclasses import dataclass, field

from sevline.core.redaction import Redactor
from tests.redaction_corpus.corpus import Corpus, Sort

BETWEEN = "\n@@@\n"


@dataclass(slots=True)
class Found:
    of: int = 0
    missed: int = 0

    @property
    def share(self) -> float:
        return 1 - self.missed / self.of


@dataclass(slots=True)
class Score:
    secrets: Found = field(default_factory=Found)
    personal: Found = field(default_factory=Found)
    missed: Counter[str] = field(default_factory=Counter)
    words: int = 0
    changed: int = 0

    @property
    def false_share(self) -> float:
        return self.changed / self.words


def scored(redactor: Redactor, corpus: Corpus) -> Score:
    """A value counts as missed where it, or the form in which it stood, is still in its own text."""
    score = Score()
    masked = redactor.text(BETWEEN.join(one.text for one in corpus.labelled)).text.split(BETWEEN)
    for one, text in zip(corpus.labelled, masked, strict=True):
        found = score.secrets if one.sort is Sort.SECRET else score.personal
        found.of += 1
        if one.value in text or one.form in text:
            found.missed += 1
            score.missed[one.kind] += 1
    decoys = redactor.text("\n".join(corpus.decoys)).text.split("\n")
    for before, after in zip(corpus.decoys, decoys, strict=True):
        words = before.split()
        score.words += len(words)
        score.changed += sum(word not in after for word in words) if before != after else 0
    return score
