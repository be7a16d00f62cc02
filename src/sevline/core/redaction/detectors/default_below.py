"""The value of a setting some lines below its name, where a block describes it: `variable "db_password" { … default = "…" }`."""

# ruff: noqa: E501 - patterns are read whole

import re

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.secret_names import SECRET_NAME, is_ordinary
from sevline.core.redaction.told import groups, may_be_secret, told_secret

_VALUE = r"(?:\\\"(?P<value4>[^\"\\\r\n]{3,300})\\\"|\"(?P<value1>[^\"\r\n]{3,300})\"|'(?P<value2>[^'\r\n]{3,300})'|(?P<value3>[^\s\"'{}\[\],#]{4,300}))"
_SAYS = r"(?:default|defaultvalue|value|example|const|initial_?value)"
_LONG_NAME = SECRET_NAME.replace("{0,40}", "{0,400}")
#: A block of Terraform, an object of JSON or JavaScript, and a mapping of YAML, each without another one within.
_BRACES = rf"(?:variable|output|locals?|param(?:eter)?)?[ \t]*[\"'\\]{{0,2}}(?P<name1>{_LONG_NAME})[\"'\\]{{0,2}}[ \t]*(?:=>|[:=])?[ \t]*\{{[^{{}}]{{0,400}}?[\s{{,][\"'\\]{{0,2}}{_SAYS}[\"'\\]{{0,2}}[ \t]*[:=][ \t]*"
_INDENTED = rf"^(?P<indent>[ \t]*)[\"']?(?P<name2>{_LONG_NAME})[\"']?:[ \t]*\r?\n(?:(?P=indent)[ \t]+(?!{_SAYS}:)[^\r\n]*\r?\n){{0,6}}(?P=indent)[ \t]+{_SAYS}:[ \t]+"
#: A name begins a line; to look for one within a line of a megabyte would take minutes.
_LINE = late(r"^", re.MULTILINE)
_SPLITS = tuple(late(f"{form}{_VALUE}$", re.IGNORECASE | re.MULTILINE) for form in (_BRACES, _INDENTED))


def places(found: str) -> list[tuple[int, int]]:
    for parts in (form.match(found, line.start()) for line in _LINE.finditer(found) for form in _SPLITS):
        if parts is not None:
            start, stop = groups(parts)[0]
            name, value = (
                next(filter(None, (parts[one] for one in parts.re.groupindex if one.startswith("name")))),
                found[start:stop],
            )
            return [] if not may_be_secret(value) or is_ordinary(name, value, loose=False) else [(start, stop)]
    return []


_BARE_NAME = SECRET_NAME.replace("{0,40}", "*")
_ANY = r"(?:\\\"[^\"\\\r\n]+\\\"|\"[^\"\r\n]+\"|'[^'\r\n]+'|[^\s\"'{}\[\],#]{4,})"
told_secret(
    "default_below",
    "Value of a setting in the block that describes it",
    rf"(?i:{_BARE_NAME}[\"'\\]{{0,2}}[ \t]*(?:=>|[:=])?[ \t]*\{{[^{{}}]{{0,400}}?[\s{{,][\"'\\]{{0,2}}{_SAYS}[\"'\\]{{0,2}}[ \t]*[:=][ \t]*{_ANY}"
    rf"|(?m:^)[ \t]*[\"']?{_BARE_NAME}[\"']?:[ \t]*\r?\n(?:[ \t]+[^\r\n]*\r?\n){{0,6}}?[ \t]+{_SAYS}:[ \t]+{_ANY})",
    places,
    stage=Stage.BLOCK,
    any_case=True,
    keywords=("default =", "default=", "default:", 'default":', "default  ", "defaultvalue", 'output "', 'output \\"'),
)
