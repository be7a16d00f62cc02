"""A time that a text names is not always a time at which something happened."""

import pytest

from sevline.core.extraction.occurring import is_occurrence
from sevline.core.faults import belongs_to

TIME = "2026-11-25T09:04:11Z"


@pytest.mark.parametrize(
    "before",
    [
        "Date: ",
        "Hello,\nGesendet: ",
        'IssueInstant="',
        '<Conditions NotBefore="',
        'NotOnOrAfter="',
        '"exp": ',
        "The link works until ",
        "Next update by ",
        "We need it by ",
        "On ",
    ],
)
def test_the_date_of_a_letter_a_validity_and_a_deadline_are_no_occurrence(before: str) -> None:
    text = f"{before}{TIME} A planner wrote:"

    assert not is_occurrence(text, len(before), len(TIME))


@pytest.mark.parametrize("before", ["It failed at ", "since ", "Webhook received ", "[", "", "On ", "the expert saw "])
def test_a_time_at_which_something_failed_is_one(before: str) -> None:
    assert is_occurrence(f"{before}{TIME} ERROR pool exhausted", len(before), len(TIME))


def test_the_date_of_a_record_of_a_log_is_the_time_of_the_record() -> None:
    text = f'{{"date": "{TIME}", "level": "error"}}'

    assert is_occurrence(text, text.index("2026"), len(TIME), is_record=True)


@pytest.mark.parametrize(
    ("issue_type", "check_id", "belongs"),
    [
        ("api_5xx", "API12", True),
        ("api_5xx", "API03", False),
        ("api_5xx", "SAML09", False),
        ("saml", "SAML06", True),
        ("", "API12", False),
        ("security", "API12", False),
    ],
)
def test_a_check_belongs_to_the_fault_of_its_type_alone(issue_type: str, check_id: str, belongs: bool) -> None:
    assert belongs_to(issue_type, check_id) is belongs
