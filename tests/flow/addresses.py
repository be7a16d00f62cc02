"""Every address that can be looked at, as the table of addresses has them, filled with what hangs on one case."""

from itertools import product
from string import Formatter

from sevline.cases.models import Case
from sevline.diagnosis.models import TelemetryGap
from sevline.escalations.models import Escalation
from sevline.evidence.models import Artifact, Item, Pattern, Upload
from sevline.governance.models import Approval
from tests import make
from tests.architecture import routes
from tests.cast import cast

#: In the table these stand for one of several: numbers of a case's own rows, and a row of its register.
ONE_OF = {
    "/outside/calls/1": "/outside/calls/{file}",
    "/evidence/E-1": "/evidence/{item}",
}


def to_look_at(case: Case) -> list[str]:
    """Every GET of the table, each with every upload, file, pattern, packet, approval and signal of the case."""
    known: dict[str, list[object]] = {
        "case": [case.key],
        "upload": list(Upload.objects.filter(case=case).values_list("pk", flat=True)),
        "file": list(Artifact.objects.filter(upload__case=case, sealed_id__isnull=False).values_list("pk", flat=True)),
        "pattern": list(Pattern.objects.filter(artifact__upload__case=case).values_list("pk", flat=True)[:5]),
        "item": [item.key for item in Item.objects.filter(case=case)],
        "packet": [packet.key for packet in Escalation.objects.filter(case=case)],
        "approval": list(Approval.objects.values_list("pk", flat=True)),
        "note": list(case.messages.values_list("pk", flat=True)),
        "signal": list(TelemetryGap.objects.filter(case=case).values_list("request_id", flat=True)),
        "environment": [make.environment().pk],
        "person": [cast().lea.pk],
        "link": [],
    }
    rules = [*(rule.address for rule in routes.RULES if rule.method == "GET"), routes.APPROVAL, *routes.OWN]
    return sorted({address for rule in rules for address in _filled(rule, known)})


def _filled(rule: str, known: dict[str, list[object]]) -> list[str]:
    for one, template in ONE_OF.items():
        rule = template.join(rule.rsplit(one, 1)) if rule.endswith(one) else rule
    names = [name for _, name, _, _ in Formatter().parse(rule) if name]
    return [
        rule.format(**dict(zip(names, chosen, strict=True))) for chosen in product(*(known[name] for name in names))
    ]
