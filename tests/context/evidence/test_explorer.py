"""The pattern explorer: what stands out, a window, a comparison, groups, and evidence."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sevline.cases.models import Case
from sevline.catalog import actions as catalog
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.evidence.models import Artifact, Item, Pattern
from sevline.evidence.selectors.surfaced import by_row, kept_of
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.explored import MINUTES, MOMENT, START, upload_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def page(address: str, status: int = 200) -> str:
    answer = signed_in(cast().sam).get(address, headers={"HX-Request": "true"})
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_cards_opened_by_themselves_lead_to_the_explorer_with_the_same_question(case: Case) -> None:
    upload = upload_with(case, 12)

    answer = signed_in(cast().sam).get(f"/evidence/uploads/{upload.pk}/patterns/cards?level=ERROR&all")

    assert (answer.status_code, answer["Location"]) == (302, f"/evidence/uploads/{upload.pk}/patterns?level=ERROR")


def test_patterns_are_listed_by_pages_errors_first(case: Case) -> None:
    upload = upload_with(case, 120)
    first, last = (page(f"/evidence/uploads/{upload.pk}/patterns?page={number}") for number in (1, 3))

    assert "1 to 50 of 120" in first
    assert "101 to 120 of 120" in last
    assert first.index("step 0 took") < first.index("step 1 took")


def test_a_window_counts_only_its_records_and_keeps_what_was_asked(case: Case) -> None:
    upload = upload_with(case, 5)
    text = page(f"/evidence/uploads/{upload.pk}/patterns?from=2026-03-02T06:00&to=2026-03-02T09:00&sort=count")

    assert "1 to 4 of 4" in text
    assert "step 0 took" not in text
    assert 'value="2026-03-02T06:00:00"' in text
    assert "Whole time" in text


def test_before_and_after_stand_beside_each_other(case: Case) -> None:
    upload = upload_with(case, 5)
    text = page(f"/evidence/uploads/{upload.pk}/patterns?compare=2026-03-02T10:00")

    assert "new since then" in text
    assert "0&nbsp;→&nbsp;" in text


def test_the_cards_name_the_new_pattern_and_the_change_near_it_without_a_cause(case: Case) -> None:
    upload = upload_with(case, 60)
    catalog.record_change(
        by=cast().lea, kind=ChangeKind.DEPLOY, title="checkout 2.1", at=MOMENT - timedelta(minutes=3),
        components=("checkout",),
    )  # fmt: skip
    text = page(f"/evidence/uploads/{upload.pk}/patterns/cards?compare=2026-03-02T10:00")

    assert "Not seen before 2026-03-02 10:00 UTC" in text
    assert "Deploy “checkout 2.1” of the component that shows it" in text
    assert "correlated, not proven" in text
    assert "Over-dispersed Poisson and rank test" in text
    assert "caused by" not in text


@pytest.mark.parametrize("asked", ["", "?compare=2026-03-02T10:00"])
def test_another_share_of_failures_is_told_and_each_figure_leads_to_its_lines(case: Case, asked: str) -> None:
    upload = upload_with(case, 12)
    fails = [[START + minute, 1 if minute < 240 else 6] for minute in range(0, MINUTES, 4)]
    works = [[START + minute, 15 if minute < 240 else 10] for minute in range(0, MINUTES, 4)]
    file = Artifact.objects.get()
    failed, worked = (
        Pattern.objects.create(
            artifact=file, key=key, template="GET /buy", histogram=cells, count=sum(count for _, count in cells),
            examples=[[7, "GET /buy"]],
        )
        for key, cells in (("f00-5xx", fails), ("f00", works))
    )  # fmt: skip

    text = page(f"/evidence/uploads/{upload.pk}/patterns/cards{asked}")

    assert "Failed with 5xx 120 of 320 (38%) after 2026-03-02 10:00 UTC, 20 of 320 (6%) before" in text
    assert f"pattern={failed.pk}&amp;from=2026-03-02T10:00:00&amp;to=2026-03-02T11:20:00#pattern-lines" in text
    assert f"pattern={worked.pk}&amp;from=2026-03-02T08:40:00&amp;to=2026-03-02T10:00:00#pattern-lines" in text


@pytest.mark.parametrize("asked", ["", "?compare=2026-03-02T10:00"])
def test_a_stretch_without_records_is_told_with_a_comparison_and_without(case: Case, asked: str) -> None:
    upload = upload_with(case, 12)
    quiet = range(START + 100, START + 160)
    for pattern in Pattern.objects.all():
        pattern.histogram = [cell for cell in pattern.histogram if cell[0] not in quiet]
        pattern.save()

    text = page(f"/evidence/uploads/{upload.pk}/patterns/cards{asked}")

    assert "othing was recorded from 2026-03-02 07:40 UTC to 2026-03-02 08:40 UTC (60 min)" in text


def test_patterns_are_grouped_by_service_and_level(case: Case) -> None:
    upload = upload_with(case, 60)

    assert "service=checkout" in page(f"/evidence/uploads/{upload.pk}/patterns?group=service")
    assert "level=WARN" in page(f"/evidence/uploads/{upload.pk}/patterns?group=level")
    assert "1 to 20 of 20" in page(f"/evidence/uploads/{upload.pk}/patterns?service=checkout")
    assert "1 to 1 of 1" in page(f"/evidence/uploads/{upload.pk}/patterns?level=ERROR&q=STEP")


def test_a_pattern_becomes_evidence_with_its_lines_and_its_query(case: Case) -> None:
    upload = upload_with(case, 5)
    pattern = Pattern.objects.get(key="k0")
    query = f"pattern={pattern.pk} since=2026-03-02T08:00Z moment=2026-03-02T10:00Z until=2026-03-02T12:00Z"
    answer = signed_in(cast().sam).post(
        f"/evidence/uploads/{upload.pk}/patterns/{pattern.pk}/cite", {"claim": "New at 10:00", "query": query}
    )
    item = Item.objects.get(case=case)

    assert answer.status_code == 302
    assert (item.claim, item.query, item.locator) == ("New at 10:00", query, "1:1")
    assert item.excerpt == "pool checkout step 0 took 0 ms"
    assert f"{item.key} is in the register" in page(answer["Location"])


@pytest.mark.parametrize(
    "query",
    ["from=yesterday", "from=2026-03-02T10:00&to=2026-03-02T09:00", "compare=x", "pattern=99999999999", "page=x"],
)
def test_an_address_that_cannot_be_meant_shows_the_page_and_says_so(case: Case, query: str) -> None:
    upload = upload_with(case, 3)

    assert "All patterns" in page(f"/evidence/uploads/{upload.pk}/patterns?{query}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=0001-01-01T00:00%2B10:00", "“0001-01-01T00:00+10:00” is no time for the beginning."),
        ("to=9999-12-31T23:59-10:00", "“9999-12-31T23:59-10:00” is no time for the end."),
        ("from=2026-03-02T10:00&to=2026-03-02T09:00", "The window ends before it begins;"),
        ("compare=2026-03-09", "The moment of the comparison is not within the time that is shown;"),
        ("sort=loud", "“loud” is no order: it is one of "),
        ("group=colour", "There are no groups by “colour”: it is one of "),
        ("level=LOUD", "Level “LOUD” is not known: it is one of "),
        ("named=acme", "“acme” names nothing that records name,"),
        ("page=99999999999999", "There is no page “99999999999999”; there is one page."),
        ("page=-1", "There is no page “-1”;"),
        ("pattern=99999999999", "The pattern that was asked for is not in this upload;"),
    ],
)
def test_each_part_that_cannot_be_meant_is_named_and_the_others_are_shown(case: Case, query: str, said: str) -> None:
    upload = upload_with(case, 3)
    text = page(f"/evidence/uploads/{upload.pk}/patterns?{query}")

    assert said in text
    assert "of 3" in text


def test_a_window_with_one_side_counts_its_records_only(case: Case) -> None:
    upload = upload_with(case, 1)
    whole, late = (page(f"/evidence/uploads/{upload.pk}/patterns?{query}") for query in ("", "from=2026-03-02T11:00"))
    pattern = Pattern.objects.get(key="k0")
    inside = sum(count for minute, count in pattern.histogram if minute >= START + 300)

    assert f'class="p-n">{pattern.count}<' in whole
    assert f'class="p-n">{inside}<' in late


def test_the_lines_of_a_pattern_say_how_many_records_are_in_the_window(case: Case) -> None:
    upload = upload_with(case, 1)
    pattern = Pattern.objects.get(key="k0")
    inside = sum(count for minute, count in pattern.histogram if minute >= START + 300)

    whole, late = (
        page(f"/evidence/uploads/{upload.pk}/patterns?pattern={pattern.pk}{query}")
        for query in ("", "&from=2026-03-02T11:00")
    )

    assert f"<p>{pattern.count} records in " in whole
    assert f"<p>{inside} in the window, of {pattern.count} records in " in late


def test_few_records_are_not_compared(case: Case) -> None:
    upload = upload_with(case, 202)
    text = page(f"/evidence/uploads/{upload.pk}/patterns?compare=2026-03-02T10:00&q=step+201")

    assert "too few to compare" in text
    assert "gone since then" not in text


def test_the_last_page_of_any_order_holds_the_last_rows_in_that_order(case: Case) -> None:
    upload = upload_with(case, 120)
    text = page(f"/evidence/uploads/{upload.pk}/patterns?page=3")

    assert [number for number in range(100, 120) if f"step {number} took" in text] == list(range(100, 120))
    assert text.index("step 100 took") < text.index("step 119 took")


def test_what_was_kept_when_a_log_was_read_is_what_would_be_found_now(case: Case) -> None:
    upload = upload_with(case, 60)
    run = upload.runs.get()
    cards = f"/evidence/uploads/{upload.pk}/patterns/cards"
    groups = f"/evidence/uploads/{upload.pk}/patterns?group=service"
    now = page(cards), page(f"{cards}?compare=2026-03-02T10:00"), page(groups)
    rows = list(Pattern.objects.select_related("artifact").order_by("id"))
    run.kept = by_row(kept_of(rows), rows)
    run.save(update_fields=["kept"])
    kept = page(cards), page(f"{cards}?compare=2026-03-02T10:00"), page(groups)

    assert "Began at 2026-03-02 10:" in now[0]
    assert [_without_tokens(text) for text in kept] == [_without_tokens(text) for text in now]


def _without_tokens(text: str) -> str:
    """Of a whole page, only the groups."""
    kept = re.sub(r'value="[\w-]{20,}"|table-[0-9a-f]{8}', "", text)
    return re.sub(r'(?s).*(<h2 id="groups-title">.*?</section>).*', r"\1", kept)


def test_a_stretch_without_any_record_is_one_card_that_leads_to_its_window(case: Case) -> None:
    upload = upload_with(case, 60)
    rows = list(Pattern.objects.select_related("artifact").order_by("id"))
    for row in rows:
        row.histogram = [cell for cell in row.histogram if not START + 100 <= cell[0] < START + 160]
    Pattern.objects.bulk_update(rows, ["histogram"])
    run = upload.runs.get()
    run.kept = by_row(kept_of(rows), rows)
    run.save(update_fields=["kept"])
    text = page(f"/evidence/uploads/{upload.pk}/patterns/cards?level=INFO")

    assert text.count("Nothing was recorded from 2026-03-02 07:40 UTC to 2026-03-02 08:40 UTC (60 min);") == 1
    assert "?level=INFO&amp;from=2026-03-02T06:40:00&amp;to=2026-03-02T09:40:00" in text


def test_a_stretch_without_records_becomes_evidence_as_it_is_found_again(case: Case) -> None:
    upload = upload_with(case, 12)
    for pattern in Pattern.objects.all():
        pattern.histogram = [cell for cell in pattern.histogram if not START + 100 <= cell[0] < START + 160]
        pattern.save()
    address = f"/evidence/uploads/{upload.pk}/patterns/silence"
    client = signed_in(cast().sam)

    answer = client.post(address, {"begin": START + 100, "back": "level=INFO"})
    none = client.post(address, {"begin": START + 99, "back": "level=INFO"})

    item = Item.objects.get()
    assert item.claim.startswith("Nothing was recorded from 2026-03-02 07:40 UTC to 2026-03-02 08:40 UTC (60 min);")
    assert (item.query, item.locator) == ("from=2026-03-02T07:40:00 to=2026-03-02T08:40:00", "")
    assert answer["Location"] == f"/evidence/uploads/{upload.pk}/patterns?level=INFO&cited={item.key}"
    assert none["Location"] == f"/evidence/uploads/{upload.pk}/patterns?level=INFO"


def test_many_cards_are_folded_by_kind_and_a_kind_opens_alone(case: Case) -> None:
    upload = upload_with(case, 12)
    Pattern.objects.exclude(key__in=["k0", "k1"]).update(level="ERROR", count=2, histogram=[[START, 2]])
    cards = f"/evidence/uploads/{upload.pk}/patterns/cards?compare=2026-03-02T10:00"

    first, rare = page(cards), page(f"{cards}&kind=rare")

    assert first.count("<article") == 6
    assert f'hx-get="{cards.replace(":", "%3A")}&amp;kind=rare"' in first
    assert ">10 rare</a>" in first
    assert (rare.count("<article"), rare.count(">2 records at ERROR")) == (10, 10)


def test_small_groups_are_folded_behind_the_largest(case: Case) -> None:
    upload = upload_with(case, 2)
    file = Pattern.objects.all()[0].artifact
    Pattern.objects.bulk_create(
        Pattern(
            artifact=file, key=f"m{number}", template="one", count=90 - number,
            shares={"tenant": {f"t{number:02}": 90 - number}},
        )
        for number in range(30)
    )  # fmt: skip
    largest, folded = page(f"/evidence/uploads/{upload.pk}/patterns?group=tenant").split("<details><summary>23 smaller")

    assert "t06</a>" in largest
    assert "t07</a>" not in largest
    assert "t29</a>" in folded


def test_citing_a_pattern_leads_back_to_the_same_window_and_nowhere_else(case: Case) -> None:
    upload = upload_with(case, 3)
    pattern = Pattern.objects.get(key="k0")
    answer = signed_in(cast().sam).post(
        f"/evidence/uploads/{upload.pk}/patterns/{pattern.pk}/cite",
        {"back": "from=2026-03-02T09:00&compare=2026-03-02T10:00&cited=E-9&next=//elsewhere.example&pattern=1"},
    )

    assert answer["Location"] == (
        f"/evidence/uploads/{upload.pk}/patterns?from=2026-03-02T09%3A00&compare=2026-03-02T10%3A00"
        f"&pattern={pattern.pk}&cited=E-1"
    )


def test_a_pattern_that_is_added_again_is_the_row_that_it_is_already(case: Case) -> None:
    upload = upload_with(case, 3)
    pattern = Pattern.objects.get(key="k0")
    address = f"/evidence/uploads/{upload.pk}/patterns/{pattern.pk}/cite"
    client = signed_in(cast().sam)

    answers = [client.post(address, {"claim": claim})["Location"] for claim in ("It fails", "It fails", "It began")]

    assert [place.partition("cited=")[2] for place in answers] == ["E-1", "E-1", "E-2"]
    assert Item.objects.count() == 2


def test_a_stranger_and_an_upload_that_is_not_ready_see_nothing(case: Case) -> None:
    upload = upload_with(case, 3)

    assert signed_in(cast().eve).get(f"/evidence/uploads/{upload.pk}/patterns").status_code == 404
    upload.state = "removed"
    upload.save()
    page(f"/evidence/uploads/{upload.pk}/patterns", 404)


def test_a_page_asks_as_often_for_hundreds_of_patterns_as_for_ten(case: Case) -> None:
    upload = upload_with(case, 10)
    with CaptureQueriesContext(connection) as few:
        page(f"/evidence/uploads/{upload.pk}/patterns")
    file = Pattern.objects.all()[0].artifact
    Pattern.objects.bulk_create(
        Pattern(artifact=file, key=f"m{number}", template=f"more {number}", count=1) for number in range(300)
    )
    with CaptureQueriesContext(connection) as many:
        page(f"/evidence/uploads/{upload.pk}/patterns")

    assert len(many) <= len(few)
