"""Secrets among the arguments of a test plan of JMeter: a property for the name, and one below it for the value."""

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import says_secret
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_PROPERTY = r"<stringProp name=\"(?:Argument|Header)\."
_SPLIT = late(
    rf"{_PROPERTY}name\">(?P<name>[^<]{{1,80}})</stringProp>\s*{_PROPERTY}value\">(?P<value>[^<]+)$",
)


def places(found: str) -> list[tuple[int, int]]:
    parts = _SPLIT.match(found)
    if parts is None or not says_secret(parts["name"]) or parts["value"].startswith("&lt;"):
        return []
    return groups(parts) if may_be_secret(parts["value"]) else []


told_secret(
    "test_plan_argument",
    "Secret in an argument of a test plan",
    rf"{_PROPERTY}name\">[^<]{{1,80}}</stringProp>\s*{_PROPERTY}value\">[^<]+",
    places,
    stage=Stage.BLOCK,
    keywords=("Argument.value", "Header.value"),
    markup=True,
)
