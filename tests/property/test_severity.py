"""Not knowing never makes a case look calmer."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sevline.core.severity import (
    DataEffect,
    Deadline,
    Degree,
    Environment,
    Journey,
    SeverityAnswers,
    Workaround,
    rate,
)

percent = st.none() | st.floats(0, 100)
answers = st.builds(
    SeverityAnswers,
    environment=st.sampled_from(Environment),
    journey=st.sampled_from(Journey),
    degree=st.sampled_from(Degree),
    accounts_percent=percent,
    seats_percent=percent,
    data_effect=st.sampled_from(DataEffect),
    workaround=st.sampled_from(Workaround),
    deadline=st.sampled_from(Deadline),
)
FORGET: tuple[Callable[[SeverityAnswers], SeverityAnswers], ...] = (
    lambda known: replace(known, environment=Environment.UNKNOWN),
    lambda known: replace(known, journey=Journey.UNKNOWN),
    lambda known: replace(known, degree=Degree.UNKNOWN),
    lambda known: replace(known, accounts_percent=None),
    lambda known: replace(known, seats_percent=None),
    lambda known: replace(known, workaround=Workaround.UNKNOWN),
    lambda known: replace(known, deadline=Deadline.UNKNOWN),
)


@given(answers)
def test_every_answer_has_a_severity(given_answers: SeverityAnswers) -> None:
    assert 1 <= rate(given_answers).severity <= 4


@given(answers, st.sampled_from(FORGET))
def test_forgetting_an_answer_never_lowers_the_severity(
    given_answers: SeverityAnswers, forget: Callable[[SeverityAnswers], SeverityAnswers]
) -> None:
    assert rate(forget(given_answers)).severity <= rate(given_answers).severity


@given(answers)
def test_a_better_workaround_never_raises_the_severity(given_answers: SeverityAnswers) -> None:
    none, accepted, validated = (
        rate(replace(given_answers, workaround=workaround)).severity
        for workaround in (Workaround.NONE, Workaround.ACCEPTED, Workaround.VALIDATED)
    )
    assert none <= accepted <= validated


@given(answers, st.floats(0, 100), st.floats(0, 100))
def test_a_wider_reach_never_lowers_the_severity(given_answers: SeverityAnswers, one: float, other: float) -> None:
    narrow, wide = (
        rate(replace(given_answers, accounts_percent=share, seats_percent=share)).severity
        for share in sorted((one, other))
    )
    assert wide <= narrow
