"""Targets, probes, requests and their runs: only what the list allows is called, and what comes back is evidence."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

import pytest
from django.test import Client

from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.packet import draft
from sevline.core.rights import Forbidden
from sevline.customers.actions import add_profile_fact
from sevline.diagnosis import actions, selectors
from sevline.diagnosis.actions import targets
from sevline.diagnosis.models import Finding, JobState, Probe, Reproduction, RunSet, Target, Test
from sevline.escalations import actions as drafting
from sevline.escalations import selectors as packets
from sevline.evidence import actions as evidence
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.platform.models import Event
from sevline.platform.outgoing import admitted
from sevline.vault.models import SealedText
from tests import make
from tests.cast import cast
from tests.context.diagnosis import work
from tests.evidence import call, har_bytes
from tests.generators.echo import echoing
from tests.generators.faults import ANSWERS, certificate, serving

pytestmark = pytest.mark.django_db


SECRET = {"authorization": "real-" + "token"}
JWKS = b'{"keys":[{"kty":"RSA","kid":"k1","alg":"RS256","use":"sig","n":"AQAB","e":"AQAB"}]}'


@pytest.fixture
def case() -> Case:
    return make.case(severity=2)


@pytest.fixture
def opened(settings: Any) -> Any:
    """What an administrator would have to set by hand: this machine may be called, on any port."""
    ports = ",".join(map(str, range(1024, 65_536)))
    settings.OPTIONS = settings.OPTIONS.model_copy(
        update={"probe_inside": "127.0.0.0/8", "probe_ports": ports, "probe_pause_ms": 0, "probe_resolvers": ""}
    )
    return settings


def listed(case: Case, address: str, *, may_write: bool = False) -> Target:
    return actions.allow_target(
        case.key, by=cast().lea, address=address, why="Their staging; the owner agrees", may_write=may_write
    )


def probed(case: Case, target: Target, kind: str, path: str = "") -> Probe:
    probe = actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind=kind, path=path)
    worker.drain()
    probe.refresh_from_db()
    return probe


@pytest.mark.parametrize(
    "address",
    [
        "http://127.1", "http://0x7f.1", "http://2130706433", "[::ffff:127.0.0.1]", "169.254.169.254",
        "metadata.google.internal", "http://a@b.example", "http://[::]", "gopher://a.example", "file:///etc/passwd",
        "10.1.2.3", "[64:ff9b::7f00:1]", "localhost", "db.internal", "a.example:22",
    ],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_gets_on_the_list(case: Case, address: str) -> None:
    with pytest.raises(Refused):
        listed(case, address)


def test_where_a_network_was_opened_its_names_are_listed_and_their_addresses_still_judged(
    case: Case, opened: Any
) -> None:
    by_name = listed(case, "https://localhost:8443")

    with pytest.raises(Refused, match="is a name inside a network"):
        listed(case, "http://metadata.google.internal:8443")
    policy = targets.policy_of(case)
    with pytest.raises(Refused, match="is a private address"):
        admitted(by_name.origin, policy, lambda host, port: (ip_address("10.9.9.9"),))
    _, address = admitted(by_name.origin, policy, lambda host, port: (ip_address("127.0.0.1"),))
    assert str(address) == "127.0.0.1"


@pytest.mark.requirement("R-054")
def test_a_target_that_the_list_lacks_is_refused_and_one_that_left_it_too(case: Case, opened: Any) -> None:
    with echoing() as (base, asked):
        target = listed(case, base)
        queued = actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind="http")
        actions.remove_target(case.key, target.pk, by=cast().lea)
        worker.drain()

        with pytest.raises(Refused, match="not on the list"):
            actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind="http")

    queued.refresh_from_db()
    assert (queued.state, asked) == (JobState.REFUSED, [])
    assert "not on the list" in queued.said


@pytest.mark.requirement("R-054")
def test_a_document_that_redirects_to_the_metadata_service_is_not_followed(case: Case, opened: Any) -> None:
    hop = (302, {"Location": "http://169.254.169.254:8080/latest"}, b"")
    with echoing(answers={"/.well-known/openid-configuration": hop}) as (base, asked):
        probe = probed(case, listed(case, base), "oidc")

    assert probe.state == JobState.REFUSED
    assert len(asked) == 1


@pytest.mark.requirement("R-054")
@pytest.mark.slow
def test_for_an_expired_certificate_the_days_since_expiry_are_shown(case: Case, opened: Any, tmp_path: Any) -> None:
    _, context = certificate(tmp_path, ended=datetime.now(UTC) - timedelta(days=9, hours=1))
    with serving(ANSWERS["ok"], context, connections=12) as port:
        probe = probed(case, listed(case, f"https://127.0.0.1:{port}"), "tls")

    titles = list(Finding.objects.filter(case=case, check_id="NET06", state="FAIL").values_list("title", flat=True))
    assert probe.state == JobState.DONE
    assert any("9 days before this was recorded" in title for title in titles)
    assert probe.upload is not None
    assert probe.upload.way == "probe"


@pytest.mark.slow
def test_a_probe_of_http_is_read_by_the_checks_like_any_transcript(case: Case, opened: Any) -> None:
    with echoing(503) as (base, asked):
        probe = probed(case, listed(case, base), "http", "/health")

    checks = set(Finding.objects.filter(case=case, state="FAIL").values_list("check_id", flat=True))
    assert [one.path for one in asked] == ["/health"] * 3
    assert probe.said.startswith("503")
    assert "API12" in checks


@pytest.mark.slow
def test_a_closed_port_is_told_from_one_that_drops(case: Case, opened: Any) -> None:
    with echoing() as (base, _):
        target = listed(case, base)
    probe = probed(case, target, "connect")

    finding = Finding.objects.get(case=case, check_id="NET04", state="FAIL")
    assert probe.said.startswith("0 of 1")
    assert "refused" in finding.title


@pytest.mark.slow
def test_discovery_and_keys_become_evidence_of_openid_connect(case: Case, opened: Any) -> None:
    with echoing() as (base, asked):
        document = f'{{"issuer":"{base}","jwks_uri":"{base}/jwks","authorization_endpoint":"{base}/a"}}'.encode()
    config = "/.well-known/openid-configuration"
    answers: dict[str, tuple[int, dict[str, str], bytes]] = {config: (200, {}, document), "/jwks": (200, {}, JWKS)}
    port = int(base.rpartition(":")[2])
    with echoing(answers=answers, port=port) as (again, asked):
        probe = probed(case, listed(case, again), "oidc")

    assert [one.path for one in asked] == ["/.well-known/openid-configuration", "/jwks"]
    assert probe.upload is not None
    assert set(probe.upload.runs.get().gave) >= {"Discovery", "Jwks"}


def test_a_webhook_is_only_posted_to_a_test_environment(case: Case, opened: Any) -> None:
    with echoing() as (base, asked):
        target = listed(case, base)
        with pytest.raises(Refused, match="where data may change"):
            actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind="webhook")

    assert asked == []


def test_more_calls_than_an_hour_allows_are_refused(case: Case, opened: Any) -> None:
    opened.OPTIONS = opened.OPTIONS.model_copy(update={"probe_calls_hour": 8})
    target = listed(case, "http://127.0.0.1:9999")
    actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind="connect")

    with pytest.raises(Refused, match="at most 8 calls within an hour"):
        actions.ask_probe(case.key, by=cast().sam, target=target.pk, kind="connect")


def test_an_agent_calls_and_does_not_allow_and_a_director_does_neither(case: Case) -> None:
    with pytest.raises(Forbidden):
        actions.allow_target(case.key, by=cast().sam, address="a.example", why="x")
    target = listed(case, "a.example")
    with pytest.raises(Forbidden):
        actions.ask_probe(case.key, by=cast().dir, target=target.pk, kind="http")


def saved(case: Case, command: str = "") -> int:
    token = "s3cr3t" + "-value-1234567890"
    text = (
        command or f"curl -H 'Authorization: Bearer {token}' -H 'Accept: text/plain' https://api.example.com/v1/a?b=1"
    )
    return actions.keep_curl(case.key, by=cast().sam, command=text).number


@pytest.mark.slow
def test_a_recorded_call_becomes_a_request_without_secrets_and_once(case: Case) -> None:
    secret = "s3cr3t" + "-value-1234567890"
    recorded = call(401, method="POST", sent={"Authorization": f"Bearer {secret}"}, post='{"a":1}')
    evidence.attach(case.key, "orders.har", [har_bytes(call(200), recorded)], by=cast().sam)
    worker.drain()
    file = selectors.recordings(cast().sam, case).get()

    first = actions.keep_call(case.key, file.pk, "/log/entries/1/response/status", by=cast().sam)
    again = actions.keep_call(case.key, file.pk, "/log/entries/1", by=cast().sam)

    assert first == again
    assert (first.spec["method"], first.status, first.spec["variables"]) == ("POST", 401, ["authorization"])
    assert secret not in str(first.spec)


@pytest.mark.requirement("R-078")
@pytest.mark.slow
def test_k_of_n_runs_become_a_test_a_reproduction_and_evidence_for_the_hypothesis(case: Case, opened: Any) -> None:
    hypothesis = work.proposed(case)
    number = saved(case)
    with echoing(in_turn=(503, 503, 200, 503, 503)) as (base, asked):
        actions.ask_runs(
            case.key, number, by=cast().sam, target=listed(case, base).pk, runs=5, statuses=[503],
            secrets={"authorization": "real-" + "token"}, hypothesis=hypothesis.number, means="supports",
        )  # fmt: skip
        worker.drain()

    row, kept = RunSet.objects.get(case=case), Reproduction.objects.get(case=case)
    assert (row.failed, row.runs, row.said) == (4, 5, "4 of 5, 80 %")
    assert (kept.failed, kept.runs, str(selectors.rate_of(kept).percent)) == (4, 5, "80")
    assert Test.objects.get(case=case).conclusion == "supports"
    assert [link.item for link in hypothesis.links.all()] == [row.item]
    assert {one.headers["authorization"] for one in asked} == {"Bearer real-" + "token"}
    assert [one.path for one in asked] == ["/v1/a"] * 5


@pytest.mark.slow
def test_values_of_secrets_are_gone_when_the_runs_have_ended(
    case: Case, opened: Any, caplog: pytest.LogCaptureFixture
) -> None:
    number = saved(case, "curl -H 'Authorization: Bearer abc-def-ghi' 'https://api.example.com/a?api_key=abc-def-ghi'")
    with echoing() as (base, _):
        row = actions.ask_runs(
            case.key, number, by=cast().sam, target=listed(case, base).pk, runs=1, statuses=[500],
            secrets=dict.fromkeys(("authorization", "api_key"), "real-" + "token"),
        )  # fmt: skip
        held = row.sealed_id or 0
        worker.drain()

    row.refresh_from_db()
    assert "real-" + "token" not in caplog.text
    assert (row.sealed_id, SealedText.objects.filter(pk=held).exists()) == (None, False)
    assert "real-" + "token" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.requirement("R-080")
@pytest.mark.slow
def test_sets_that_differ_in_browser_and_flag_are_not_conclusive(case: Case, opened: Any) -> None:
    number = saved(case)
    with echoing() as (base, _):
        target = listed(case, base)
        for told in ({"browser": "firefox", "flag": "on"}, {"browser": "chrome", "flag": "off"}):
            actions.ask_runs(
                case.key, number, by=cast().sam, target=target.pk, runs=1, statuses=[500], variables=told,
                secrets={"authorization": "x"},
            )  # fmt: skip
        worker.drain()

    found = selectors.compared(selectors.run_sets(cast().sam, case))
    assert found is not None
    assert [one.sentence for _, one in found.pairs] == ["2 variables changed — not conclusive"]


def test_what_may_change_data_is_only_repeated_against_a_test_environment(case: Case, opened: Any) -> None:
    number = saved(case, "curl -X POST https://api.example.com/v1/a -d x=1")
    target = listed(case, "http://127.0.0.1:9999")

    with pytest.raises(Refused, match="A POST may change data"):
        actions.ask_runs(case.key, number, by=cast().sam, target=target.pk, runs=3, statuses=[500])


@pytest.mark.requirement("R-081")
def test_an_unpinned_image_is_warned_about_and_a_secret_is_refused(case: Case) -> None:
    recipe = actions.save_recipe(case.key, by=cast().sam, text="services:\n  web:\n    image: nginx:1.27\n")

    with pytest.raises(Refused, match="holds a secret in DB_PASSWORD"):
        actions.save_recipe(
            case.key, by=cast().sam,
            text="services:\n  web:\n    image: nginx:1.27\n    environment:\n      DB_PASSWORD: hun" + "ter2-long\n",
        )  # fmt: skip

    facts = packets.facts_of(drafting.draft(case.key, by=cast().sam))
    assert len(recipe.warnings) == 1
    assert "  image: nginx:1.27" in draft(facts).texts["p6"]
    assert "not pinned" in recipe.warnings[0]


def client(who: Person) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


def test_the_page_leads_from_a_curl_command_to_a_request_in_every_form(case: Case) -> None:
    browser = client(cast().sam)
    page = f"/cases/{case.key}/outside"

    sent = browser.post(f"{page}/curl", {"command": "curl -u kim:pw0rd-x https://api.example.com/v1/a"}, follow=True)

    text = sent.content.decode()
    assert sent.status_code == 200
    assert "{{authorization}}" in text
    assert "pw0rd-x" not in text
    assert all(words in text for words in ("curl -sS -i", "httpx.request(", "collection.json"))


@pytest.mark.slow
def test_how_many_clean_runs_verify_a_fix_is_told_of_the_request_that_failed_alone(case: Case, opened: Any) -> None:
    failing = saved(case)
    other = saved(case, "curl https://api.example.com/v1/other")
    with echoing(in_turn=(503, 200, 503)) as (base, _):
        target = listed(case, base).pk
        actions.ask_runs(case.key, failing, by=cast().sam, target=target, runs=3, statuses=[503], secrets=SECRET)
        worker.drain()

    shown = {
        number: client(cast().sam).get(f"/cases/{case.key}/outside/requests/{number}").content.decode()
        for number in (failing, other)
    }

    assert "clean runs verify a fix: before it, 2/3 on" in shown[failing]
    assert "clean runs verify a fix" not in shown[other]


def test_a_lead_allows_a_target_on_the_page_and_an_agent_is_told_who_may(case: Case) -> None:
    page = f"/cases/{case.key}/outside"
    before = client(cast().sam).get(page).content.decode()

    sent = client(cast().lea).post(f"{page}/targets", {"address": "a.example", "why": "Their owner agrees"})

    assert "Nothing may be called for this case yet. Lead, shift lead" in before
    assert sent.status_code == 302
    assert "https://a.example" in client(cast().sam).get(page).content.decode()


@pytest.mark.slow
def test_the_profile_becomes_evidence_and_what_nobody_verified_for_180_days_is_told(case: Case) -> None:
    assert case.account is not None
    with clock.held_at(clock.now() - timedelta(days=181)):
        add_profile_fact(case.account, by=cast().lea, kind="egress", value="203.0.113.7", source="their admin")

    actions.add_profile(case.key, by=cast().sam)
    worker.drain()

    (finding,) = Finding.objects.filter(case=case, check_id="PROF01")
    assert finding.state == "WARN"
    assert "verify it" in finding.title
