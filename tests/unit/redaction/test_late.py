"""Patterns that are compiled when they are first asked."""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

from sevline.core import redaction
from sevline.core.redaction.late import _Late, late

MODULES = [module.name for module in walk_packages(redaction.__path__, f"{redaction.__name__}.")]


def test_a_pattern_is_compiled_when_it_is_asked_and_not_before() -> None:
    broken = late("(")

    with pytest.raises(re.error):
        broken.search("text")


def test_a_pattern_answers_as_a_compiled_one() -> None:
    pattern, compiled = late("([a-z])1", re.IGNORECASE), re.compile("([a-z])1", re.IGNORECASE)

    assert pattern.sub("x", "A1b1") == compiled.sub("x", "A1b1")
    assert pattern.findall("A1b1") == compiled.findall("A1b1")
    assert (pattern.pattern, pattern.flags) == (compiled.pattern, compiled.flags)


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_a_module_can_be_compiled(name: str) -> None:
    patterns = [value for value in vars(import_module(name)).values() if isinstance(value, _Late)]

    assert all(re.compile(one.pattern, one.flags) for one in patterns)
