"""From a document to masked text: the mode's reader says what is where, the engine masks all of it at once."""

from sevline.core.redaction.engine import Engine, Tally
from sevline.core.redaction.modes import Mode
from sevline.core.redaction.structure.csv_values import masked_csv
from sevline.core.redaction.structure.errors import StructureError
from sevline.core.redaction.structure.fields import masked_in_fields
from sevline.core.redaction.structure.json_values import check_json, json_values
from sevline.core.redaction.structure.spans import Span, Treatment
from sevline.core.redaction.structure.treat import treated
from sevline.core.redaction.structure.xml_values import check_xml, unpacked, xml_values


def structural(mode: Mode, text: str, data: bytes, engine: Engine) -> tuple[str, Tally]:
    """The masked text of a document; raises StructureError with a sentence where it is not what its mode says."""
    if mode in (Mode.JSON, Mode.HAR):
        check_json(text, har=mode is Mode.HAR)
        return _replaced(text, json_values(text), engine)
    if mode is Mode.CSV:
        return masked_csv(text, engine)
    if mode is Mode.SAML and (packed := unpacked(text)):
        inner, tally = _inside(packed.text, engine)
        return packed.pack(inner), tally
    if mode in (Mode.XML, Mode.SAML):
        check_xml(data)
        return _replaced(text, xml_values(text), engine)
    raise StructureError(f"There is no structure to follow in “{mode}”.")


def _inside(text: str, engine: Engine) -> tuple[str, Tally]:
    """A message out of its wrapping; where it is broken, what the detectors find in it still goes."""
    try:
        return structural(Mode.XML, text, text.encode(), engine)
    except StructureError:
        return engine.mask_text(text)


def _replaced(text: str, spans: list[Span], engine: Engine) -> tuple[str, Tally]:
    tally = Tally()
    by_text = [span for span in spans if span.treatment is Treatment.TEXT]
    masked, found = masked_in_fields([span.framed() for span in by_text], engine)
    tally.add(found)
    fresh = dict(zip(map(id, by_text), masked, strict=True))
    pieces: list[str] = []
    end = 0
    for span in spans:
        value = fresh[id(span)] if span.treatment is Treatment.TEXT else treated(span, engine, tally)
        if value != span.value:
            pieces += (text[end : span.start], span.write(value))
            end = span.end
    pieces.append(text[end:])
    return "".join(pieces), tally
