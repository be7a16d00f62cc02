"""What this room does when something happened elsewhere."""

from django_tasks import task

from sevline.diagnosis.actions import keep_findings
from sevline.platform.models import Event


@task()
def on_evidence_ready(seq: int) -> int:
    """Keep what the checks found in an upload that has just become available."""
    return keep_findings(int(Event.objects.get(seq=seq).subject_key))
