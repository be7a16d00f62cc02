"""Sign-ins as a page draws them: the sequence of messages, and the checks of each step beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sevline.core.signinflow import Actor, Flow, Said, Step, flows
from sevline.evidence.selectors.said import FindingCard
from sevline.ui.sequence import Arrow, sequence

ACTORS = (Actor.APP, Actor.BROWSER, Actor.PROVIDER)
TONE = {"FAIL": "bad", "WARN": "warn", "PASS": "ok"}


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A row beside the picture; `said` are its findings, each with the way to its card."""

    step: Step
    tone: str
    words: str
    said: tuple[Said, ...]
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowView:
    protocol: str
    slug: str
    picture: SafeString
    sentence: str
    steps: tuple[FlowStep, ...]
    names_files: bool
    """What is said comes from several files, which may be several sign-ins."""


#: What is not known yet where no step fails: other files say more, or are still to be read.
ALONE = ", read alone. The diagnosis of the case shows it beside the other files."
UNREAD = " so far. Files of the case are still to be read, alone or beside one another: look again."
APART = ", read one by one. The files were not read beside one another; read one of them again to try it anew."


def sign_in_flows(said: Sequence[Said], *, more: str = ".") -> list[FlowView]:
    """A picture for each protocol that the findings speak of; `more` is said where no step fails (see above)."""
    return [_view(flow, more) for flow in flows(said)]


def said_by(cards: Sequence[FindingCard]) -> list[Said]:
    return [Said(card.check_id, card.state, card.title, card.anchor) for card in cards]


def _view(flow: Flow, more: str) -> FlowView:
    arrows = [
        Arrow(
            ACTORS.index(step.message.start),
            ACTORS.index(step.message.end),
            step.message.words,
            TONE.get(step.state, ""),
        )
        for step in flow.steps
    ]
    slug = flow.protocol.lower().replace(" ", "-")
    title = f"{flow.protocol} sign-in, step by step"
    picture = sequence(ACTORS, arrows, id=f"flow-{slug}", title=title, described=flow.words)
    steps = tuple(map(_row, flow.steps))
    sources = {one.source for step in steps for one in step.said}
    return FlowView(flow.protocol, slug, picture, _sentence(flow, more), steps, len(sources) > 1)


def _sentence(flow: Flow, more: str) -> str:
    if flow.broken is None:
        return f"No step fails by what is there{more}"
    return f"Step {flow.broken.number} fails first: {flow.broken.message.words}."


def _row(step: Step) -> FlowStep:
    told = tuple(one for one in step.said if one.state in {"FAIL", "WARN", "PASS", "INFO"})
    return FlowStep(step, TONE.get(step.state, "idle"), step.words, told, step.untold)
