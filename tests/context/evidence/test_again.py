"""What was missed is masked in all that is here, what was masked wrongly comes back, and citations still lead."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Item, RedactionRun, Upload, UploadState
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.stored import lying_about
from tests.evidence import token
from tests.unit.bench.test_pictures import SECRET as IN_PICTURE
from tests.unit.bench.test_pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]
NAME = "Kestrelworth"
ADDRESS = "helena.marsh-4417@brightwater.example"
LOG = "".join(
    f"2026-11-16T10:00:{n:02}Z ERROR sync of {NAME} for {ADDRESS} failed\n" for n in range(60)
).encode()  # fmt: skip


@pytest.fixture
def case() -> Case:
    return make.case(severity=2, text=f"The sync of {NAME} fails since 2026-11-16T09:42:00Z.")


@pytest.fixture
def upload(case: Case) -> Upload:
    made = actions.attach(case.key, "app.log", [LOG], by=cast().sam)
    worker.drain()
    made.refresh_from_db()
    return made


def text_of(upload: Upload) -> str:
    file = Artifact.objects.get(upload=upload)
    return b"".join(vault.open_file(file.sealed_id or 0)).decode()


def test_a_missed_word_is_hidden_at_once_and_gone_after_the_next_run(
    case: Case, upload: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    file = Artifact.objects.get(upload=upload)
    item = actions.cite(file.pk, "3:1", "It fails", by=cast().sam, excerpt=f"sync of {NAME} failed")

    with django_capture_on_commit_callbacks(execute=True):
        count = actions.add_term(case.key, NAME, by=cast().sam, kind="tenant")
    meanwhile = signed_in(cast().sam).get(f"/evidence/files/{file.pk}").status_code
    with django_capture_on_commit_callbacks(execute=True):
        worker.drain()

    item.refresh_from_db()
    assert (count, meanwhile) == (1, 404)
    assert text_of(upload).count("<TENANT-") == 60
    assert "<TENANT-" in item.excerpt
    assert "<TENANT-" in case.messages.get(kind="ticket").text
    assert signed_in(cast().sam).get(f"/evidence/files/{file.pk}?at=3:1").status_code == 200
    assert lying_about(NAME) == []


def test_a_second_run_is_kept_beside_the_first_and_the_row_of_the_register_stays(case: Case, upload: Upload) -> None:
    actions.add_term(case.key, NAME, by=cast().sam)
    worker.drain()

    runs = list(RedactionRun.objects.filter(upload=upload).values_list("number", flat=True))
    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence/E-1").content.decode()
    assert runs == [1, 2]
    assert Item.objects.filter(case=case).count() == 1
    assert "Redacted again since, in run 2." in page


def test_a_value_that_was_masked_wrongly_comes_back_without_being_told(case: Case, upload: Upload) -> None:
    token = RedactionRun.objects.get(upload=upload).samples["email"][0]

    actions.keep_value(case.key, token, by=cast().lea)
    worker.drain()

    assert text_of(upload).count(ADDRESS) == 60
    assert ADDRESS not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_token_of_another_case_is_not_found(upload: Upload) -> None:
    other = make.case(severity=2)
    token = RedactionRun.objects.get(upload=upload).samples["email"][0]

    with pytest.raises(Refused, match="is not in anything that is still sealed"):
        actions.keep_value(other.key, token, by=cast().lea)


def test_only_whoever_may_remove_says_that_a_value_is_no_secret(case: Case, upload: Upload) -> None:
    with pytest.raises(Forbidden):
        actions.keep_value(case.key, "<X-0123456789abcdef>", by=cast().noor)


@pytest.mark.parametrize("word", ["", "ab", "x" * 201])
def test_a_word_that_would_mask_too_much_is_refused(case: Case, word: str) -> None:
    with pytest.raises(Refused, match="3 to 200 characters"):
        actions.add_term(case.key, word, by=cast().sam)


def test_a_picture_is_seen_by_nobody_else_before_a_person_looked_at_it(case: Case) -> None:
    picture = actions.attach(case.key, "screen.jpg", [photo()], by=cast().sam)
    worker.drain()
    file = Artifact.objects.get(upload=picture)
    watcher, sam = signed_in(cast().vic), signed_in(cast().sam)

    before = (
        sam.get(f"/evidence/files/{file.pk}").status_code,
        sam.get(f"/evidence/files/{file.pk}/picture").status_code,
    )
    refused = sam.post(f"/evidence/uploads/{picture.pk}/confirm", {"looked": "on", "shows": ""})
    sam.post(f"/evidence/uploads/{picture.pk}/confirm", {"looked": "on", "shows": "The sign-in page with an error"})
    answer = sam.get(f"/evidence/files/{file.pk}/picture")
    page = sam.get(f"/evidence/files/{file.pk}").content.decode()

    assert before == (404, 200)
    assert refused.status_code == 422
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert 'alt="The sign-in page with an error"' in page
    assert watcher.get(f"/evidence/files/{file.pk}/picture").status_code == 403
    assert lying_about(IN_PICTURE) == []


@pytest.mark.slow
@pytest.mark.requirement("R-041")
def test_evidence_that_comes_again_changed_is_a_new_version_and_the_old_one_still_opens(
    case: Case, upload: Upload
) -> None:
    old_hash = upload.sha256
    later = actions.attach(case.key, "app.log", [LOG + b"one line more\n"], by=cast().sam)
    worker.drain()

    sam, first, second = signed_in(cast().sam), *Item.objects.filter(case=case).order_by("number")
    old_page = sam.get(f"/cases/{case.key}/evidence/{first.key}").content.decode()
    old_text = sam.get(f"/evidence/files/{first.artifact_id}").content.decode()
    assert second.supersedes == first
    assert (first.sha256, second.sha256) == (old_hash, later.sha256)
    assert (old_hash in old_page, f"{second.key}</a> is the newer version" in old_page) == (True, True)
    assert "one line more" not in old_text
    assert text_of(later).endswith("one line more\n")


def test_a_row_of_the_register_says_who_looked_and_what_rests_on_it(case: Case, upload: Upload) -> None:
    signed_in(cast().lea).get(f"/evidence/uploads/{upload.pk}")

    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence/E-1").content.decode()

    assert f"{cast().lea.name} looked at it" in page
    assert upload.sha256 in page
    assert "Nothing cites it yet." in page


@pytest.mark.parametrize("key", ["E-9", "E-x", "E-", "E-99999999999999"])
def test_a_row_that_does_not_exist_is_not_found(case: Case, key: str) -> None:
    assert signed_in(cast().sam).get(f"/cases/{case.key}/evidence/{key}").status_code == 404


def test_evidence_leaves_when_its_months_are_over(
    case: Case, upload: Upload, django_capture_on_commit_callbacks: Any
) -> None:
    from tests.context.evidence.test_upload import files_in_store

    over = upload.expires_at
    assert over is not None
    early = actions.expire(over - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        late = actions.expire(over)

    upload.refresh_from_db()
    assert (early, late, actions.expire(over)) == (0, 1, 0)
    assert (upload.state, upload.sha256 != "") == (UploadState.EXPIRED, True)
    assert files_in_store() == []
    assert Event.objects.filter(kind="evidence.expired").count() == 1


def test_without_the_key_of_the_case_nothing_opens_and_no_token_is_traced_back(case: Case, upload: Upload) -> None:
    token = RedactionRun.objects.get(upload=upload).samples["email"][0]
    vault.destroy_key(case.key)

    with pytest.raises(Refused, match="was destroyed"):
        text_of(upload)
    with pytest.raises(Refused, match="was destroyed"):
        actions.keep_value(case.key, token, by=cast().lea)


def test_a_file_that_is_missing_from_the_store_is_said_in_a_sentence(upload: Upload) -> None:
    from django.core.files.storage import default_storage

    from sevline.vault.models import SealedFile

    for sealed in SealedFile.objects.filter(purpose="redacted"):
        default_storage.delete(sealed.name)

    with pytest.raises(Refused, match="missing from the store"):
        text_of(upload)


def test_a_file_that_was_changed_in_the_store_is_never_shown(upload: Upload) -> None:
    from django.core.files.storage import default_storage

    from sevline.vault.models import SealedFile
    from sevline.vault.sealing import Unreadable

    name = SealedFile.objects.get(purpose="redacted").name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"SVL1" + bytes(200)))

    with pytest.raises(Unreadable):
        text_of(upload)


def test_a_file_that_was_captured_under_a_wrong_clock_says_how_wrong(case: Case) -> None:
    origin = actions.Origin("pod log", "kubectl logs", clock.now(), skew_ms=-7000)
    actions.attach(case.key, "pod.log", [LOG], by=cast().sam, origin=origin)
    worker.drain()

    page = signed_in(cast().sam).get(f"/cases/{case.key}/evidence/E-1").content.decode()

    assert "-7,000 ms ahead of true time" in page
    assert "kubectl logs" in page


@pytest.mark.slow
def test_a_token_is_judged_once_a_person_says_when_it_was_used(case: Case) -> None:
    expired = actions.attach(case.key, "token.txt", [token({"iss": "i", "exp": 1_700_000_000}).encode()], by=cast().sam)
    worker.drain()
    before = times_of(expired)

    answer = signed_in(cast().sam).post(
        f"/evidence/uploads/{expired.pk}/role", {"role": "", "captured_at": "2023-11-16T10:00"}
    )
    worker.drain()

    assert (before, answer.status_code) == ({"NOT_EVALUATED"}, 302)
    assert times_of(expired) == {"FAIL"}
    assert Event.objects.filter(kind="evidence.capture_told").count() == 1


def times_of(upload: Upload) -> set[str]:
    run = RedactionRun.objects.filter(upload=upload).order_by("-number")[0]
    return {finding["state"] for finding in run.findings if finding["check_id"] == "OIDC07"}


def test_a_capture_in_the_future_is_refused(upload: Upload) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        actions.read_as(upload.pk, by=cast().sam, role="", captured_at=clock.now() + timedelta(hours=1))
