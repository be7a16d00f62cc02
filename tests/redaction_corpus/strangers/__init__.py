"""A corpus as strangers would write it: other keys, other spellings and other surroundings than the detectors were written for.

Its labels were written before any detector saw them, from what vendors and standards publish and from how people write. Where the
detectors were mended afterwards this corpus no longer tells what they would miss elsewhere; it tells that they keep what they learnt.
"""

# ruff: noqa: E501 - patterns and forms are read whole

from collections.abc import Iterator
from random import Random

from tests.redaction_corpus.corpus import Labelled, Sort
from tests.redaction_corpus.strangers import placed_secrets, vendors
from tests.redaction_corpus.strangers.clean import clean
from tests.redaction_corpus.strangers.people import everyone

__all__ = ["clean", "personal", "secrets"]


def secrets(seed: int, *, each: int = 3) -> Iterator[Labelled]:
    """Keys told by their forms alone, and secrets in the places where they are kept."""
    random = Random(seed)
    for vendor, form in vendors.FORMS.items():
        for frame in random.sample(vendors.LINES, each):
            key = vendors.make(form, random)
            yield Labelled(Sort.SECRET, f"key of {vendor}", key, frame.format(key), key)
    for group, (frames, makers) in placed_secrets.GROUPS.items():
        for frame in frames:
            for _ in range(each):
                text, shown = placed_secrets.filled(frame, random, random.choice(makers)(random))
                yield Labelled(Sort.SECRET, f"{group}: {frame}", shown, text, shown)
    for _ in range(each):
        for kind, text, piece in placed_secrets.blocks(random):
            yield Labelled(Sort.SECRET, f"block: {kind}", piece, text, piece)


def personal(seed: int, *, each: int = 1) -> Iterator[Labelled]:
    """People, their accounts, addresses, numbers and devices."""
    random = Random(seed)
    for _ in range(each):
        for kind, text, value in everyone(random):
            yield Labelled(Sort.PERSONAL, kind, value, text, value)
