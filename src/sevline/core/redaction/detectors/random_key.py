"""Keys of services that nobody has listed and that say nothing: a short word, an underscore, and what chance made."""

from sevline.core.redaction.detector import BEGIN, END, Detector, Stage, detector
from sevline.core.redaction.late import late

_CHANGES = late(r"(?<=[a-z])[^a-z]|(?<=[A-Z])[^A-Z]|(?<=[0-9])[^0-9]")


def is_random(found: str) -> bool:
    """Small and capital letters and digits, which change about as often as chance changes them."""
    tail = found.partition("_")[2]
    kinds = (tail != tail.upper()) + (tail != tail.lower()) + any(map(str.isdigit, tail))
    return kinds == 3 and len(_CHANGES.findall(tail)) >= 0.4 * len(tail)


detector(
    Detector(
        kind="random_key",
        title="Key in the form of a word, an underscore and random letters",
        pattern=rf"{BEGIN}[a-z][a-z0-9]{{1,7}}_[A-Za-z0-9]{{30,200}}{END}",
        gate=r"(?-u:[a-z0-9]_[A-Za-z0-9]{30})",
        stage=Stage.NUMBER,
        validate=is_random,
        in_clear=True,
    )
)
