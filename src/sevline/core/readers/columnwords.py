"""Column names in other languages by the words that readers know: `Geändert am` is `updated_at`."""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from sevline.core.tables import Table, load, no_repeats

#: Words of the longest entry of the table.
LONGEST = 4
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})


class ColumnWords(Table, frozen=True):
    """By language, words of column names and what they are in English, in snake case."""

    german: Mapping[str, str]
    french: Mapping[str, str]
    spanish: Mapping[str, str]

    def check_rows(self) -> None:
        every = [*self.german, *self.french, *self.spanish]
        no_repeats("word", every)
        for said in every:
            if said != " ".join(plain_letters(said).split()) or len(said.split()) > LONGEST:
                raise ValueError(f"“{said}” is not at most {LONGEST} words in small letters without accents")


@cache
def _known() -> Mapping[str, str]:
    words = load("column_words.toml", ColumnWords)
    return {**words.german, **words.french, **words.spanish}


def plain_letters(text: str) -> str:
    """In small letters without accents; ä, ö, ü and ß as they are written where a keyboard lacks them."""
    spelt = unicodedata.normalize("NFC", text).lower().translate(_WRITTEN_OUT)
    return "".join(letter for letter in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def english(name: str) -> str:
    """A name in snake case with the words of other languages in English; any other name as it is."""
    words, known = name.split("_"), _known()
    told: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            if (meant := known.get(" ".join(words[at : at + size]))) is not None:
                told.append(meant)
                at += size
                break
        else:
            told.append(words[at])
            at += 1
    return "_".join(told)
