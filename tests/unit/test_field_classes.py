"""Classes of fields: who reads which, and what stands in place of the rest."""

import pytest

from sevline.core.field_classes import CLASSES, FieldClass, class_of, may_read, shown
from sevline.core.rights import Role


@pytest.mark.parametrize("role", ["agent", "viewer", "engineer", "auditor", "admin"])
def test_a_confidential_field_is_masked_for_whoever_does_not_keep_the_customer(role: str) -> None:
    assert shown("profile.firewall", "fw-a", [role]) == "[confidential: needs access]"
    assert shown("profile.firewall", "fw-a", [role], granted=True) == "fw-a"


def test_an_internal_field_is_everybodys() -> None:
    assert may_read("profile.idp", [])


def test_a_field_that_nobody_classed_is_confidential() -> None:
    assert class_of("profile.new") is FieldClass.CONFIDENTIAL


def test_no_grant_opens_a_secret() -> None:
    secret = next(row for row in CLASSES.of if row.key is FieldClass.SECRET)

    assert secret.roles == ()


def test_an_empty_field_says_nothing() -> None:
    assert shown("profile.firewall", "", [Role.AGENT]) == ""
