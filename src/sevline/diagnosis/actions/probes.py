"""Looking at an allowed target from here: asked for by a person, done by a job, kept as evidence."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import transaction

from sevline.cases.actions.working import locked_open, settle
from sevline.core.lifecycle import Refused
from sevline.core.probing import KINDS, ProbeKind, Seen, known_kind
from sevline.core.rights import Right, require
from sevline.core.target import parsed
from sevline.diagnosis.actions.common import next_number
from sevline.diagnosis.actions.targets import check_rate, open_ports, opened_inside, policy_of, target_of
from sevline.diagnosis.events import ProbeAsked, ProbeEnded
from sevline.diagnosis.models import JobState, Probe
from sevline.evidence import actions as evidence
from sevline.evidence.models import Upload, Way
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.events import record
from sevline.platform.probing import Where, look, url_of
from sevline.vault import actions as vault

CALLS = 6  # of one probe, at most


@transaction.atomic
def ask_probe(case_key: str, *, by: Person, target: int, kind: str, path: str = "") -> Probe:
    """Queue a probe of a target that is on the case's list."""
    require(by, Right.TARGET_CALL)
    case = locked_open(by, case_key)
    wanted, allowed = known_kind(kind), target_of(case, target)
    check_rate(case, CALLS)
    if wanted is ProbeKind.WEBHOOK and not allowed.may_write:
        raise Refused("This posts an event, and the target is not marked as one where data may change.")
    usual = KINDS[wanted][2]
    typed = (path.strip() or usual) if usual else ""  # names and connections have no path
    url = url_of(allowed.scheme, allowed.host, allowed.port, "/" + typed.lstrip("/"))
    where = parsed(url, ports=open_ports(), inside=bool(opened_inside()))
    now = clock.now()
    probe = Probe.objects.create(
        case=case,
        number=next_number(Probe.objects.all(), case),
        target=allowed,
        kind=wanted,
        path=vault.redact(case.key, where.path).text[:300] if usual else "",
        by=by,
        at=now,
    )
    event = ProbeAsked(
        by=by.ref, subject=case.ref, case=case.key, probe=probe.key, target=allowed.origin, what=wanted, path=probe.path
    )
    settle(case, event, at=now)
    return probe


def run_probe(probe_id: int) -> str:
    """Look, and attach what was seen. A job that runs twice looks twice and keeps one answer."""
    if not Probe.objects.filter(pk=probe_id, state__in=(JobState.QUEUED, JobState.RUNNING)).update(
        state=JobState.RUNNING
    ):
        return Probe.objects.get(pk=probe_id).state
    probe = Probe.objects.select_related("case", "target", "by").get(pk=probe_id)
    try:
        target_of(probe.case, probe.target_id)
        url = url_of(probe.target.scheme, probe.target.host, probe.target.port, probe.path)
        pause = settings.OPTIONS.probe_pause_ms / 1000
        seen = look(ProbeKind(probe.kind), Where(url, policy_of(probe.case), resolvers(), pause=pause))
        upload = _attached(probe, seen)
    except Refused as refusal:
        return _ended(probe, JobState.REFUSED, " ".join(refusal.reasons), None)
    return _ended(probe, JobState.DONE, seen.said, upload)


def resolvers() -> Sequence[str]:
    """This machine's own name server, then those of the settings."""
    import dns.exception
    import dns.resolver

    try:
        own = [str(server) for server in dns.resolver.get_default_resolver().nameservers[:1]]
    except (dns.exception.DNSException, OSError):
        own = []
    named = filter(None, map(str.strip, settings.OPTIONS.probe_resolvers.split(",")))
    return tuple(dict.fromkeys([*own, *named]))


def _attached(probe: Probe, seen: Seen) -> Upload:
    stem = f"{probe.key}-{probe.kind}"
    name, data = seen.files[0]
    name, data = (f"{stem}-{name}", data) if len(seen.files) == 1 else (f"{stem}.zip", _packed(seen.files))
    now = clock.now()
    title, how, _ = KINDS[ProbeKind(probe.kind)]
    origin = evidence.Origin("probe from this workbench", f"{title}: {how}; {probe.target.origin}{probe.path}", now)
    return evidence.attach(probe.case.key, name, _blocks(data), by=probe.by, origin=origin, way=Way.PROBE)


def _blocks(data: bytes) -> Iterator[bytes]:
    yield data


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return held.getvalue()


@transaction.atomic
def _ended(probe: Probe, state: JobState, said: str, upload: Upload | None) -> str:
    now = clock.now()
    told = vault.redact(probe.case.key, said).text[:300]
    done = Probe.objects.filter(pk=probe.pk, state=JobState.RUNNING)
    if done.update(state=state, said=told, upload=upload, ended_at=now):
        event = ProbeEnded(
            by=probe.by.ref, subject=probe.case.ref, case=probe.case.key, probe=probe.key, state=state, said=told
        )
        record(event, at=now)
    return state
