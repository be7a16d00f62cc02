"""The escalation packet: its facts, texts, hard gates, score and printed forms."""

from sevline.core.packet.facts import (
    CHANGE_AREAS,
    IMPACT_PARTS,
    UNKNOWN,
    Ask,
    EvidenceItem,
    HypothesisItem,
    PacketFacts,
    Reproduced,
    Reproduction,
    TestItem,
    WorkaroundState,
)
from sevline.core.packet.hard_gates import Gate, gates
from sevline.core.packet.pasted import is_pasted_log
from sevline.core.packet.render import as_json, markdown
from sevline.core.packet.scoring import PACKET, Credit, PacketTable, Score, Verdict, number, score
from sevline.core.packet.speculation import Guess, guesses
from sevline.core.packet.text import FIELD_KEYS, PacketFields, draft, executive_length

__all__ = [
    "CHANGE_AREAS",
    "FIELD_KEYS",
    "IMPACT_PARTS",
    "PACKET",
    "UNKNOWN",
    "Ask",
    "Credit",
    "EvidenceItem",
    "Gate",
    "Guess",
    "HypothesisItem",
    "PacketFacts",
    "PacketFields",
    "PacketTable",
    "Reproduced",
    "Reproduction",
    "Score",
    "TestItem",
    "Verdict",
    "WorkaroundState",
    "as_json",
    "draft",
    "executive_length",
    "gates",
    "guesses",
    "is_pasted_log",
    "markdown",
    "number",
    "score",
]
