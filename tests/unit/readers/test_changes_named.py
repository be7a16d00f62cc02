"""What a change is called where the column that names most of them is empty."""

from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.documents.change_list import changes_csv
from sevline.core.readers.reader import Source


def test_a_change_without_a_version_goes_by_its_next_name_and_its_service() -> None:
    text = """\
time,kind,service,version,change
2026-03-01T10:00:00Z,deploy,cart,4.8.0,
2026-03-01T10:20:00Z,flag,cart,,rates-v2 on
2026-03-01T10:30:00Z,config,cart,,cart: pool of 8
"""
    (changes,) = changes_csv(Source("a2", "changes.csv"), text.splitlines())

    assert isinstance(changes, ChangeList)
    assert [entry.name for entry in changes.entries] == ["cart 4.8.0", "cart rates-v2 on", "cart: pool of 8"]
