"""What the checks found is kept once, and becomes evidence that claims can name."""

import pytest

from sevline.cases.actions import NoSuchCase
from sevline.core.leading import place_of
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.models import Finding
from sevline.evidence.models import Item
from tests.cast import cast
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db


def test_findings_are_kept_once_however_often_the_job_runs() -> None:
    case = work.case()
    upload = work.upload(case)

    first, second = actions.keep_findings(upload.pk), actions.keep_findings(upload.pk)

    assert (first > 0, second) == (True, 0)
    assert Finding.objects.filter(case=case).count() == first
    assert work.kinds(case) == ["diagnosis.findings_kept"]


def test_an_upload_that_is_not_available_yields_nothing() -> None:
    case = work.case()
    upload = work.upload(case)
    upload.state = "redacting"
    upload.save()

    assert actions.keep_findings(upload.pk) == 0


def test_what_fails_stands_first() -> None:
    case = work.case()
    work.kept(case)

    states = [row.state for row in selectors.findings(cast().sam, case)]

    assert states == sorted(states, key=selectors.STATE_ORDER.index)
    assert states[0] == "FAIL"


def test_what_a_sign_in_was_refused_for_stands_before_the_status_that_it_produced() -> None:
    case = work.case()
    row = work.kept(case)[0]
    Finding.objects.filter(case=case).exclude(pk=row.pk).delete()
    shuffled = ("API03", "OIDC07", "WH01", "SAML10", "OBS16", "SAML06", "API00", "SAML09")
    for check_id in shuffled:
        Finding.objects.create(case=case, upload=row.upload, check_id=check_id, state="FAIL", title=check_id)
    row.delete()

    found = [one.check_id for one in selectors.findings(cast().sam, case)]

    assert found == ["SAML06", "SAML09", "OBS16", "SAML10", "OIDC07", "API00", "API03", "WH01"]
    assert found == sorted(shuffled, key=lambda check_id: (place_of(check_id), check_id))


def test_a_finding_becomes_evidence_with_its_place_and_excerpt_once() -> None:
    case, sam = work.case(), cast().sam
    finding = work.citing(case)

    item = actions.use_as_evidence(case.key, finding.pk, by=sam)
    again = actions.use_as_evidence(case.key, finding.pk, by=sam)

    assert item == again
    assert (item.claim, item.locator) == (finding.title, finding.evidence[0]["locator"])
    assert finding.evidence[0]["observed"]
    assert finding.evidence[0]["observed"] in item.excerpt
    assert Item.objects.filter(case=case).count() == 1


def test_a_finding_that_cites_nothing_is_no_evidence() -> None:
    case = work.case()
    finding = work.kept(case)[0]
    Finding.objects.filter(pk=finding.pk).update(evidence=[])

    with pytest.raises(Refused, match="cites no place"):
        actions.use_as_evidence(case.key, finding.pk, by=cast().sam)


def test_nobody_cites_what_they_may_not_see_or_edit() -> None:
    case = work.case()
    finding, other = work.citing(case), work.case()

    with pytest.raises(Refused, match="no such finding"):
        actions.use_as_evidence(other.key, finding.pk, by=cast().sam)
    with pytest.raises(NoSuchCase):
        actions.use_as_evidence(case.key, finding.pk, by=cast().eve)
    with pytest.raises(Forbidden):
        actions.use_as_evidence(case.key, finding.pk, by=cast().vic)
