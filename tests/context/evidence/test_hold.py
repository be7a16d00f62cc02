"""A legal hold keeps files, originals and keys beyond their time, until whoever decides about retention lifts it."""

from datetime import timedelta

import pytest

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence import actions
from sevline.evidence.models import Upload, UploadState
from sevline.governance import actions as governance
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.vault import actions as vault
from sevline.vault.models import SealedText
from tests import make
from tests.cast import cast, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]
WHY = "A regulator asked for everything of this case."
LATER = timedelta(days=500)


@pytest.fixture
def case() -> Case:
    made = make.case(severity=3)
    actions.attach(made.key, "app.log", [b"2026-11-16T10:00:00Z INFO started\n"], by=cast().sam)
    worker.drain()
    return made


def held(case: Case, by: Person | None = None) -> None:
    governance.set_hold(case.ref, by=by or cast().dir, reason=WHY)


def upload(case: Case) -> Upload:
    return Upload.objects.get(case=case)


def test_what_is_on_hold_does_not_expire_and_goes_after_the_hold_was_lifted(case: Case) -> None:
    held(case)
    at = clock.now() + LATER

    kept = actions.expire(at), vault.expire(at)
    texts = SealedText.objects.filter(case_key=case.key).count()
    governance.lift_hold(case.ref, by=cast().dir, reason="The regulator closed the matter.")
    gone = actions.expire(at)
    vault.expire(at)

    assert (kept, gone) == ((0, 0), 1)
    assert texts > 0
    assert upload(case).state == UploadState.EXPIRED
    assert SealedText.objects.filter(case_key=case.key).count() == 0


def test_a_hold_keeps_only_its_own_case(case: Case) -> None:
    other = make.case("Another", severity=3)
    held(other)

    assert actions.expire(clock.now() + LATER) == 1


def test_nothing_on_hold_is_removed_by_hand(case: Case) -> None:
    held(case)

    with pytest.raises(Refused, match="legal hold"):
        actions.remove(upload(case).pk, by=cast().sam, reason="Sent by mistake")

    assert upload(case).state == UploadState.AVAILABLE


def test_the_key_of_a_case_on_hold_is_not_destroyed(case: Case) -> None:
    held(case)

    with pytest.raises(Refused, match="legal hold"):
        vault.destroy_key(case.key)

    assert vault.redact(case.key, "as before").text == "as before"


@pytest.mark.parametrize("name", ["mia", "sol", "irina"])
def test_only_who_decides_about_retention_sets_or_lifts_a_hold(case: Case, name: str) -> None:
    with pytest.raises(Forbidden, match="director"):
        held(case, getattr(cast(), name))
    held(case)
    with pytest.raises(Forbidden, match="director"):
        governance.lift_hold(case.ref, by=getattr(cast(), name), reason="It is enough.")


def test_a_hold_takes_a_reason_stands_once_and_is_in_the_trail(case: Case) -> None:
    with pytest.raises(Refused, match="why"):
        governance.set_hold(case.ref, by=cast().dir, reason="because")
    held(case)
    with pytest.raises(Refused, match="already"):
        held(case)
    governance.lift_hold(case.ref, by=cast().dir, reason="The matter is closed.")

    rows = Event.objects.filter(case_key=case.key, kind__startswith="hold.").order_by("seq")
    assert [(row.kind, row.data["reason"]) for row in rows] == [
        ("hold.set", WHY),
        ("hold.lifted", "The matter is closed."),
    ]


def test_the_page_sets_it_and_the_evidence_says_so_to_everybody(case: Case) -> None:
    director, page = signed_in(cast().dir), f"/cases/{case.key}/legal-hold"

    sent = director.post(page, {"reason": WHY})
    shown = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()
    director.post(page, {"reason": "The matter is closed."})
    after = signed_in(cast().sam).get(f"/cases/{case.key}/evidence").content.decode()

    assert sent.status_code == 302
    assert "On legal hold" in shown
    assert WHY in shown
    assert "On legal hold" not in after
