"""Which tests show which requirement: the marks, read from the syntax tree without importing a test."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Marked = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class MarkedTest:
    requirement: str
    file: str
    name: str


def marked_tests(folder: Path) -> tuple[MarkedTest, ...]:
    """Every mark below a folder, in the order of files and lines; a mark on a class or file holds for its tests.

    Raises ValueError for a mark whose argument is not a plain text, since nobody could look it up.
    """
    root = folder.parent
    found: list[MarkedTest] = []
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        file = path.relative_to(root).as_posix()
        found += [MarkedTest(id_, file, name) for name, ids in _tests(tree, _of_file(tree, file), file) for id_ in ids]
    return tuple(found)


def _tests(tree: ast.Module | ast.ClassDef, inherited: list[str], file: str) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if not isinstance(node, Marked):
            continue
        ids = inherited + [id_ for mark in node.decorator_list for id_ in _ids(mark, file)]
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}::{name}", found) for name, found in _tests(node, ids, file))
        elif node.name.startswith("test_") and ids:
            yield node.name, list(dict.fromkeys(ids))


def _of_file(tree: ast.Module, file: str) -> list[str]:
    named = [node for node in tree.body if isinstance(node, ast.Assign) and _is_pytestmark(node)]
    return [id_ for node in named for mark in _several(node.value) for id_ in _ids(mark, file)]


def _is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _several(value: ast.expr) -> list[ast.expr]:
    return value.elts if isinstance(value, ast.List | ast.Tuple) else [value]


def _ids(mark: ast.expr, file: str) -> list[str]:
    if not (isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.requirement"):
        return []
    ids = [each.value for each in mark.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if not ids or len(ids) != len(mark.args):
        raise ValueError(f"{file}, line {mark.lineno}: the mark names no requirement such as R-017.")
    return ids
