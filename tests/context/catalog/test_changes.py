"""What was changed is entered, imported, posted and withdrawn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sevline.catalog import actions, selectors
from sevline.catalog.models import Change
from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.rights import Forbidden
from sevline.platform.models import Event
from tests.cast import cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
CSV = b"time,kind,title,service\n2026-03-01T09:00Z,deploy,checkout 2.1,checkout\n2026-03-01T09:05Z,flag,fast,cart\n"


def enter(title: str = "checkout 2.1", at: datetime = AT) -> Change:
    return actions.record_change(by=cast().lea, kind=ChangeKind.DEPLOY, title=title, at=at, components=("checkout",))


def test_a_change_that_is_entered_is_seen_and_told() -> None:
    change = enter()

    assert list(selectors.changes(cast().sam)) == [change]
    assert Event.objects.filter(kind="change.recorded").count() == 1
    assert selectors.known_changes(cast().sam, AT, AT) == [change.known()]


def test_the_same_change_twice_is_refused_and_a_withdrawn_one_may_come_back() -> None:
    change = enter()
    with pytest.raises(Refused, match="in the list already"):
        enter()
    actions.withdraw_change(change.pk, by=cast().lea)

    assert list(selectors.changes(cast().sam)) == []
    assert enter().pk == change.pk


def test_whoever_may_not_edit_the_catalogue_enters_nothing() -> None:
    with pytest.raises(Forbidden):
        actions.record_change(by=cast().sam, kind=ChangeKind.FLAG, title="x", at=AT)
    with pytest.raises(Forbidden):
        actions.import_changes(CSV, by=cast().sam)
    with pytest.raises(Forbidden):
        actions.withdraw_change(enter().pk, by=cast().sam)


def test_a_list_imported_twice_adds_nothing() -> None:
    first = actions.import_changes(CSV, by=cast().lea)
    second = actions.import_changes(CSV, by=cast().lea)

    assert (first.added, first.known, second.added, second.known) == (2, 0, 0, 2)
    assert Change.objects.count() == 2


def test_a_secret_in_a_title_is_not_kept() -> None:
    secret = "gh" + "p_" + "x9Kd72LmQ0aZr4TnB8" + "vC3yWs6EfGh1JpUo5i"
    actions.import_at_console(b"time,kind,title\n2026-03-01T09:00Z,config,token " + secret.encode() + b"\n")
    enter("mail kim@example.com before")

    assert not [change for change in Change.objects.all() if secret in change.title or "kim@" in change.title]


def test_only_changes_near_a_window_are_asked_for() -> None:
    for hours in (-25, -23, 0.5, 2):
        enter(f"at {hours}", AT + timedelta(hours=hours))

    assert [change.title for change in selectors.known_changes(cast().sam, AT, AT)] == ["at -23", "at 0.5"]


def test_the_page_enters_imports_and_withdraws(client: Client, tmp_path: Path) -> None:
    client.force_login(cast().lea)
    entered = client.post(reverse("changes"), {"kind": "flag", "title": "fast cart", "at": "2026-03-01T09:00"})
    path = tmp_path / "list.csv"
    path.write_bytes(CSV)
    with path.open("rb") as file:
        taken = client.post(reverse("import_changes"), {"file": file})
    withdrawn = client.post(reverse("withdraw_change", args=[Change.objects.get(title="fast cart").pk]))
    page = client.get(reverse("changes")).content.decode()

    assert (entered.status_code, taken.status_code, withdrawn.status_code) == (302, 302, 302)
    assert "checkout 2.1" in page
    assert "2 changes" in page


@pytest.mark.parametrize(
    ("address", "data"), [("changes", {"kind": "x", "title": ""}), ("import_changes", {}), ("changes", {})]
)
def test_what_is_filled_in_wrongly_is_told_on_the_page(client: Client, address: str, data: dict[str, str]) -> None:
    client.force_login(cast().lea)
    answer = client.post(reverse(address), data)

    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode() or "choice" in answer.content.decode()


def test_the_list_asks_as_often_for_fifty_as_for_one(client: Client, django_assert_max_num_queries: object) -> None:
    client.force_login(cast().lea)
    for number in range(40):
        enter(f"c{number}")

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture's own type is not exported
        client.get(reverse("changes"))
