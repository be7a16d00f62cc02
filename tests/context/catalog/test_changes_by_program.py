"""A pipeline posts changes with an access token, and nothing that its person may not."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client

from sevline.catalog import selectors
from sevline.core.lifecycle import Refused
from sevline.core.redaction import Redactor
from sevline.core.rights import Forbidden
from sevline.people import actions
from sevline.people.models import Person
from sevline.platform.models import Event
from tests.cast import cast

pytestmark = pytest.mark.django_db
ONE = b'{"time":"2026-03-01T09:00:00Z","kind":"deploy","title":"checkout 2.1","component":"checkout"}'
TWO = b"time,title\n2026-03-01T09:00Z,cart 3\nsoon,cart 4\n"


def token(person: Person, *scopes: str) -> str:
    return actions.make_token(by=person, name="pipeline", scopes=scopes or ("changes:write",), days=30).secret


def post(secret: str, data: bytes = ONE, address: str = "/api/v1/changes") -> Any:
    headers = {"Authorization": f"Bearer {secret}"}
    return Client().post(address, data, "application/json", headers=headers)


def test_a_change_that_is_posted_stands_in_the_list_and_posting_it_again_adds_nothing() -> None:
    secret = token(cast().lea)

    first, again = post(secret), post(secret)

    assert (first.status_code, first.json()) == (201, {"read_as": "json", "added": 1, "known": 0, "problems": []})
    assert (again.status_code, again.json()["known"]) == (200, 1)
    [change] = selectors.changes(cast().sam)
    assert (change.title, change.components, change.recorded_by) == ("checkout 2.1", ["checkout"], cast().lea)
    assert Event.objects.filter(kind="changes.imported").count() == 1


def test_a_list_names_the_rows_that_could_not_be_read_and_takes_the_component_from_the_address() -> None:
    answer = post(token(cast().lea), TWO, "/api/v1/changes?component=cart").json()

    assert (answer["read_as"], answer["added"]) == ("csv", 1)
    assert answer["problems"] == ["Row 3: “soon” is no time such as 2026-03-01T10:00:00Z."]
    assert [change.components for change in selectors.changes(cast().sam)] == [["cart"]]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\0\xff\xfe", b'{"title":"x"}'])
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes) -> None:
    answer = post(token(cast().lea), data)

    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")


def test_another_scope_no_token_and_a_session_are_turned_away() -> None:
    reads = token(cast().lea, "evidence:read")
    session = Client()
    session.force_login(cast().lea)

    assert post(reads).status_code == 403
    assert post("not-a-token").status_code == 401
    assert session.post("/api/v1/changes", ONE, "application/json").status_code == 401
    assert not selectors.changes(cast().sam).exists()


def test_who_may_not_edit_the_catalogue_cannot_give_a_token_the_scope() -> None:
    with pytest.raises((Refused, Forbidden)):
        token(cast().vic)


def test_what_no_title_shows_or_may_show_is_not_kept() -> None:
    said = b'{"time":"2026-03-01T09:00:00Z","title":"a\\u0000b for mia.lind@northwind.example","components":["c"]}'

    assert post(token(cast().lea), said).status_code == 201

    [change] = selectors.changes(cast().sam)
    assert change.title.startswith("a b for ")
    assert "northwind" not in change.title
    assert change.components == ["c"]


def test_a_list_of_thousands_is_masked_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    texts = Redactor.texts

    def counted(redactor: Redactor, told: Sequence[str]) -> list[str]:
        runs.append(len(told))
        return texts(redactor, told)

    monkeypatch.setattr(Redactor, "texts", counted)
    rows = "".join(f"2026-03-01T09:{n // 60:02d}:{n % 60:02d}Z,release {n}\n" for n in range(1_000))

    assert post(token(cast().lea), f"time,title\n{rows}".encode()).json()["added"] == 1_000
    assert runs == [1_000]
