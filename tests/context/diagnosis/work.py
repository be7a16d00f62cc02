"""What the tests of a diagnosis start from: cases, evidence in their register, and what real checks found in it."""

from dataclasses import asdict
from datetime import timedelta

from sevline.cases.models import Case
from sevline.core.checks import every_check
from sevline.core.finding import State
from sevline.core.readers.har import read_har
from sevline.diagnosis import actions
from sevline.diagnosis.models import Finding, Hypothesis
from sevline.evidence.actions import add_item
from sevline.evidence.models import Artifact, Item, RedactionRun, Upload, UploadState
from sevline.platform import clock
from sevline.platform.models import Event
from tests import make
from tests.cast import cast
from tests.evidence import call, har_bytes

MAIL = "helen@brightwater.example"
REFUSED_CALL = call(401, after=2, received={"WWW-Authenticate": 'Bearer error="invalid_token"'})


def case() -> Case:
    return make.case(severity=3)


def upload(of: Case) -> Upload:
    """An available HAR in which one call was refused, with what every check says about it."""
    read = read_har(har_bytes(call(200, after=1), REFUSED_CALL), "a1").har
    found = [finding for check in every_check() for finding in check.run([read])]
    said = [asdict(finding) for finding in found if finding.state is not State.NOT_EVALUATED]
    number = Upload.objects.filter(case=of).count() + 1
    row = Upload.objects.create(
        case=of,
        number=number,
        name="orders.har",
        kind="har",
        state=UploadState.AVAILABLE,
        received_at=clock.now(),
        received_by=of.owner,
        time_first=clock.now() - timedelta(hours=1),
        time_last=clock.now(),
    )
    run = RedactionRun.objects.create(upload=row, detector_version="1", findings=said, at=clock.now())
    Artifact.objects.create(upload=row, run=run, key="a1", name="orders.har", kind="har", state="read", lines=120)
    return row


def evidence(of: Case, claim: str = "Every call is refused") -> Item:
    """The next row of the case's evidence register."""
    file = Artifact.objects.filter(upload=upload(of)).get()
    return add_item(of, of.owner, claim=claim, artifact=file, locator="/log/entries/1", excerpt="401")


def kept(of: Case) -> list[Finding]:
    """The findings of an upload, kept as the job keeps them."""
    actions.keep_findings(upload(of).pk)
    return list(Finding.objects.filter(case=of).order_by("id"))


def citing(of: Case) -> Finding:
    """A kept finding that cites a place."""
    return next(finding for finding in kept(of) if finding.evidence)


def proposed(of: Case, statement: str = "The signing key was rotated") -> Hypothesis:
    return actions.propose(
        of.key,
        by=cast().sam,
        statement=statement,
        predicts="tokens of before 09:00 fail",
        refuted_if="an old token is accepted",
    )


def tested(of: Case, hypothesis: Hypothesis) -> int:
    """The number of a running test of the hypothesis."""
    return actions.start_test(
        of.key,
        by=cast().sam,
        purpose="Use an old token",
        steps="curl with the token of 08:50\nread the status",
        expected="401",
        hypothesis=hypothesis.number,
    ).number


def kinds(of: Case) -> list[str]:
    """What was recorded about the diagnosis, in order."""
    rows = Event.objects.filter(case_key=of.key, kind__startswith="diagnosis.").order_by("seq")
    return list(rows.values_list("kind", flat=True))
