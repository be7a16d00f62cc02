"""A start that a log names is offered to the list of changes; where it names none, nothing is."""

from sevline.evidence.selectors.said import Citation, FindingCard

BEGAN = Citation("orders.log", "4038:1", "", "", "PoolTimeout", "not in the log before")
START = Citation("orders.log", "4013:1", "", "", "2026-11-25 08:30:16 UTC Starting; config diff: pool_max 5", "")


def card(state: str, *cited: Citation) -> FindingCard:
    return FindingCard("OBS17", state, "An error began", "our_app", "hint", cited, "", ())


def test_the_start_before_an_error_fills_the_form_of_changes() -> None:
    offered = card("WARN", BEGAN, START, BEGAN).takes_up

    assert "kind=config" in offered
    assert "pool_max+5" in offered


def test_an_error_without_a_start_before_it_is_offered_as_no_change() -> None:
    assert card("INFO", BEGAN, BEGAN).takes_up == ""
