"""A sign-in as a sequence of messages between browser, our app and the identity provider, judged by what "
"checks said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Actor(StrEnum):
    """Who sends and receives; the names stand over the columns of the picture."""

    APP = "Our app"
    BROWSER = "Browser"
    PROVIDER = "Identity provider"


@dataclass(frozen=True, slots=True)
class Said:
    """What a check said, as far as the sequence needs it. `state` is the state's word; `anchor` leads to the
    finding, `source` names the file that it was found in."""

    check_id: str
    state: str
    title: str
    anchor: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One step: from whom to whom (the same for work done inside), and the checks that judge it."""

    start: Actor
    end: Actor
    words: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is FAIL, WARN, PASS, or "" where no check could say or one is still to be evaluated; `said` the
    findings, worst first."""

    number: int
    message: Message
    state: str
    said: tuple[Said, ...]

    @property
    def untold(self) -> tuple[str, ...]:
        """The checks of this step that lacked what they read."""
        return tuple(dict.fromkeys(one.check_id for one in self.said if one.state == "NOT_EVALUATED"))

    @property
    def words(self) -> str:
        """How the step went; one that a check could not judge never holds."""
        if self.state:
            return TOLD[self.state]
        return "not judged"


@dataclass(frozen=True, slots=True)
class Flow:
    """`broken` is the first step that fails, or None."""

    protocol: str
    steps: tuple[Step, ...]

    @property
    def broken(self) -> Step | None:
        return next((step for step in self.steps if step.state == "FAIL"), None)

    @property
    def words(self) -> str:
        """The whole sequence in sentences, for who does not see it."""
        return " ".join(
            f"Step {step.number}, {_way(step.message)}: {step.message.words}, {step.words}." for step in self.steps
        )


APP, BROWSER, PROVIDER = Actor.APP, Actor.BROWSER, Actor.PROVIDER
SAML = (
    Message(APP, PROVIDER, "AuthnRequest by redirect", ("SAML20",)),
    Message(PROVIDER, PROVIDER, "signs the person in", ("SAML03", "SAML18")),
    Message(PROVIDER, BROWSER, "response, signed", ("SAML02", "SAML10", "SAML13", "SAML15", "SAML16", "SAML17")),
    Message(BROWSER, APP, "posts it to us", ("SAML01", "SAML04", "SAML05", "SAML08")),
    Message(APP, APP, "is it meant for us, and in time", ("SAML06", "SAML07", "SAML09")),
    Message(APP, APP, "do key and signature hold", ("SAML11", "SAML12", "SAML14", "SAML19")),
)
OIDC = (
    Message(APP, PROVIDER, "authorization request by redirect", ("OIDC09",)),
    Message(PROVIDER, PROVIDER, "signs the person in", ("OIDC13",)),
    Message(PROVIDER, APP, "code and state by the browser", ("OIDC10", "OIDC16", "OIDC17")),
    Message(APP, PROVIDER, "redeems the code", ("OIDC11", "OIDC12")),
    Message(APP, APP, "is the token sound", ("OIDC01", "OIDC02", "OIDC03", "OIDC04", "OIDC05", "OIDC06", "OIDC07")),
    Message(BROWSER, APP, "calls the API with the token", ("OIDC08", "OIDC14", "OIDC15")),
)
#: A protocol is drawn where one of these said something; a bearer token alone makes no sign-in.
SPEAKING = {
    "SAML": ("SAML01", "SAML03", "SAML20"),
    "OpenID Connect": ("OIDC09", "OIDC10", "OIDC11", "OIDC12", "OIDC13", "OIDC16"),
}
TOLD = {"FAIL": "fails", "WARN": "warns", "PASS": "holds"}
WORST = ("FAIL", "WARN", "PASS", "INFO", "NOT_EVALUATED")


#: The step at which a code is redeemed, and what its refusal is said by. Where the code came back the authorization
#: request was accepted, so that a redirect URI or an error told then belongs to the redemption.
REDEEMED, RETURNED = 4, "OIDC10"
TOLD_THERE = ("OIDC09", "OIDC13")


def flows(said: Sequence[Said]) -> tuple[Flow, ...]:
    """One sequence for each protocol that the evidence speaks."""
    known = {"SAML": SAML, "OpenID Connect": OIDC}
    return tuple(
        Flow(name, tuple(_step(at, message, said) for at, message in enumerate(_placed(known[name], said), start=1)))
        for name, speaking in SPEAKING.items()
        if any(one.check_id in speaking and one.state != "NOT_EVALUATED" for one in said)
    )


def _placed(messages: tuple[Message, ...], said: Iterable[Said]) -> tuple[Message, ...]:
    if not any(one.check_id == RETURNED and one.state in TOLD for one in said):
        return messages
    moved = tuple(check for message in messages for check in message.checks if check in TOLD_THERE)
    return tuple(
        replace(
            message, checks=(*(check for check in message.checks if check not in moved), *(moved * (at == REDEEMED)))
        )
        for at, message in enumerate(messages, start=1)
    )


def _step(number: int, message: Message, said: Iterable[Said]) -> Step:
    held = sorted(
        (one for one in said if one.check_id in message.checks and one.state in WORST),
        key=lambda one: (WORST.index(one.state), one.check_id),
    )
    state = held[0].state if held and held[0].state in TOLD else ""
    if state == "PASS" and held[-1].state == "NOT_EVALUATED":
        state = ""
    return Step(number, message, state, tuple(held))


def _way(message: Message) -> str:
    return str(message.start) if message.start is message.end else f"{message.start} to {message.end}"
