"""What the forms of a case's lines are asked: its groups' first questions, its blocks' literals, and three more."""

from sevline.core.redaction.alike import ENCODED, MASKED, Alike
from sevline.core.redaction.detector import Detector, Stage
from sevline.core.redaction.folded import FOLDS
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.shield import STAND_IN, WRITTEN
from sevline.core.redaction.views import MAY_BE_ENCODED

WRITTEN_OR_STAND_IN = f"{WRITTEN}|{STAND_IN}"


def alike_of(detectors: tuple[Detector, ...]) -> Alike:
    """A memory of forms, empty yet, for these detectors."""
    blocks = [entry for entry in detectors if entry.stage is Stage.BLOCK]
    others = {ENCODED: MAY_BE_ENCODED, MASKED: WRITTEN_OR_STAND_IN, FOLDS: FOLDS}
    return Alike(plan_of(detectors), blocks, others)
