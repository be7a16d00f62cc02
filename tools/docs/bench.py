"""What the bench knows: detectors of redaction and diagnostic checks."""

from itertools import groupby

from sevline.core.checks import every_check
from sevline.core.finding import Check, Confidence, Input, Side, State
from sevline.core.readers.logs import FORMATS
from sevline.core.redaction.detector import DETECTOR_SET_VERSION, Detector, Stage
from sevline.core.redaction.detector_set import every_detector
from tools.docs.markdown import code, codes, first_paragraph, table, words


def detectors() -> str:
    found = every_detector()
    parts = [
        "# Detectors",
        (
            f"{len(found)} detectors, set version {code(DETECTOR_SET_VERSION)}. They run in the order of this page: "
            "what one masks, the next does not see. A value becomes a pseudonym that is the same throughout a case."
        ),
    ]
    for stage, members in groupby(found, key=_stage):
        rows = [(code(each.kind), each.title) for each in members]
        parts += [f"## {words(stage.name).capitalize()}", table(("Kind", "What it masks"), rows)]
    return "\n\n".join(parts)


def _stage(detector: Detector) -> Stage:
    return detector.stage


def checks() -> str:
    known = sorted(every_check(), key=lambda check: check.id)
    return "\n\n".join(
        (
            "# Checks",
            (
                f"{len(known)} checks. A check answers {codes(State)}; one whose input is missing says what it "
                f"would need. Confidence is {codes(Confidence)}, and the side that can act is one of {codes(Side)}."
            ),
            table(("Check", "Looks at", "Needs", "Supports", "Refutes"), [_check(check) for check in known]),
        )
    )


def _check(check: Check) -> tuple[str, ...]:
    needs = ", ".join(_needs(each) for each in check.inputs.values())
    return check.id, first_paragraph(check.title), needs, ", ".join(check.supports), ", ".join(check.refutes)


def _needs(given: Input) -> str:
    return given.kind.what + (" (if there)" if given.optional or given.many else "")


def log_formats() -> str:
    known = sorted(FORMATS, key=lambda form: form.title.lower())
    rows = [(code(form.key), form.title, form.seen or "No real file was seen.") for form in known]
    unseen = sum(not form.seen for form in known)
    return "\n\n".join(
        (
            "# Log formats",
            (
                f"{len(known)} formats. The first 200 records decide; the report says which format was chosen, what "
                "share of the records it reads and who chose. A reader that was written from the tool's description "
                f"alone, {unseen} of them, says so: tell us where it fails."
            ),
            table(("Format", "What it reads", "Held against"), rows),
        )
    )
