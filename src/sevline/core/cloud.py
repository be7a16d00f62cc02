"""What providers and the edge say when something fails, and which layer is then most likely at fault."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sevline.core.finding import Side
from sevline.core.tables import Row, Table, load, no_repeats

MAX_TEXT = 20_000


class CloudLayer(StrEnum):
    """Where the fault most likely sits; it need not be the layer that answered."""

    CLIENT = "client"
    NETWORK = "network"
    EDGE = "edge"
    FIREWALL = "firewall"
    PROXY = "proxy"
    APPLICATION = "application"
    LIMIT = "limit"
    STORE = "store"
    QUEUE = "queue"


WORDS = {
    CloudLayer.CLIENT: "the client",
    CloudLayer.NETWORK: "the network between the layers",
    CloudLayer.EDGE: "the edge network",
    CloudLayer.FIREWALL: "a firewall in front of the application",
    CloudLayer.PROXY: "the proxy itself",
    CloudLayer.APPLICATION: "the server behind it",
    CloudLayer.LIMIT: "a limit of rate or quota",
    CloudLayer.STORE: "the permission on an object store",
    CloudLayer.QUEUE: "a queue whose consumers are behind",
}
SIDES = {CloudLayer.CLIENT: Side.CUSTOMER_CLIENT, CloudLayer.APPLICATION: Side.OUR_APP}


class SignatureRow(Row, frozen=True):
    key: str
    provider: str
    layer: CloudLayer
    all: tuple[str, ...]
    means: str
    next: str

    @property
    def side(self) -> Side:
        """Whose it usually is; a firewall or an edge may be either's."""
        return SIDES.get(self.layer, Side.OUR_INFRA if self.layer is CloudLayer.PROXY else Side.UNKNOWN)


class CloudSignatures(Table, frozen=True):
    signature: tuple[SignatureRow, ...]

    def check_rows(self) -> None:
        no_repeats("signature", (row.key for row in self.signature))
        for row in self.signature:
            if not row.all:
                raise ValueError(f"the signature “{row.key}” has no pattern")
            try:
                [re.compile(pattern) for pattern in row.all]
            except re.error as fault:
                raise ValueError(f"the signature “{row.key}” has a pattern that cannot be used: {fault}") from fault


SIGNATURES = load("cloud_signatures.toml", CloudSignatures)


@dataclass(frozen=True, slots=True)
class Sign:
    """A signature that was found; `seen` is what its last pattern matched, at `offset` characters into the text."""

    row: SignatureRow
    seen: str
    offset: int


@cache
def _compiled() -> tuple[tuple[SignatureRow, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (row, tuple(re.compile(pattern, re.IGNORECASE) for pattern in row.all)) for row in SIGNATURES.signature
    )


def recognise(text: str) -> Sign | None:
    """The first signature of the library that the text bears; None says that it is not known."""
    told = text[:MAX_TEXT]
    for row, patterns in _compiled():
        found = None
        for pattern in patterns:
            if (found := pattern.search(told)) is None:
                break
        if found is not None:
            return Sign(row, found[0].strip()[:200], found.start())
    return None
