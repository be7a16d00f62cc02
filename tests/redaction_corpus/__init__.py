"""A labelled corpus for redaction, made from a seed: the labels are written before any detector sees the text.

Values are built from the public formats of their kinds, by code that shares nothing with the detectors. Its author is
the author of the detectors, so that a good figure here shows that the engine keeps its own promises, and no more.
"""

from tests.redaction_corpus.corpus import Corpus, Labelled, labelled_corpus, mixed_log

__all__ = ["Corpus", "Labelled", "labelled_corpus", "mixed_log"]
