"""The diagnosis tab: what is worked on stands first, what needs no look is folded with its count."""

import pytest

from sevline.diagnosis.models import Finding
from tests.cast import cast, signed_in
from tests.context.diagnosis import work

pytestmark = pytest.mark.django_db


def test_cause_and_hypotheses_stand_before_findings_and_what_passed_is_folded_with_its_count() -> None:
    case = work.case()
    rows = work.kept(case)
    Finding.objects.filter(case=case).update(state="FAIL")
    Finding.objects.filter(pk=rows[0].pk).update(state="PASS")

    page = signed_in(cast().sam).get(f"/cases/{case.key}/diagnosis").content.decode()

    places = [page.index(f'id="{name}-title"') for name in ("causes", "board", "findings", "tests", "runbooks", "runs")]
    assert places == sorted(places)
    assert page.index("Passed: 1</summary>") < page.index(f'id="finding-{rows[0].pk}"')


def test_more_than_ten_failures_are_folded_after_the_tenth_and_none_is_lost() -> None:
    case = work.case()
    first = work.kept(case)[0]
    for number in range(14):
        Finding.objects.create(**{**_values(first), "check_id": f"ZZ{number:02}", "state": "FAIL"})

    page = signed_in(cast().sam).get(f"/cases/{case.key}/diagnosis").content.decode()
    wrong = Finding.objects.filter(case=case, state__in=("FAIL", "WARN"))

    assert f"The next {wrong.count() - 10} to look at</summary>" in page
    assert all(f'id="finding-{row.pk}"' in page for row in wrong)


def _values(row: Finding) -> dict[str, object]:
    names = [field.attname for field in Finding._meta.concrete_fields if field.name not in {"id", "item"}]
    return {name: getattr(row, name) for name in names}
