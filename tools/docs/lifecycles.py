"""Lifecycles as diagrams and tables of their moves."""

from typing import Any

from sevline.core.case import CASE, Stage
from sevline.core.escalation import ANSWERS, ESCALATION
from sevline.core.lifecycle import Lifecycle
from tools.docs.markdown import code, codes, table, words

INTRODUCTION = """# Lifecycles

A move leads from a status to another when every condition agrees; otherwise the person reads what is missing."""


def page() -> str:
    stages = table(("Stage",), [(code(stage),) for stage in Stage])
    return "\n\n".join(
        (
            INTRODUCTION,
            *_section("Case", "new", CASE),
            "A case also has a stage. It is told by the events, shown, and never stored.",
            stages,
            *_section("Escalation", "drafted", ESCALATION),
            "An answer of Engineering carries one of these codes.",
            table(("Code", "Reason", "Counts as"), [(code(r.code), r.title, words(r.effect)) for r in ANSWERS.reason]),
            "A meaningful action is one of these; a question alone is none.",
            table(("Code", "Action"), [(code(action.code), action.title) for action in ANSWERS.action]),
        )
    )


def _section(title: str, first: str, lifecycle: Lifecycle[Any]) -> tuple[str, str, str]:
    rows = [
        (code(move.verb), codes(sorted(move.sources)), code(move.target), "; ".join(_conditions(move.guards)))
        for move in lifecycle.moves
    ]
    return f"## {title}", diagram(first, lifecycle), table(("Move", "From", "To", "Conditions"), rows)


def _conditions(guards: tuple[Any, ...]) -> list[str]:
    return [words(guard.__name__) for guard in guards]


def diagram(first: str, lifecycle: Lifecycle[Any]) -> str:
    """The moves as a Mermaid state diagram; statuses without a way out end it."""
    moves = [f"    {source} --> {move.target}: {words(move.verb)}" for move in lifecycle.moves for source in _in(move)]
    sources = {source for move in lifecycle.moves for source in move.sources}
    final = sorted({move.target for move in lifecycle.moves} - sources)
    lines = ["stateDiagram-v2", f"    [*] --> {first}", *moves, *(f"    {status} --> [*]" for status in final)]
    return "```mermaid\n" + "\n".join(lines) + "\n```"


def _in(move: Any) -> list[str]:
    return sorted(move.sources)
