"""Lists of changes: CSV, JSON and git tags say the same, and a time without a zone is refused."""

from datetime import UTC, datetime

import pytest

from sevline.core.lifecycle import Refused
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.readers.changelist import ChangeList, read_changes
from sevline.core.readers.changes_around import ChangeList as GivenList
from sevline.core.readers.documents.change_list import changes_csv
from sevline.core.readers.reader import Source

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("csv", b"time,type,name,service\n2026-03-01T10:00:00+01:00,release,checkout-v2.1,checkout\n"),
        ("csv", "\ufeffwhen;kind;title;components\n2026-03-01 09:00Z;deploy;checkout-v2.1;checkout\n".encode()),
        ("json", b'[{"at":"2026-03-01T09:00:00Z","kind":"deploy","title":"checkout-v2.1","components":["checkout"]}]'),
        ("json", b'{"releases":[{"created_at":"2026-03-01T09:00:00Z","tag":"checkout-v2.1","service":"checkout"}]}'),
        ("json", b'{"at":"2026-03-01T09:00:00Z","name":"checkout-v2.1","app":"checkout"}\n{"at":"x"}\n'),
        ("git tags", b"checkout-v2.1 2026-03-01 10:00:00 +0100\n"),
        ("git tags", b"2026-03-01 10:00:00 +0100  (tag: checkout-v2.1)\n"),
        ("git tags", b"refs/tags/checkout-v2.1 2026-03-01T09:00:00Z\n"),
    ],
)
def test_each_form_of_a_list_says_the_same(form: str, data: bytes) -> None:
    listed = read_changes(data)
    [change] = listed.changes

    assert listed.form == form
    assert (change.kind, change.title, change.at, change.components) == (
        ChangeKind.DEPLOY,
        "checkout-v2.1",
        AT,
        ("checkout",),
    )


def test_rows_that_cannot_be_read_are_named_and_the_others_kept() -> None:
    listed = read_changes(b"time,kind,title\n2026-03-01 09:00,flag,a\n2026-03-01T09:00Z,flag,b\nx,flag,c\n,,\n")

    assert [change.title for change in listed.changes] == ["b"]
    assert len(listed.problems) == 3
    assert "names no zone" in listed.problems[0]


@pytest.mark.parametrize(
    "data",
    [
        b'{"at":"0001-01-01T00:00:00+05:00","title":"x"}',
        b'{"at":"9999-12-31T23:59:59-05:00","title":"x"}',
        b"[" + b"{}," * 400_001 + b"{}]",
    ],
    ids=["before the first hour", "after the last hour", "too many objects"],
)
def test_times_that_no_zone_has_and_masses_of_objects_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused, match=r"no time such as|more than 400,000 objects"):
        read_changes(data)


@pytest.mark.parametrize("beside", ['"components":["checkout","cart"]', '"labels":["checkout"],"app":"checkout,cart"'])
def test_one_change_that_names_several_components_is_one_change(beside: str) -> None:
    [change] = read_changes(f'{{"at":"2026-03-01T09:00:00Z","title":"release 4",{beside}}}'.encode()).changes

    assert (change.title, change.components) == ("release 4", ("checkout", "cart"))


def test_signs_that_no_title_shows_are_left_out() -> None:
    row = b'{"at":"2026-03-01T09:00:00Z","title":"a\\u0000b\\nc","component":"x\\u0000y"}'
    [change] = read_changes(row).changes

    assert (change.title, change.components) == ("a b c", ("x y",))


def test_of_many_rows_that_cannot_be_read_the_first_are_named_and_the_others_counted() -> None:
    listed = read_changes(b"time,title\n2026-03-01T09:00Z,a\n" + b"x,y\n" * 5_000)

    assert (len(listed.problems), listed.problems[-1]) == (101, "4,900 more rows could not be read.")


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"a,b\n1,2\n", b"[]", b"{", b"\x00\xff", b'[{"at":"2026-03-01T09:00:00"}]']
)
def test_what_holds_no_change_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused):
        read_changes(data)


def test_the_same_row_has_the_same_id() -> None:
    def ids(listed: ChangeList) -> list[str]:
        return [change.id for change in listed.changes]

    row = b"2026-03-01T09:00Z,config,limit 5\n"
    assert len(set(ids(read_changes(b"time,kind,title\n" + row * 2)))) == 1
    assert ids(read_changes(b'[{"id":"D-7","at":"2026-03-01T09:00:00Z"}]')) == ["D-7"]


def test_a_key_that_was_rotated_is_a_change_of_the_configuration() -> None:
    rows = "time,kind,service,what\n2026-03-01T08:58:00Z,key rotation,api,signing key rotated\n"

    (change,) = read_changes(rows.encode()).changes
    (listed,) = changes_csv(Source("a1", "changes.csv"), rows.splitlines())

    assert (change.kind, change.title, change.components) == (ChangeKind.CONFIG, "signing key rotated", ("api",))
    assert isinstance(listed, GivenList)
    assert [entry.at for entry in listed.entries] == [change.at]
