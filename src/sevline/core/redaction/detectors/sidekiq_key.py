"""Sidekiq Pro or Enterprise key, in a setting of Bundler or in the address of a source."""

from sevline.core.redaction.detector import Stage
from sevline.core.redaction.late import late
from sevline.core.redaction.told import groups, told_secret

_KEY = r"[a-f0-9]{8}(?::|%3A)[a-f0-9]{8}"
_SETTING = rf"contribsys__com[ \t\"'\\=:]{{1,8}}(?P<value1>{_KEY})"
_ADDRESS = rf"(?P<value2>{_KEY})@(?:gems|enterprise)\.contribsys\.com"
_SPLIT = late(rf"(?i:{_SETTING})|{_ADDRESS}")


def places(found: str) -> list[tuple[int, int]]:
    return groups(_SPLIT.match(found))


told_secret(
    "sidekiq_key",
    "Sidekiq Pro or Enterprise key",
    rf"(?i:contribsys__com)[ \t\"'\\=:]{{1,8}}{_KEY}|{_KEY}@(?:gems|enterprise)\.contribsys\.com",
    places,
    stage=Stage.VENDOR,
    keywords=("contribsys", "CONTRIBSYS"),
    rare=True,
)
