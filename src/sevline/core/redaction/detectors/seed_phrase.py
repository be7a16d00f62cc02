"""The twelve to twenty-four words from which a wallet is made again."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms

_PHRASE = r"(?:[a-z]{3,8}[ ,]{1,2}){11,23}[a-z]{3,8}"
_SPLIT = late(rf"(.*?)({_PHRASE})$", re.DOTALL)
_HEAD = late(
    r".*?(?:phrase|words?|mnemonic|seed)[\"'\\]{0,4}\s{0,3}(?:[:=]|is|are)?\s{0,3}[\"'\\]{0,4}",
    re.DOTALL | re.IGNORECASE,
)


def phrase(found: str) -> str:
    head = _HEAD.match(found)
    return found[head.end() :] if head else found


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    words = phrase(found)
    return found[: len(found) - len(words)] + pseudonyms.secret("SECRET", words)


detector(
    Detector(
        kind="seed_phrase",
        title="Recovery phrase of a wallet",
        pattern=(
            r"(?i:(?:(?:seed|recovery|backup|secret)[ _-]?(?:phrase|words?)|mnemonic(?:[ _-]?phrase)?|wallet[ _-]?seed)[\"'\\]{0,4}[ \t]{0,3}"
            rf"(?:[:=]|is|are)[ \t]{{0,3}}[\"'\\]{{0,4}}){_PHRASE}"
        ),
        stage=Stage.URL,
        any_case=True,
        keywords=("phrase", "mnemonic", "seed"),
        rare=True,
        gate=r"(?i:phrase|words?|mnemonic|seed)[\"'\\]{0,4}[ \t]{0,3}(?:[:=]|is|are)",
        normalise=phrase,
        render=pseudonym,
    )
)
