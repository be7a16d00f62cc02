"""An upload with patterns made for the explorer: rows as the parser process would have left them."""

from datetime import UTC, datetime

import numpy as np

from sevline.cases.models import Case
from sevline.evidence.models import Artifact, Pattern, RedactionRun, Upload, UploadState
from sevline.evidence.selectors.rates import rate_of
from sevline.platform import clock
from tests.cast import cast

MOMENT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
START = int(MOMENT.timestamp()) // 60 - 240
MINUTES = 360


def upload_with(case: Case, patterns: int) -> Upload:
    """Six hours of log: an ERROR pattern that is new at MOMENT, then quiet ones; every tenth of those is a WARN."""
    at = clock.now()
    upload = Upload.objects.create(
        case=case, number=1, name="app.log", state=UploadState.AVAILABLE, kind="log", received_at=at,
        received_by=cast().sam, time_first=datetime.fromtimestamp(START * 60, UTC),
        time_last=datetime.fromtimestamp((START + MINUTES) * 60, UTC),
    )  # fmt: skip
    run = RedactionRun.objects.create(upload=upload, detector_version="1", at=at)
    file = Artifact.objects.create(upload=upload, run=run, key="a1", name="app.log", kind="log", state="read", lines=9)
    random = np.random.default_rng(5)
    made = [_pattern(file, 0, "ERROR", np.concatenate([np.zeros(240, np.int64), random.poisson(2, 120)]))]
    made += [
        _pattern(file, number, "WARN" if number % 10 == 0 else "INFO", random.poisson(1.5, MINUTES) * (number < 200))
        for number in range(1, patterns)
    ]
    Pattern.objects.bulk_create(made, batch_size=500)
    run.rate = rate_of(made[:200])
    run.save()
    return upload


def _pattern(file: Artifact, number: int, level: str, counts: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Pattern:
    seen = np.flatnonzero(counts)
    cells = [[START + int(minute), int(counts[minute])] for minute in seen] or [[START + number % MINUTES, 1]]
    total = sum(count for _, count in cells)
    service = ("checkout", "cart", "search")[number % 3]
    return Pattern(
        artifact=file,
        key=f"k{number}",
        template=f"pool {service} step {number} took <*> ms",
        count=total,
        first_at=datetime.fromtimestamp(cells[0][0] * 60, UTC),
        last_at=datetime.fromtimestamp(cells[-1][0] * 60, UTC),
        levels={level: total},
        level=level,
        service=service,
        services={service: total},
        histogram=cells,
        examples=[[number + 1, f"pool {service} step {number} took {number % 97} ms"]],
    )
