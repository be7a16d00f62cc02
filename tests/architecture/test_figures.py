"""The house figures: files and functions stay short, decisions simple, signatures typed, imports without cycles."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sevline"
FILES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TREES = {path: ast.parse(path.read_text()) for path in FILES}
Function = ast.FunctionDef | ast.AsyncFunctionDef

BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.Assert, ast.comprehension, ast.match_case)


def p90(values: list[int]) -> float:
    return quantiles(values, n=10, method="inclusive")[8]


def functions() -> Iterator[tuple[str, Function]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Function):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def complexity(function: Function) -> int:
    nodes = list(own_nodes(function))
    extra = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + sum(isinstance(node, BRANCHES) for node in nodes) + extra


def lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_500_lines_and_nine_in_ten_stay_under_300() -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in FILES}

    assert {str(path): size for path, size in sizes.items() if size > 500} == {}
    assert p90(list(sizes.values())) <= 300


def test_no_function_is_longer_than_60_lines_and_nine_in_ten_stay_under_30() -> None:
    sizes = {name: lines(node) for name, node in functions()}

    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert p90(list(sizes.values())) <= 30


def test_no_function_decides_more_than_twelve_ways() -> None:
    assert {name: complexity(node) for name, node in functions() if complexity(node) > 12} == {}


def test_98_percent_of_parameters_and_returns_are_annotated() -> None:
    slots = annotated = 0
    for _, node in functions():
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        named = [arg for arg in given if arg.arg not in {"self", "cls"}]
        slots += len(named) + 1
        annotated += sum(arg.annotation is not None for arg in named) + (node.returns is not None)

    assert annotated / slots >= 0.98


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(tree: ast.Module, known: frozenset[str]) -> set[str]:
    """Every first-party module that is imported anywhere in the file, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            whole = {node.module} & known
            found |= inner or whole
    return found


def test_no_module_imports_itself_through_others() -> None:
    known = frozenset(module_name(path) for path in FILES)
    graph = {module_name(path): imports_of(tree, known) - {module_name(path)} for path, tree in TREES.items()}

    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]

    assert circle == []
