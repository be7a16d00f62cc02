"""What a detector is, and the register of all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from sevline.core.redaction.pseudonym import Pseudonyms, is_token
from sevline.core.redaction.replaced import ALONE
from sevline.core.registry import Registry

DETECTOR_SET_VERSION = "2026.11.27"


#: Before a gate that begins with digits. Without it the pattern library first looks for any two digits that may begin
#: a match, which are everywhere in a log, and takes two to three times as long.
UNLED = r"[\x00-\x7f]?"


#: Where no letter or digit stands before or after. Other than an end of a word, a key may begin or end with a hyphen.
BEGIN, END = r"(?-u:\b{start-half})", r"(?-u:\b{end-half})"


class Stage(IntEnum):
    """Detectors run in this order: what is masked by one is not seen by the next."""

    BLOCK = 10  # spans lines
    URL = 20
    VENDOR = 30
    HEADER = 40
    PAIR = 50
    PERSONAL = 70
    NUMBER = 80
    TERM = 90


def always(_found: str) -> bool:
    return True


def as_it_is(found: str) -> str:
    return found


def none_of(_found: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Detector:
    """Finds one kind of value.

    `pattern` is a Rust regular expression without look-around, run by Polars. `keywords` are literals of which one must
    be in the line before the pattern is tried, in any case where `any_case` says so; `gate` is a cheaper pattern to the
    same end, and where a match is `rare` the gates of many detectors are tried as one, but for one
    that stands `apart`, for its literals are common. A `hint` is shorter still,
    stands wherever the gate matches, and is asked as one with many others. `validate` answers whether a
    match is really of the kind; `normalise` gives the value under which equal things are equal; `render` writes the
    pseudonym in place of the match and may keep parts of it. Without `render` the whole match becomes `<LABEL-hex>`.
    `secrets` are the values in a match that only their name gave away, which are then masked without it too, and
    `people` the first and last names that stand for a person elsewhere in the text as well. What is
    known by a little only is looked for `in_clear`: in bytes that were decoded by chance anything can be found.
    """

    kind: str
    title: str
    pattern: str
    stage: Stage = Stage.VENDOR
    keywords: tuple[str, ...] = ()
    any_case: bool = False
    gate: str = ""
    hint: str = ""
    rare: bool = False
    apart: bool = False
    label: str = ""
    validate: Callable[[str], bool] = always
    normalise: Callable[[str], str] = as_it_is
    render: Callable[[str, Pseudonyms], str] | None = None
    secrets: Callable[[str], Iterable[str]] = none_of
    people: Callable[[str], Iterable[str]] = none_of
    in_clear: bool = False

    @property
    def gives_away(self) -> bool:
        """Whether its matches tell of secrets or people in other places, besides those that they are masked as."""
        return self.secrets is not none_of or self.people is not none_of

    @property
    def in_context(self) -> bool:
        """Whether it knows its values only for what stands around them."""
        return self.render is not None and self.kind not in ALONE

    def replace(self, found: str, pseudonyms: Pseudonyms) -> str:
        """The text that stands for `found`; `found` itself where it is not of this kind."""
        if is_token(found) or not self.validate(found):
            return found
        if self.render is not None:
            return self.render(found, pseudonyms)
        return pseudonyms.secret(self.label or self.kind.upper().replace("_", "-"), self.normalise(found))


DETECTORS: Registry[Detector] = Registry("detector")


def detector(entry: Detector) -> Detector:
    return DETECTORS.add(entry.kind, entry)


def token_format(
    kind: str,
    title: str,
    pattern: str,
    *,
    keywords: tuple[str, ...] = (),
    gate: str = "",
    validate: Callable[[str], bool] = always,
) -> Detector:
    """A vendor's token format, known by its literal prefix; ends of words are asked for on both sides."""
    return detector(
        Detector(
            kind=kind,
            title=title,
            pattern=f"{BEGIN}(?:{pattern}){END}",
            keywords=keywords,
            gate=gate,
            rare=True,
            validate=validate,
        )
    )


def identity_number(
    kind: str,
    title: str,
    pattern: str,
    *,
    validate: Callable[[str], bool],
    keywords: tuple[str, ...] = (),
    gate: str = "",
) -> Detector:
    """A number that an authority gave to a person or a company, proved by its form and check digits.

    Where too many ordinary numbers have the form, `keywords` name it and one of them must stand in the row.
    """
    return detector(
        Detector(
            kind=kind,
            title=title,
            pattern=rf"(?-u:\b)(?:{pattern})(?-u:\b)",
            stage=Stage.PERSONAL,
            label=kind.removesuffix("_named").upper().replace("_", "-"),
            keywords=keywords,
            any_case=True,
            gate=gate,
            rare=True,
            validate=validate,
            normalise=compact,
        )
    )


def compact(found: str) -> str:
    """Letters and digits only, in upper case: the value, however its groups are set apart."""
    return "".join(character for character in found if character.isalnum()).upper()
