"""What is typed about a file or an item of the checklist is kept whole: redacted where shown, sealed as it was."""

import pytest

from sevline.cases.models import Case
from sevline.core.checklist import ItemState
from sevline.core.lifecycle import Refused
from sevline.evidence import actions
from sevline.evidence.models import ChecklistAnswer, Sending, Upload
from sevline.platform.jobs import worker
from sevline.vault import actions as vault
from sevline.vault.models import SealedText
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db
MAIL = "helen.marsh@brightwater.example"
LOG = [b"2026-11-25T09:00:00Z ERROR x\n"]


@pytest.fixture
def case() -> Case:
    return make.case(severity=3)


def originals(case: Case) -> list[str]:
    return [vault.unseal_text(row.pk) for row in SealedText.objects.filter(case_key=case.key).order_by("pk")]


def attached(case: Case, name: str = "app.log", source: str = "", how: str = "") -> Upload:
    upload = actions.attach(case.key, name, LOG, by=cast().sam, origin=actions.Origin(source, how))
    worker.drain()
    return upload


def test_the_reason_of_a_checklist_answer_lies_sealed(case: Case) -> None:
    said = f"Ask {MAIL} for it"

    answer = actions.answer_item(case.key, "C1", by=cast().sam, state=ItemState.CANNOT_GET, reason=said)

    assert MAIL not in answer.reason
    assert said in originals(case)


def test_the_reason_of_a_removal_lies_sealed(case: Case) -> None:
    upload, said = attached(case), f"It names {MAIL}"

    removed = actions.remove(upload.pk, by=cast().lea, reason=said)

    assert MAIL not in removed.reason
    assert said in originals(case)


def test_name_source_and_way_of_an_upload_lie_sealed(case: Case) -> None:
    upload = attached(case, f"{MAIL}.log", source=f"from {MAIL}", how=f"by mail of {MAIL}")

    assert MAIL not in f"{upload.name} {upload.source} {upload.collected_how}"
    assert {f"{MAIL}.log", f"from {MAIL}", f"by mail of {MAIL}"} <= set(originals(case))


def test_a_name_longer_than_its_column_is_shown_shortened_and_lies_sealed_whole(case: Case) -> None:
    name = "a-long-name-" * 18 + ".log"

    upload = attached(case, name)

    assert (len(upload.name), upload.name[-1]) == (200, "…")
    assert name in originals(case)


def test_a_reason_that_is_too_long_is_refused_with_a_sentence_and_nothing_is_cut(case: Case) -> None:
    upload, long = attached(case), "z" * 301

    with pytest.raises(Refused, match="301 characters; 300 are allowed"):
        actions.answer_item(case.key, "C1", by=cast().sam, state=ItemState.CANNOT_GET, reason=long)
    with pytest.raises(Refused, match="301 characters; 300 are allowed"):
        actions.remove(upload.pk, by=cast().lea, reason=long)

    assert not ChecklistAnswer.objects.filter(case=case).exists()


def test_a_reason_that_redaction_makes_longer_ends_before_the_token_that_does_not_fit(case: Case) -> None:
    said = "z" * 265 + f" {MAIL}"

    answer = actions.answer_item(case.key, "C1", by=cast().sam, state=ItemState.CANNOT_GET, reason=said)

    assert len(answer.reason) <= 300
    assert "<" not in answer.reason or answer.reason.endswith(">")
    assert said in originals(case)


def test_a_source_that_is_too_long_is_refused_before_a_file_is_taken(case: Case) -> None:
    with pytest.raises(Refused, match="121 characters; 120 are allowed"):
        attached(case, source="s" * 121)

    assert not Upload.objects.exists()
    assert not Sending.objects.exists()
