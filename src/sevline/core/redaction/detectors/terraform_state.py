"""Passwords that Terraform made, in the text of its state."""

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, told_secret

_Q = r"\\{0,3}\""
_RESULT = late(rf"{_Q}result{_Q}\s*:\s*{_Q}(?P<value>[^\"\r\n]{{4,200}}?){_Q}$")


def places(found: str) -> list[tuple[int, int]]:
    return groups(_RESULT.search(found))


told_secret(
    "terraform_state",
    "Password in a state of Terraform",
    rf"random_password{_Q}(?:[^\n]*\n){{0,40}}?[^\n]*?{_Q}result{_Q}\s*:\s*{_Q}[^\"\r\n]{{4,200}}{_Q}",
    places,
    stage=Stage.BLOCK,
    keywords=("random_password",),
)
