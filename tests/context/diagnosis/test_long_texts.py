"""What somebody types is kept whole or refused with its length; nothing is cut in silence."""

import pytest

from sevline.cases import actions as cases
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.redaction.pseudonym import fitting
from sevline.diagnosis import actions
from sevline.diagnosis.models import Cause, Reproduction, Test, Workaround
from sevline.vault import actions as vault
from sevline.vault.models import SealedText
from tests import make
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db
GATEWAY = "then wait for the answer of the gateway, "
LONG = f"Open the sign-in page and choose single sign-on, {GATEWAY * 40}then stop."
MAIL = "helen@brightwater.example"


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_long_lines_of_a_reproduction_are_kept_whole() -> None:
    case = work.case()

    answer = signed_in(cast().sam).post(
        f"/cases/{case.key}/diagnosis/reproduction",
        {
            "steps": f"{LONG}\nSecond step", "expected": "It works", "actual": "It fails", "failed": 1, "runs": 1,
            "environment": "Staging", "preconditions": LONG,
        },
    )  # fmt: skip

    kept = Reproduction.objects.get(case=case)
    assert answer.status_code == 302
    assert kept.steps == f"{one_line(LONG)}\nSecond step"
    assert kept.preconditions == one_line(LONG)


def test_the_long_lines_of_a_test_a_cause_and_a_workaround_are_kept_whole() -> None:
    case, sam = work.case(), cast().sam

    actions.start_test(case.key, by=sam, purpose="Try it", steps=LONG, expected="It works")
    actions.record_cause(
        case.key, by=sam, statement="The key was rotated", confidence="suspected", mechanism=LONG, ruled_out=LONG
    )
    actions.record_workaround(case.key, by=sam, state="proposed", steps=LONG, tried=LONG)

    cause, workaround = Cause.objects.get(case=case), Workaround.objects.get(case=case)
    kept = {Test.objects.get(case=case).steps, cause.mechanism, cause.ruled_out, workaround.steps, workaround.tried}
    assert kept == {one_line(LONG)}


def test_a_secret_far_down_a_long_line_is_still_replaced() -> None:
    case = work.case()

    actions.start_test(case.key, by=cast().sam, purpose="Try it", steps=f"{LONG} Ask {MAIL}", expected="It works")

    steps = Test.objects.get(case=case).steps
    assert MAIL not in steps
    assert steps.endswith(".redacted.example")


def test_more_than_the_limit_is_refused_with_both_numbers_and_nothing_is_kept() -> None:
    case, sam = work.case(), cast().sam

    with pytest.raises(Refused, match="has 8,001 characters; 8,000 are allowed"):
        actions.start_test(case.key, by=sam, purpose="Try it", steps="x" * 8001, expected="It works")
    with pytest.raises(Refused, match="“Test purpose” has 201 characters; 200 are allowed"):
        actions.start_test(case.key, by=sam, purpose="x" * 201, steps="Try it", expected="It works")
    with pytest.raises(Refused, match="“Next action” has 201 characters; 200 are allowed"):
        cases.set_next_action(case.key, by=sam, text="x" * 201, due=make.MONDAY.replace(year=2030))

    assert not Test.objects.filter(case=case).exists()


def test_the_page_answers_a_text_that_is_too_long_with_422_and_its_limit() -> None:
    case = work.case()

    answer = signed_in(cast().sam).post(
        f"/cases/{case.key}/diagnosis/test", {"purpose": "x" * 201, "steps": "Try it", "expected": "It works"}
    )

    assert answer.status_code == 422
    assert "200" in answer.content.decode()
    assert "201" in answer.content.decode()


def test_a_title_that_redaction_makes_too_long_ends_before_the_token_and_its_original_stays_sealed() -> None:
    title = "x" * 170 + f" {MAIL}"

    case = make.case(severity=3, title=title)

    kept = Case.objects.get(pk=case.pk).title
    sealed = SealedText.objects.get(case_key=case.key, about="title")
    assert kept == "x" * 170 + "…"
    assert vault.unseal_text(sealed.pk) == title


def test_what_fits_stays_and_what_does_not_ends_between_words_and_tokens() -> None:
    token = "<EMAIL-0123456789abcdef>"

    assert fitting(f"Ask {token}", 28) == f"Ask {token}"
    assert fitting(f"Ask {token} now", 20) == "Ask…"
    assert fitting(f"Ask {token} about it", 34) == f"Ask {token} abou…"
    assert len(fitting("y" * 300, 200)) == 200
