"""What is missing: by who can give it, what unlocks most first, five at a glance."""

from sevline.core.checklist import FIRST_SHOWN, ItemAnswer, ItemState, evaluate, wanted


def test_five_are_shown_the_customers_first_and_what_unlocks_most_leads() -> None:
    groups = wanted(evaluate("saml", 2, {}))

    assert [group.title for group in groups] == ["From the customer", "From us"]
    assert [item.key for item in groups[0].first][:3] == ["C2", "C3", "C7"]
    assert sum(len(group.first) for group in groups) == FIRST_SHOWN
    assert {item.key for item in (*groups[1].first, *groups[1].rest)} <= {"C8", "C9", "C10", "C11"}


def test_nothing_is_lost_between_what_is_shown_and_what_is_folded() -> None:
    checklist = evaluate("saml", 1, {})

    kept = [item for group in wanted(checklist) for item in (*group.first, *group.rest)]

    assert sorted(item.key for item in kept) == sorted(item.key for item in checklist.missing)


def test_what_is_there_is_no_longer_wanted() -> None:
    checklist = evaluate("saml", 2, {"C2": ItemAnswer(ItemState.PROVIDED)})

    assert "C2" not in {item.key for group in wanted(checklist) for item in (*group.first, *group.rest)}
