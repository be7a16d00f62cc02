"""What the house rules demand of every room."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls.resolvers import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sevline"
ACTIONS = [path for room in sorted(SOURCE.iterdir()) for path in (*room.glob("actions.py"), *room.glob("actions/*.py"))]
# Rooms that no page reaches by itself: their callers have asked for the right already.
INNER = {"vault", "service_levels"}


def offered(path: Path) -> set[str] | None:
    """What a folder of actions offers in `__all__`; None for a single file, which offers all that is public."""
    if path.parent.name != "actions":
        return None
    module = import_module(f"sevline.{path.parent.parent.name}.actions")
    return set(module.__all__)


def public_functions(path: Path) -> list[ast.FunctionDef]:
    names = offered(path)
    functions = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if not node.name.startswith("_") and (names is None or node.name in names)]


def first_statement(function: ast.FunctionDef) -> str:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return ast.unparse(body[0])


def asked_by_a_person() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (f"{path.relative_to(SOURCE)}:{function.name}", function)
        for path in ACTIONS
        for function in public_functions(path)
        if any(arg.arg == "by" for arg in [*function.args.args, *function.args.kwonlyargs])
    ]


def test_every_action_of_a_person_asks_for_a_right_first() -> None:
    late = [name for name, function in asked_by_a_person() if not first_statement(function).startswith("require(")]

    assert late == []


def test_there_are_actions_to_ask_about() -> None:
    assert len(asked_by_a_person()) > 10


def test_no_foreign_key_gives_an_earlier_room_a_way_to_a_later_one() -> None:
    upward = [
        f"{model.__name__}.{relation.get_accessor_name()}"
        for model in apps.get_models()
        if model.__module__.startswith("sevline.")
        for relation in model._meta.related_objects
        if relation.related_model.__module__.split(".")[1] != model.__module__.split(".")[1]
        and relation.related_model.__module__.startswith("sevline.")
        and not relation.hidden
    ]

    assert upward == []


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        found += addresses(pattern.url_patterns, here) if isinstance(pattern, URLResolver) else [here]
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_are_hashed_and_name_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text()
    names = [line for line in text.splitlines() if line and line[0].isalnum()]

    assert all(word not in text for word in ("://", "--index", "--extra-index", "--find-links", "file:/", " @ "))
    assert text.count("--hash=sha256:") >= len(names) > 20
