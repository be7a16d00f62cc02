"""What nobody will read costs points: files without a cited place, and logs pasted into a field."""

import pytest

from sevline.cases.models import Case
from sevline.core import packet as core
from sevline.escalations import actions, selectors
from sevline.evidence.actions import attach, cite
from sevline.evidence.models import Artifact, Upload
from sevline.platform.jobs import worker
from tests import make
from tests.cast import cast

pytestmark = pytest.mark.django_db
RAW = "\n".join(f"2026-11-25T09:00:{second:02}Z ERROR pool exhausted" for second in range(9))


def penalties(case: Case, **texts: str) -> tuple[str, ...]:
    escalation = actions.draft(case.key, by=cast().sam)
    escalation = actions.edit(escalation.key, by=cast().sam, texts=texts)
    return core.score(selectors.facts_of(escalation)).penalties


def heavy(case: Case) -> Artifact:
    """A log that is said to have 24.5 MB."""
    upload = attach(case.key, "big.log", [f"{RAW}\n".encode()], by=cast().sam)
    worker.drain()
    Upload.objects.filter(pk=upload.pk).update(size=24_500_000)
    return Artifact.objects.get(upload=upload)


def test_more_than_20_mb_of_files_without_a_cited_place_cost_three_points() -> None:
    case = make.case(severity=2)
    heavy(case)

    (told,) = penalties(case)

    assert told.startswith("−3: 24.5 MB of files are attached of which no place is cited")


def test_a_large_file_whose_lines_are_cited_costs_nothing() -> None:
    case = make.case(severity=2)
    cite(heavy(case).pk, "3:1", "The pool is exhausted", by=cast().sam, excerpt="pool exhausted")

    assert penalties(case) == ()


def test_a_log_pasted_into_a_field_costs_three_points_and_a_quotation_of_it_nothing() -> None:
    case = make.case(severity=2)

    (told,) = penalties(case, actual=RAW)

    assert told == "−3: A raw log is pasted: attach it, and cite its lines."
    assert penalties(case, actual="\n".join(RAW.splitlines()[:4])) == ()
