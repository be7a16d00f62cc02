"""Messages between actors as a sequence: columns are actors, time runs down, what fails is red, thick and crossed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sevline.ui import chart_frame as frame

TONES = {"bad": "fails", "warn": "warns", "ok": "holds", "": "not judged"}
WIDTH, LEFT, RIGHT = 420.0, 54.0, 364.0
HEAD, ROW = 44.0, 46.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """A message; `start` and `end` are places of actors, equal for work inside one. `tone` is bad, warn, ok or “”."""

    start: int
    end: int
    words: str
    tone: str = ""


def sequence(
    actors: Sequence[str],
    arrows: Sequence[Arrow],
    *,
    id: str,  # noqa: A002 - reads as in HTML
    title: str,
    described: str,
) -> SafeString:
    """The picture with its table. ValueError for an unknown tone, or fewer than two actors."""
    if len(actors) < 2:
        raise ValueError("a sequence needs at least two actors")
    if strange := {arrow.tone for arrow in arrows} - set(TONES):
        raise ValueError(f"“{min(strange)}” is no tone of a sequence")
    columns = [LEFT + (RIGHT - LEFT) * at / (len(actors) - 1) for at in range(len(actors))]
    height = HEAD + ROW * len(arrows) + 20
    body = [
        *(_lifeline(name, x, height) for name, x in zip(actors, columns, strict=True)),
        *(_drawn(number, arrow, columns, HEAD + ROW * number) for number, arrow in enumerate(arrows, start=1)),
    ]
    rows = [
        (f"{number}. {arrow.words}", actors[arrow.start], actors[arrow.end], TONES[arrow.tone])
        for number, arrow in enumerate(arrows, start=1)
    ]
    table = frame.table(title, ("Step", "From", "To", "Result"), rows)
    return frame.figure(id, title, described, (WIDTH, height), body, table=table, kind="plot seq")


def _lifeline(name: str, x: float, height: float) -> SafeString:
    line = frame.svg('<line class="life" x1="{0}" x2="{0}" y1="28" y2="{1}"/>', x, height - 4)
    if x == RIGHT:  # the last name ends at the edge, so that a phone's larger letters do not run over it
        return SafeString(line + frame.words(name, x=WIDTH - 2, y=18, anchor="end", kind="strong"))
    return SafeString(line + frame.words(name, x=x, y=18, anchor="middle", kind="strong"))


def _drawn(number: int, arrow: Arrow, columns: Sequence[float], y: float) -> SafeString:
    label = f"{number}. {arrow.words}"
    kind = "bad-t" if arrow.tone == "bad" else "said"
    x0, x1 = columns[arrow.start], columns[arrow.end]
    if arrow.start == arrow.end:
        shape, said, at = _work(x0, y), _beside(label, x0, y, columns, kind), (x0, y - 4)
    else:
        middle = (x0 + x1) / 2
        shape, at = _message(x0, x1, y), (middle, y)
        said = frame.words(label, x=middle, y=y - 8, anchor="middle", kind=kind)
    mark = _cross(*at) if arrow.tone == "bad" else frame.EMPTY
    return frame.svg('<g data-tone="{}">{}{}{}</g>', arrow.tone or "idle", shape, said, mark)


def _work(x: float, y: float) -> SafeString:
    """Work inside one actor: a box on its line."""
    return frame.svg('<rect class="inside" x="{}" y="{}" width="12" height="18" rx="2"/>', x - 6, y - 13)


def _message(x0: float, x1: float, y: float) -> SafeString:
    way = 1 if x1 > x0 else -1
    return frame.svg(
        '<line class="message" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><path class="tip" d="M{3} {4}L{1} {2}L{3} {5}Z"/>',
        x0, x1 - way * 2, y, x1 - way * 11, y - 5, y + 5,
    )  # fmt: skip


def _beside(label: str, x: float, y: float, columns: Sequence[float], kind: str) -> SafeString:
    """Words beside a box, to the side that has room."""
    if x == columns[-1]:
        return frame.words(label, x=x - 12, y=y, anchor="end", kind=kind)
    return frame.words(label, x=x + 12, y=y, anchor="start", kind=kind)


def _cross(x: float, y: float) -> SafeString:
    """The mark of a failing step, so that it is seen without its colour."""
    return frame.svg(
        '<circle class="stop" cx="{0}" cy="{1}" r="7"/><path class="cross" d="M{2} {4}L{3} {5}M{3} {4}L{2} {5}"/>',
        x, y, x - 3, x + 3, y - 3, y + 3,
    )  # fmt: skip
