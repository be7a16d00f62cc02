"""Stale cache: hits that are older than they may be, or changes that did not reach the cache."""

import re

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, signature

_STALE = re.compile(
    r"(?i)\bstale[ _-](?:cache|entry|value|content|config(?:uration)?|version|response)|"
    r"(?:invalidation|purge|evict(?:ion)?)\b.{0,40}\b(?:failed|lost|timed out|error)|"
    r"(?:failed|unable) to (?:invalidate|purge|evict)|cache (?:version|generation) mismatch"
)
_HIT = re.compile(r"(?i)cache.{0,20}\bhit\b|\bhit\b.{0,20}cache")
_AGE = re.compile(r"(?i)\bage(?:_seconds|_s)?[\"']?\s?[=:]\s?(\d{1,9})\b")
_TTL = re.compile(r"(?i)\b(?:max-?age|ttl)(?:_seconds|_s)?[\"']?\s?[=:]\s?(\d{1,9})\b")


@signature(Mode.STALE_CACHE, "stale", "invalidat", "purge", "evict", "cache")
def stale_cache(lines: Lines) -> Sign | None:
    """Hits that are older than they may be, or changes that did not reach the cache."""
    said = [(number, found[0], "") for number, text in lines if (found := _STALE.search(text)) is not None]
    old = [(number, *ages) for number, text in lines if (ages := _too_old(text)) is not None]
    if not old and not said:
        return None
    parts = [f"{len(old)} hit{'s are' if len(old) > 1 else ' is'} older than allowed"] if old else []
    parts += [f"{len(said)} line{'s speak' if len(said) > 1 else ' speaks'} of it: “{said[0][1]}”"] if said else []
    return Sign(Mode.STALE_CACHE, f"{'; '.join(parts)}.", (*old[:2], *said[:2]), bool(old) or len(said) > 1)


def _too_old(text: str) -> tuple[str, str] | None:
    """Age and allowed age of a cache hit that is older than allowed."""
    age, allowed = _AGE.search(text), _TTL.search(text)
    if age is None or allowed is None or int(age[1]) <= int(allowed[1]) or _HIT.search(text) is None:
        return None
    return f"{age[1]} s old", f"at most {allowed[1]} s"
