"""What findings cite fills items of the checklist, and nothing else does."""

import pytest

from sevline.core.filling import Spoken, filled

LIMITED = Spoken("API09", ("429", "30", "2.0 s after the 429", "x-ratelimit-limit: 100"))


def test_a_refused_call_with_its_headers_fills_limits_retries_and_window() -> None:
    assert filled([LIMITED], moments=4) == {"api_429.limits", "api_429.retries", "api_429.window"}


@pytest.mark.parametrize(
    ("said", "moments", "items"),
    [
        (Spoken("API09", ("429", "30")), 4, {"api_429.window"}),
        (Spoken("API09", ("429",)), 1, set()),
        (Spoken("API09", ("ratelimit-policy: 100;w=60",)), 0, {"api_429.limits"}),
        (Spoken("API15", ("12 calls",)), 0, {"api_429.retries"}),
        (Spoken("SAML09", ("x-ratelimit-limit: 100",)), 9, set()),
    ],
)
def test_only_what_was_seen_counts(said: Spoken, moments: int, items: set[str]) -> None:
    assert filled([said], moments) == items
