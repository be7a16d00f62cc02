"""What the workspace does when a case changed: the queue says the same about its evidence as the case does."""

from django_tasks import task

from sevline.cases import actions as cases
from sevline.cases.models import Case, number_of
from sevline.platform.models import Event
from sevline.web import checklist


@task()
def measure_evidence(seq: int) -> int:
    """Write the checklist's percent beside the case of this event; 0 while the case has no severity."""
    case = Case.objects.select_related("environment").get(number=number_of(Event.objects.get(seq=seq).case_key))
    measured = checklist.of_case(case)
    percent = measured.percent if measured else 0
    cases.note_evidence_percent(case.pk, percent)
    return percent
