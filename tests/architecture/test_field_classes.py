"""Every field that holds words has a class, and what not everybody reads is written out by no template as it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

import sevline
from sevline.core.field_classes import CLASSES, GRANTABLE

SOURCE = Path(sevline.__file__).parent
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)
#: Its class is that of its kind: `profile.firewall`.
BY_KIND = frozenset({"customers.ProfileFact.value"})
KINDS = frozenset(row.key for row in CLASSES.field)
# One's own address, or of whoever an invitation is for, which the page was made for.
TOLD = {
    ("people.Person.email", "account/login.html"): "made-up people of the demo desk",
    ("people.Person.email", "people/enter.html"): "whoever holds the link it is for",
    ("people.Person.email", "people/entry_link.html"): "whoever made the link, having typed the address",
}


def of_ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("sevline."):
            yield model


def fields_of(model: type[models.Model], kinds: "tuple[type[models.Field[Any, Any]], ...]" = WORDS) -> set[str]:
    app = model.__module__.split(".")[1]
    own = (field for field in model._meta.get_fields() if isinstance(field, kinds))
    return {f"{app}.{model.__name__}.{field.name}" for field in own}


def test_every_field_that_holds_words_has_a_class() -> None:
    classed = {row.key for row in CLASSES.every_field()} | BY_KIND

    assert sorted(set().union(*map(fields_of, of_ours())) - classed) == []


def test_every_class_is_of_a_field_that_there_is() -> None:
    there = set().union(*(fields_of(model, (models.Field,)) for model in of_ours()))
    classed = {row.key for record in CLASSES.record for row in record.fields()}

    assert sorted(classed - there) == []


def writing(name: str) -> Iterator[str]:
    """The templates that write a field of this name as it is, and not the `Shown` that the table made of it."""
    wanted = re.compile(rf"\{{\{{ *[^}}|]*\.{name}(?!\.value)\b[^}}]*\}}\}}")
    for path in sorted(SOURCE.glob("*/templates/**/*.html")):
        if wanted.search(path.read_text(encoding="utf-8")):
            yield path.as_posix().partition("/templates/")[2]


@pytest.mark.parametrize(
    "field", [row.key for row in CLASSES.every_field() if row.of in GRANTABLE and row.key not in KINDS]
)
def test_no_template_writes_a_field_that_not_everybody_reads(field: str) -> None:
    shown = set(writing(field.rpartition(".")[2]))

    assert shown <= {path for told, path in TOLD if told == field}
