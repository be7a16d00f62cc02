"""Fields that stand indented under what they belong to, as YAML and many tools print it: `contact:` and below it `first: Anna`."""

# ruff: noqa: E501 - patterns are read whole

from collections.abc import Iterator

from sevline.core.redaction.detector import Detector, Stage, detector
from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import Pseudonyms
from sevline.core.redaction.records import Cell, Record, masked_records, people_in, trimmed

_OWNER = (
    r"(?i:[a-z_ -]{0,16}(?:contact|customer|client|user|person|owner|passengers?|pax|guests?|drivers?|insured|holder|patient|employee|recipient|sender|consignee|payee|payer|beneficiary|applicant|tenant|buyer|seller|attendee|participant|student|traveller|requester|caller|assignee|author"
    r"|address|billing|shipping|bill_?to|ship_?to|deliver(?:y|_to)|invoice_?to|kunde|kundin|fahrer|versicherter?|versicherungsnehmer|halter|mieter|empf(?:ä|ae)nger|absender|ansprechpartner|rechnungsadresse|lieferadresse|anschrift|cliente|titular|destinataire|expéditeur|assuré|destinatario|intestatario|klant|klient|pacjent|kund|name))"
)
_LINE = late(r"(?P<indent>[ \t]*)(?:-[ ]+)?(?P<field>[\w .-]{1,40}?)[ \t]*[:=][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$")
_LINES = late(r"[^\n]+")


def _records(found: str) -> Iterator[Record]:
    """What stands under each line without a value; of a list the items are records of their own."""
    owners: list[tuple[int, str]] = []
    cells: list[Cell] = []
    owner = ""
    for line in _LINES.finditer(found):
        parts = _LINE.match(line[0])
        if parts is None:
            continue
        indent = len(parts["indent"])
        while owners and owners[-1][0] >= indent:
            owners.pop()
        above = " ".join(name for _, name in owners)
        if above != owner or line[0].lstrip().startswith("- "):
            yield owner, cells
            owner, cells = above, []
        if parts["value"]:
            cells.append(
                (
                    *trimmed(found, line.start() + parts.start("value"), line.start() + parts.end("value")),
                    parts["field"].strip(),
                )
            )
        else:
            owners.append((indent, parts["field"].strip()))
    yield owner, cells


def pseudonym(found: str, pseudonyms: Pseudonyms) -> str:
    return masked_records(found, _records(found), pseudonyms)


detector(
    Detector(
        kind="nested_fields",
        title="Field under what it belongs to",
        pattern=rf"(?m:^[ \t]*(?:-[ ]+)?{_OWNER}[ \t]*:[ \t]*\r?(?:\n(?:[ \t]+|-[ ])(?:-[ ]+)?[A-Za-z\x{{80}}-\x{{10ffff}}][^\r\n:=]{{0,40}}[:=][^\r\n]*)+)",
        stage=Stage.BLOCK,
        keywords=tuple(f"{end}:\n" for end in ("ct", "er", "nt", "ss", "ng", "to", "ed", "ee", "on", "me", "rs", "ts", "ax", "or", "ry", "de", "in", "se", "ft", "re", "lar", "io", "nd", "é")),
        render=pseudonym,
        people=lambda found: people_in(found, _records(found)),
        in_clear=True,
    )
)  # fmt: skip
