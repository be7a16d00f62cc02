"""Lists of changes as products for flags and deploys export them, with times of the epoch and what changed inside."""

from typing import Any

import pytest

from sevline.core.readers.changes_around import ChangeList
from sevline.core.readers.reader import Form, Source, read_all

MS = 1_795_506_130_000
AT = "2026-11-24T07:42:10Z"


def read(document: Any, name: str = "export.json") -> list[ChangeList]:
    return [one for one in read_all(Form.JSON, Source("a1", name, None), document) if isinstance(one, ChangeList)]


PRODUCTS = {
    "LaunchDarkly": {"items": [{"_id": "a", "date": MS, "kind": "flag", "name": "new-tax",
                                "titleVerb": "turned on the flag",
                                "title": "Ines Roth turned on the flag new-tax in Production"}]},
    "Unleash": {"version": 1, "events": [{"id": 4, "type": "feature-environment-enabled", "createdBy": "ines",
                                          "createdAt": AT, "featureName": "new-tax", "environment": "production"}]},
    "Flagsmith": {"results": [{"id": 3, "created_date": AT, "log": "Flag state updated for feature: new-tax",
                               "related_object_type": "FEATURE_STATE", "environment": {"name": "Production"}}]},
    "ConfigCat": {"auditLogs": [{"auditLogId": 7, "auditLogDateTime": AT, "auditLogType": "settingValueChanged",
                                 "details": "new-tax is on"}]},
    "Split": {"data": [{"id": "x", "objectName": "new-tax", "objectType": "split", "operationType": "update",
                        "timestamp": MS}]},
    "GrowthBook": {"audits": [{"event": "feature.toggle", "entity": {"object": "feature", "id": "new-tax"},
                               "dateCreated": AT}]},
    "GitHub releases": [{"tag_name": "new-tax-1.4", "published_at": AT, "draft": False}],
    "GitHub deployments": [{"id": 9, "task": "deploy", "ref": "new-tax", "environment": "production", "created_at": AT,
                            "description": "new-tax"}],
    "PagerDuty change events": {"change_events": [{"summary": "Deploy new-tax", "timestamp": AT, "type": "release"}]},
    "seconds of the epoch": [{"flag": "new-tax", "time": MS // 1000}],
}  # fmt: skip


@pytest.mark.parametrize("product", PRODUCTS)
def test_lists_of_many_products_are_lists_of_changes(product: str) -> None:
    (found,) = read(PRODUCTS[product])
    (entry,) = found.entries

    assert f"{entry.at:%Y-%m-%dT%H:%M:%SZ}" == AT
    assert "new-tax" in entry.name
    assert "Ines" not in entry.name


@pytest.mark.parametrize(
    "document",
    [
        {"items": [{"kind": "Deployment", "metadata": {"name": "shop", "creationTimestamp": AT}}]},
        {"events": [{"id": 1, "type": "user.login", "created_at": AT, "name": "ines"}]},
        {"data": [{"id": "e1", "type": "invoice.paid", "created": MS // 1000}]},
        {"results": [{"id": 3, "title": "Ines", "updated_at": AT}]},
        {"values": [[MS, "1"]]},
        [{"time": AT, "name": "cpu", "value": 3}],
        [{"id": 5, "event": "page_view", "timestamp": MS}],
        {"entries": [{"message": "timeout", "timestamp": AT, "type": "error"}]},
    ],
    ids=["objects", "sign-ins", "billing", "people", "series", "metrics", "views", "errors"],
)
def test_other_lists_with_times_are_none(document: Any) -> None:
    assert read(document) == []
