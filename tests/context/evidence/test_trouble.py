"""Under another master key, or a clock that jumps: a sentence, nothing half-visible, no time that goes backwards."""

from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Upload, UploadState
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.test_upload import files_in_store
from tests.context.evidence.tus import Sender
from tests.unit.bench.test_pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LOG = b"2026-11-16T10:00:00Z ERROR pool timed out\n" * 40


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def kept(case: Case, name: str = "app.log", data: bytes = LOG) -> Upload:
    upload = actions.attach(case.key, name, [data], by=cast().sam)
    worker.drain()
    upload.refresh_from_db()
    return upload


def test_under_another_master_key_an_upload_is_refused_in_a_sentence_and_leaves_nothing(
    case: Case, settings: Any
) -> None:
    settings.MASTER_KEY = bytes(32)

    with pytest.raises(Refused, match="is not the master key that it was made with"):
        actions.attach(case.key, "app.log", [LOG], by=cast().sam)
    answer = Sender(signed_in(cast().sam), f"/evidence/cases/{case.key}/sendings").announce("app.log", len(LOG))

    assert 400 <= answer.status_code < 500
    assert "master key" in answer.content.decode()
    assert Upload.objects.filter(case=case).count() == 0
    assert files_in_store() == []


def test_under_another_master_key_a_file_is_not_shown_and_the_page_says_why(case: Case, settings: Any) -> None:
    file = Artifact.objects.get(upload=kept(case))
    settings.MASTER_KEY = bytes(32)

    answer = signed_in(cast().sam).get(f"/evidence/files/{file.pk}")

    assert 400 <= answer.status_code < 500
    assert "master key" in answer.content.decode()
    assert "pool timed out" not in answer.content.decode()


def test_a_clock_that_jumps_back_between_arrival_and_redaction_loses_nothing(case: Case) -> None:
    upload = actions.attach(case.key, "app.log", [LOG], by=cast().sam)

    with clock.held_at(clock.now() - timedelta(days=2)):
        worker.drain()
    worker.drain()
    upload.refresh_from_db()

    seqs = list(Event.objects.filter(case_key=case.key).order_by("seq").values_list("kind", flat=True))
    assert upload.state == UploadState.AVAILABLE
    assert seqs.index("evidence.received") < seqs.index("evidence.ready")


def test_a_link_made_under_a_clock_that_ran_ahead_does_not_outlive_its_seven_days_of_true_time(case: Case) -> None:
    due = clock.now() + timedelta(hours=5)
    asked = actions.ask_customer(case.key, by=cast().lea, items=["C9"], there=(), due=due)
    token = asked.given.url.rpartition("/")[2]

    with clock.held_at(clock.now() - timedelta(days=1)):
        before = signed_in(cast().lea).get(f"/send/{token}").status_code
    with clock.held_at(clock.now() + timedelta(days=7, seconds=1)):
        after = signed_in(cast().lea).get(f"/send/{token}").content.decode()

    assert before == 200
    assert actions.DEAD_LINK in after


@pytest.mark.requirement("R-160")
def test_the_place_in_a_picture_is_gone_and_without_words_for_it_nobody_sees_it(case: Case) -> None:
    sent = photo("JPEG")
    upload = kept(case, "screen.jpg", sent)
    file = Artifact.objects.get(upload=upload)
    shown = b"".join(vault.open_file(file.sealed_id or 0))
    unseen = signed_in(cast().sam).get(f"/evidence/files/{file.pk}/download").status_code

    with pytest.raises(Refused, match="what the pictures show"):
        actions.confirm(upload.pk, by=cast().sam, looked=True, shows="")
    with pytest.raises(Refused, match="Look at each picture first"):
        actions.confirm(upload.pk, by=cast().sam, looked=False, shows="The sign-in page with its error")
    actions.confirm(upload.pk, by=cast().sam, looked=True, shows="The sign-in page with its error")

    assert place_of(sent) == "N"
    assert place_of(shown) is None
    assert upload.state == UploadState.UNCONFIRMED
    assert unseen == 404
    assert "The sign-in page with its error" in signed_in(cast().sam).get(f"/evidence/files/{file.pk}").content.decode()


def place_of(picture: bytes) -> str | None:
    """The hemisphere in the GPS part of the EXIF."""
    from io import BytesIO

    found: dict[int, Any] = Image.open(BytesIO(picture)).getexif().get_ifd(0x8825)
    return found.get(1)
