"""Which evidence a case needs by its type and severity, and how much of it is there."""

from datetime import UTC, datetime

import pytest

from sevline.core.checklist import EVIDENCE, ISSUE_TYPES, EvidenceTable, ItemAnswer, ItemState, evaluate
from sevline.core.lifecycle import Refused
from sevline.core.tables import TableError, parse

THERE = ItemAnswer(ItemState.PROVIDED)
SIX = dict.fromkeys(("C1", "C2", "C3", "C4", "C5", "saml.response"), THERE)


@pytest.mark.requirement("R-030")
def test_six_of_eleven_items_of_a_sev2_saml_case_are_55_percent_and_five_are_named() -> None:
    found = evaluate("saml", 2, SIX)
    assert (len(found.needed), found.percent) == (11, 55)
    assert [item.key for item in found.missing] == ["C7", "C8", "C9", "saml.metadata", "saml.users"]


@pytest.mark.parametrize(("severity", "needed", "deferred"), [(1, 4, 10), (2, 11, 3), (3, 12, 0), (4, 4, 0)])
def test_a_severity_needs_and_defers_its_items(severity: int, needed: int, deferred: int) -> None:
    found = evaluate("webhook", severity, {})
    assert (len(found.needed), len(found.promised)) == (needed, deferred)


def test_every_issue_type_has_three_stars() -> None:
    assert len(ISSUE_TYPES) == 16
    assert {len(row.stars) for row in ISSUE_TYPES.values()} == {3}
    assert len(EVIDENCE.core) == 12


def test_what_does_not_apply_leaves_the_count() -> None:
    excused = SIX | {"C7": ItemAnswer(ItemState.NOT_APPLICABLE, "The fault is before any request")}
    found = evaluate("saml", 2, excused)
    assert (found.percent, len(found.missing)) == (60, 4)


def test_what_no_signal_records_counts_and_opens_a_gap() -> None:
    found = evaluate("saml", 2, SIX | {"C7": ItemAnswer(ItemState.CANNOT_GET, "No id is logged", no_signal=True)})
    assert (found.percent, found.telemetry_gaps) == (64, ("C7",))


def test_what_cannot_be_had_for_another_reason_stays_missing() -> None:
    found = evaluate("saml", 2, SIX | {"C7": ItemAnswer(ItemState.CANNOT_GET, "The customer has left for today")})
    assert "C7" in [item.key for item in found.missing]
    assert found.telemetry_gaps == ()


@pytest.mark.parametrize("state", [ItemState.NOT_APPLICABLE, ItemState.CANNOT_GET])
def test_an_excuse_needs_a_reason(state: ItemState) -> None:
    with pytest.raises(Refused, match="Say why"):
        ItemAnswer(state, " ")


def test_deferred_items_of_a_sev1_are_due_after_an_hour_and_of_a_sev2_after_four_business_hours() -> None:
    monday = datetime(2026, 5, 4, 15, tzinfo=UTC)
    assert {item.due for item in evaluate("saml", 1, {}, sent_at=monday).promised} == {monday.replace(hour=16)}
    assert {item.due for item in evaluate("saml", 2, {}, sent_at=monday).promised} == {
        datetime(2026, 5, 5, 11, tzinfo=UTC)
    }


def test_a_deferred_item_that_came_is_no_promise() -> None:
    found = evaluate("saml", 1, {"C5": THERE})
    assert "C5" not in [item.key for item in found.promised]


def test_an_unknown_type_has_the_core_items() -> None:
    assert len(evaluate("", 2, {}).items) == 12


def test_an_item_of_another_type_is_refused() -> None:
    with pytest.raises(Refused, match=r"oidc\.claims"):
        evaluate("saml", 2, {"oidc.claims": THERE})


def test_a_case_without_severity_is_rated_first() -> None:
    with pytest.raises(Refused, match="Rate the case first"):
        evaluate("saml", 0, {})


def test_all_items_excused_are_a_hundred_percent() -> None:
    excuse = ItemAnswer(ItemState.NOT_APPLICABLE, "A question")
    found = evaluate("", 4, dict.fromkeys(("C2", "C4", "C5"), excuse))
    assert (found.percent, found.missing) == (100, ())


LEVEL = (
    "[[severity]]\nlevel = {level}\nneeded = [{needed}]\ndeferred = [{deferred}]\n"
    "stars_needed = 0\nstars_deferred = 0\n"
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"needed": '"C9"', "deferred": ""}, "“C9”, which does not exist"),
        ({"needed": '"C1"', "deferred": '"C1"'}, "stands there twice"),
        ({"needed": "", "deferred": '"C1"'}, "names the calendar"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(row: dict[str, str], said: str) -> None:
    levels = "".join(LEVEL.format(level=level, **row) for level in (1, 2, 3, 4))
    text = f'version = "1"\ntype = []\n[[core]]\nkey = "C1"\nasks = "Who"\n{levels}'
    with pytest.raises(TableError, match=said):
        parse("evidence.toml", text, EvidenceTable)


def test_a_table_without_a_severity_is_refused() -> None:
    with pytest.raises(TableError, match="each severity from 1 to 4"):
        parse("evidence.toml", 'version = "1"\ncore = []\ntype = []\nseverity = []', EvidenceTable)
