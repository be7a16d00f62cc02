"""A person may end the reading of a file; who may not, cannot, and what has been read cannot be stopped."""

from typing import Any

import pytest
from django.db import connection

from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import Upload, UploadState
from sevline.evidence.tasks import redact
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in

pytestmark = pytest.mark.django_db
LOG = b"2026-03-01T10:00:00Z INFO order 7 packed\n2026-03-01T10:00:01Z INFO order 8 packed\n"


def attached() -> Upload:
    return actions.attach(make.case().key, "app.log", [LOG], by=cast().sam)


def test_a_reading_that_waits_is_stopped_from_its_page_once_and_the_page_says_so() -> None:
    upload = attached()
    browser = signed_in(cast().sam)
    before = browser.get(f"/evidence/uploads/{upload.pk}").content.decode()
    answers = [browser.post(f"/evidence/uploads/{upload.pk}/stop", follow=True) for _ in range(2)]

    assert "Stop reading" in before
    assert "The reading ends within some seconds" in answers[0].content.decode()
    assert "Stop reading</button>" not in answers[0].content.decode()
    assert Event.objects.filter(kind="evidence.reading_stopped").count() == 1


def test_what_was_read_already_is_not_stopped_and_another_reading_of_it_is_whole() -> None:
    upload = attached()
    actions.stop_reading(upload.pk, by=cast().sam)
    redact(upload.pk)
    upload.refresh_from_db()

    assert (upload.state, upload.stop_asked) == ("available", False)
    with pytest.raises(Refused, match="has come to its end already"):
        actions.stop_reading(upload.pk, by=cast().sam)


def test_who_may_not_attach_may_not_stop_and_a_stranger_does_not_see_the_file() -> None:
    upload = attached()

    with pytest.raises(Forbidden):
        actions.stop_reading(upload.pk, by=cast().aud)
    assert signed_in(cast().eve).post(f"/evidence/uploads/{upload.pk}/stop").status_code == 404


def test_a_reading_that_ends_while_it_is_being_stopped_leaves_no_wish_for_the_next() -> None:
    upload = attached()
    endings = [lambda: Upload.objects.filter(pk=upload.pk).update(state=UploadState.AVAILABLE)]

    def ended_once_it_was_looked_at(execute: Any, sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        while endings and 'FROM "evidence_upload"' in sql:
            endings.pop()()
        return answer

    with connection.execute_wrapper(ended_once_it_was_looked_at), pytest.raises(Refused):
        actions.stop_reading(upload.pk, by=cast().sam)

    upload.refresh_from_db()
    assert not upload.stop_asked
