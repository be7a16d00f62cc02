"""What is checked in a text before it goes to a customer."""

from sevline.core.comms import OUTBOUND
from sevline.core.comms.lint import NEVER, REASON, RuleRow
from tools.docs.markdown import code, table

TEXT = """Table version {version}. The rules judge every text to a customer: the composer of a case, an internal note
that is made visible to the customer, and a request for evidence. A rule that blocks keeps the text back, one that warns
lets it go with a reason. What redaction masks is masked as well, whatever the rules say."""

LATER = """L08 (who is affected, by what, since when) and L12 (contradiction to an incident's facts or to another
channel) are not judged: no record of an incident exists that they could be held against. L03 knows no approved time of
repair but an approval of the very words. The product's own words are those of its product areas; hosts that
customers know are in `SEVLINE_PUBLIC_HOSTS`, domains that they must not read of in `SEVLINE_INTERNAL_DOMAINS`."""


def page() -> str:
    heads = ("Rule", "Title", "Level", "Fires on", "Write instead", "Goes out all the same")
    lists = [
        f"- {code(row.code)}, {name}: {', '.join(f'“{word}”' for word in words)}"
        for row in OUTBOUND.rule
        for name, words in row.lists.items()
    ]
    return "\n\n".join(
        (
            "# Outbound lint",
            TEXT.format(version=code(OUTBOUND.version)),
            table(heads, map(_row, OUTBOUND.rule)),
            LATER,
            "The phrases of L01 and L09 stand with the [packet](packet.md).",
            "## Words and phrases",
            "\n".join(lists),
        )
    )


def _row(row: RuleRow) -> tuple[str, ...]:
    return row.code, row.title, f"{row.level}s", row.fires, row.instead, _override(row)


def _override(row: RuleRow) -> str:
    if row.override == REASON:
        return "with a reason of whoever sends it"
    if row.override == NEVER:
        return "never"
    return f"with a reason of whoever decides alone, else by approval: {row.decision}"
