"""Programs bring evidence and fetch its report with an access token, and can do no more than it says."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from typer.testing import CliRunner

from sevline.cases.models import Case
from sevline.cli import build
from sevline.cli.send import _fingerprint
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from sevline.evidence.models import Sending, SendingPart, Upload, Way
from sevline.people import actions
from sevline.people.models import AccessToken, Person
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from tests import make
from tests.cast import cast, signed_in
from tests.context.evidence.tus import Sender

pytestmark = pytest.mark.django_db
SECRET = "helena.marsh-4417@brightwater.example"
LOG = f"2026-11-16T10:00:00Z ERROR sign-in of {SECRET} failed\n".encode()
BOTH = ("evidence:send", "evidence:read")


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


def token(person: Person, *scopes: str) -> actions.Told:
    return actions.make_token(by=person, name="nightly", scopes=scopes or BOTH, days=30)


def send(case: Case, secret: str, data: bytes = LOG, **headers: str) -> Any:
    address = f"/api/v1/cases/{case.key}/uploads?name=app.log&source=pod%20log"
    return Client().post(
        address, data, "application/octet-stream", headers={"Authorization": f"Bearer {secret}", **headers}
    )


def ask(address: str, secret: str) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def test_a_file_comes_in_and_its_report_goes_out_redacted(case: Case) -> None:
    secret = token(cast().sam).secret

    sent = send(case, secret)
    early = ask(sent.json()["report"], secret)
    worker.drain()
    state, report = ask(f"/api/v1/uploads/{sent.json()['id']}", secret), ask(sent.json()["report"], secret)

    upload = Upload.objects.get(case=case)
    assert (sent.status_code, early.status_code, state.status_code, report.status_code) == (201, 409, 200, 200)
    assert (upload.way, upload.received_by, upload.source) == (Way.API, cast().sam, "pod log")
    assert state.json()["state"] == "available"
    assert report.json()["redactions"]["counts"] == {"email": 1}
    assert SECRET not in report.content.decode()


def test_only_the_hash_of_a_token_is_kept_and_the_trail_has_neither(case: Case) -> None:
    told = token(cast().sam)
    send(case, told.secret)

    kinds = list(Event.objects.filter(kind__startswith="person.access_token").values_list("kind", flat=True))
    kept = [str(row) for row in (*AccessToken.objects.values(), *Event.objects.values())]
    assert kinds == ["person.access_token_made", "person.access_token_used"]
    assert not any(told.secret in row for row in kept)
    assert AccessToken.objects.get().used_at is not None


@pytest.mark.parametrize("secret", ["", "svl_guessed", "x" * 5000])
def test_whoever_has_no_token_hears_one_sentence(case: Case, secret: str) -> None:
    answer = send(case, secret)

    assert answer.status_code == 401
    assert "does not work" in answer.json()["error"]
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not Upload.objects.exists()


def test_a_token_dies_by_time_by_revocation_and_with_its_person(case: Case) -> None:
    late, revoked, orphan = token(cast().sam), token(cast().sam), token(cast().lea)
    AccessToken.objects.filter(pk=late.token.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    actions.revoke_token(cast().sam, revoked.token.pk)
    Person.objects.filter(pk=cast().lea.pk).update(is_active=False)

    assert [send(case, told.secret).status_code for told in (late, revoked, orphan)] == [401, 401, 401]


def test_a_session_opens_nothing_here(case: Case) -> None:
    assert (
        signed_in(cast().sam).post(f"/api/v1/cases/{case.key}/uploads?name=a.log", LOG, "text/plain").status_code == 401
    )


def test_a_token_does_what_its_scopes_say_and_no_more(case: Case) -> None:
    sends, reads = token(cast().sam, "evidence:send").secret, token(cast().sam, "evidence:read").secret

    sent = send(case, sends)

    assert send(case, reads).status_code == 403
    assert "evidence:read" in ask(f"/api/v1/uploads/{sent.json()['id']}", sends).json()["error"]


def test_a_token_is_never_more_than_its_person(case: Case) -> None:
    secret = token(cast().sam).secret
    Person.objects.filter(pk=cast().sam.pk).update(role_keys=["viewer"])

    assert send(case, secret).status_code == 403


def test_a_case_that_is_not_the_persons_to_see_does_not_exist(case: Case) -> None:
    secret = token(cast().sam).secret
    missing = Client().post(
        "/api/v1/cases/C-999999/uploads?name=a.log", LOG, "text/plain", headers={"Authorization": f"Bearer {secret}"}
    )

    assert missing.status_code == 404
    assert ask("/api/v1/uploads/999999", secret).json()["error"].startswith("There is nothing here")


def test_bad_files_are_refused_with_a_sentence(case: Case) -> None:
    answer = send(case, token(cast().sam).secret, b"")

    assert answer.status_code == 422
    assert "empty" in answer.json()["error"]


def test_guessing_is_slowed_down(case: Case) -> None:
    secret = token(cast().sam).secret
    for number in range(20):
        send(case, f"svl_guess{number}")

    assert send(case, secret).status_code == 401


def test_a_token_cannot_be_made_for_more_than_one_may(case: Case) -> None:
    with pytest.raises(Forbidden):
        token(cast().vic, "evidence:send")


@pytest.mark.parametrize(
    ("scopes", "name", "days"), [((), "a", 5), (("evidence:burn",), "a", 5), (BOTH, " ", 5), (BOTH, "a", 366)]
)
def test_what_makes_no_token_is_said(scopes: tuple[str, ...], name: str, days: int) -> None:
    with pytest.raises(Refused):
        actions.make_token(by=cast().sam, name=name, scopes=scopes, days=days)


def test_the_page_shows_a_token_once_and_revokes_it() -> None:
    page = signed_in(cast().sam)

    made = page.post("/people/me/tokens", {"name": "nightly", "scopes": BOTH, "days": 30})
    later = page.get("/people/me/tokens")
    page.post(f"/people/me/tokens/{AccessToken.objects.get().pk}/revoke")

    assert 'value="svl_' in made.content.decode()
    assert "svl_" not in later.content.decode()
    assert AccessToken.objects.get().revoked_at is not None


def test_somebody_elses_token_cannot_be_revoked() -> None:
    told = token(cast().sam)

    assert signed_in(cast().lea).post(f"/people/me/tokens/{told.token.pk}/revoke").status_code == 422
    assert AccessToken.objects.get().revoked_at is None


def in_parts(case: Case, secret: str) -> Sender:
    return Sender(Client(headers={"Authorization": f"Bearer {secret}"}), f"/api/v1/cases/{case.key}/sendings")


def test_a_file_in_parts_goes_on_where_the_connection_broke(case: Case) -> None:
    sender, data = in_parts(case, token(cast().sam, "evidence:send").secret), LOG * 2000
    sender.announce("app.log", len(data))

    broken = sender.push_broken(data, 0, 61_234)
    there = sender.offset()
    done = sender.push(data[there:], there)

    upload = Upload.objects.get(case=case)
    assert (broken.status_code, there, done.status_code) == (400, 61_234, 200)
    assert "connection broke" in broken.json()["error"]
    assert (done.json()["id"], done.json()["sha256"]) == (upload.pk, sha256(data).hexdigest())
    assert (upload.way, upload.received_by, upload.size) == (Way.API, cast().sam, len(data))


def test_a_file_that_a_program_announces_again_is_the_one_that_broke_off(case: Case) -> None:
    sender = in_parts(case, token(cast().sam).secret)
    sender.announce("app.log", 100_000, fingerprint="/var/log/app.log 100000 17")
    sender.push(b"a" * 70_000, 0)
    first = sender.at

    again = sender.announce("app.log", 100_000, fingerprint="/var/log/app.log 100000 17")

    assert (sender.at, again.headers["Upload-Offset"]) == (first, "70000")


def test_bytes_for_another_place_are_refused_to_a_program_with_the_place_to_go_on_from(case: Case) -> None:
    sender = in_parts(case, token(cast().sam).secret)
    sender.announce("app.log", 100)
    sender.push(b"a" * 10, 0)

    answer = sender.push(b"a" * 10, 0)

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "10")
    assert answer.json()["error"] == "The server has 10 bytes of this file; go on from there."


def test_a_file_in_parts_needs_a_token_that_sends_and_is_its_persons_alone(case: Case) -> None:
    sender, reads = in_parts(case, token(cast().sam).secret), token(cast().sam, "evidence:read").secret
    sender.announce("app.log", 100)
    others = Sender(Client(headers={"Authorization": f"Bearer {token(cast().lea).secret}"}), "", sender.at)

    assert in_parts(case, reads).announce("a.log", 10).status_code == 403
    assert in_parts(case, "svl_guessed").announce("a.log", 10).status_code == 401
    assert others.push(b"a" * 100, 0).status_code == 404


def test_a_file_that_a_program_gives_up_leaves_nothing(case: Case) -> None:
    sender = in_parts(case, token(cast().sam).secret)
    sender.announce("app.log", 100)
    sender.push(b"a" * 10, 0)

    given_up = sender.client.delete(sender.at)

    assert (given_up.status_code, SendingPart.objects.count(), Upload.objects.count()) == (204, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_the_command_sends_the_rest_of_a_file_of_which_an_earlier_run_sent_a_part(
    live_server: LiveServer, tmp_path: Path
) -> None:
    case, secret, log = make.case(severity=2), token(cast().sam).secret, tmp_path / "app.log"
    log.write_bytes(LOG * 1000)
    (tmp_path / "token").write_text(secret)
    size = log.stat().st_size
    sender = in_parts(case, secret)
    sender.announce("app.log", size, fingerprint=_fingerprint(log, size))
    sender.push(log.read_bytes()[:30_000], 0)

    words = ["send", case.key, str(log), "--server", live_server.url, "--token-file", str(tmp_path / "token")]
    done = CliRunner().invoke(build(), words)

    assert done.exception is None, done.output
    assert Upload.objects.get(case=case).sha256 == sha256(log.read_bytes()).hexdigest()
    assert Sending.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_sends_files_over_the_network(live_server: LiveServer, tmp_path: Path) -> None:
    case = make.case(severity=2)
    (tmp_path / "app.log").write_bytes(LOG * 1000)
    (tmp_path / "token").write_text(token(cast().sam).secret + "\n")

    words = [
        "send",
        case.key,
        str(tmp_path / "app.log"),
        "--server",
        live_server.url,
        "--token-file",
        str(tmp_path / "token"),
    ]
    done = CliRunner().invoke(build(), words)

    assert done.exception is None, done.output
    assert Upload.objects.get(case=case).sha256 in done.output


@pytest.mark.parametrize("server", ["http://desk.example", "desk.example", "ftp://desk.example"])
def test_a_token_is_not_sent_in_the_clear(tmp_path: Path, server: str) -> None:
    (tmp_path / "token").write_text("svl_x")
    done = CliRunner().invoke(
        build(), ["send", "C-1", str(tmp_path / "token"), "--server", server, "--token-file", str(tmp_path / "token")]
    )

    assert isinstance(done.exception, Refused)
    assert "https://" in str(done.exception)
