"""What hangs on a packet that nobody quotes from."""

from django.db.models import Exists, OuterRef, Sum

from sevline.cases.models import Case
from sevline.evidence.models import Item, Upload, UploadState


def unquoted_bytes(case: Case) -> int:
    """Bytes of the case's files of which the register cites no place: its reader has to look through them whole."""
    quoted = Item.objects.filter(upload=OuterRef("pk"), withdrawn_at__isnull=True).exclude(locator="")
    files = Upload.objects.filter(case=case, state=UploadState.AVAILABLE).exclude(Exists(quoted))
    total: int | None = files.aggregate(total=Sum("size"))["total"]
    return total or 0
