"""What an escalation is measured by: the fields and gates of its packet, and the evidence it needs."""

from collections.abc import Iterable, Sequence

from sevline.core.checklist import EVIDENCE, EvidenceAsk, IssueType, SeverityNeeds
from sevline.core.packet.hard_gates import GATES
from sevline.core.packet.scoring import PACKET, FieldRow
from sevline.core.packet.speculation import SPECULATION
from tools.docs.markdown import code, table, words

PACKET_TEXT = """Table version {version}. A field gives its points in full or, where a part is there, {half} % of them.
The title, ask, severity and impact together with the next update stay within {executive} characters, else
{executive_penalty} points are lost; attachments beyond {megabytes} MB, or raw logs pasted into a field, cost
{attachments_penalty}."""

EVIDENCE_TEXT = """Table version {version}. The items C are asked of every case, the three items of its type besides. Of
each severity some are needed before the escalation and some may follow until a set time; the others are optional."""

PHRASES_TEXT = "Table version {version}. L01 guesses aloud; L09 states a cause, and passes once the cause is confirmed."


def packet() -> str:
    thresholds = [(f"Sev{severity}", f"{points} points") for severity, points in PACKET.thresholds.items()]
    return "\n\n".join(
        (
            "# Packet",
            PACKET_TEXT.format(
                version=code(PACKET.version),
                half=PACKET.half_percent,
                executive=PACKET.executive_max,
                executive_penalty=PACKET.executive_penalty,
                megabytes=PACKET.attachments_max_mb,
                attachments_penalty=PACKET.attachments_penalty,
            ),
            "## Fields",
            table(
                ("Field", "Title", "Points", "In full when", "In part when", "What to do"), map(_field, PACKET.field)
            ),
            "## Hard gates",
            (
                "No score opens a gate that is shut. A packet that asks for nothing (P2) is not sent either, whatever "
                "it scores."
            ),
            table(("Gate", "Asks for"), ((key, title) for key, title, _ in GATES)),
            "## Thresholds",
            "A severity that is not named here goes out on the gates alone.",
            table(("Severity", "Needs"), thresholds),
            "## Phrases that guess",
            PHRASES_TEXT.format(version=code(SPECULATION.version)),
            table(("Code", "Phrases"), ((key, _phrases(key)) for key in ("L01", "L09"))),
        )
    )


def _field(row: FieldRow) -> tuple[str, ...]:
    return row.id, row.title, str(row.points), words(row.full), words(row.half), row.needs


def _phrases(key: str) -> str:
    return ", ".join(f"“{phrase.text}”" for phrase in SPECULATION.phrase if phrase.code == key)


def evidence() -> str:
    parts = [
        "# Evidence checklists",
        EVIDENCE_TEXT.format(version=code(EVIDENCE.version)),
        "## Asked of every case",
        _items(EVIDENCE.core),
        "## By severity",
        table(("Severity", "Needed", "May follow", "Until"), map(_severity, EVIDENCE.severity)),
        "## By type",
    ]
    for issue_type in EVIDENCE.type:
        parts += [f"### {issue_type.title}", _items(issue_type.stars), *_optional(issue_type)]
    return "\n\n".join(parts)


def _items(items: Iterable[EvidenceAsk]) -> str:
    return table(("Item", "Asks for"), ((item.key, item.asks) for item in items))


def _optional(issue_type: IssueType) -> Sequence[str]:
    return (f"Also useful: {'; '.join(issue_type.optional)}.",) if issue_type.optional else ()


def _severity(row: SeverityNeeds) -> tuple[str, ...]:
    needed = _with_stars(row.needed, row.stars_needed)
    deferred = _with_stars(row.deferred, row.stars_deferred)
    until = f"{row.deferred_within}, calendar {code(row.deferred_calendar)}" if row.deferred_within else ""
    return f"Sev{row.level}", needed, deferred, until


def _with_stars(items: tuple[str, ...], stars: int) -> str:
    return ", ".join((*items, f"{stars} of the type's")) if stars else ", ".join(items)
