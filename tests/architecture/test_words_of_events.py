"""Every event that can stand on a case's timeline reads as a sentence."""

import string

import pytest

from sevline.cases.selectors.timeline import words_of
from sevline.platform.events import KINDS

# Rooms whose events belong to no case, so that no timeline shows them.
WITHOUT_A_CASE = frozenset(
    {"person", "session", "account", "environment", "product_area", "audit", "change", "changes", "kpi"}
)
ON_A_CASE = sorted(
    kind
    for kind, event in KINDS.items()
    if event.__module__.startswith("sevline.") and kind.partition(".")[0] not in WITHOUT_A_CASE
)


@pytest.mark.parametrize("kind", [kind for kind in ON_A_CASE if kind != "escalation.sent"])
def test_each_event_has_words_that_name_only_what_it_carries(kind: str) -> None:
    words = words_of(kind)
    names = {name for _, name, _, _ in string.Formatter().parse(words) if name}

    assert words != ""
    assert names - {"about"} - set(KINDS[kind].__dataclass_fields__) == set()
