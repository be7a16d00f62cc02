"""The hosts that may be called for a case, and how often."""

from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from sevline.cases.actions.working import locked_open, settle
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.core.rights import Right, require
from sevline.core.target import PORTS, Address, parsed
from sevline.diagnosis.actions.common import said
from sevline.diagnosis.events import TargetAllowed, TargetRemoved
from sevline.diagnosis.models import Probe, RunSet, Target
from sevline.people.models import Person
from sevline.platform import clock
from sevline.platform.outgoing import Policy

MOST_TARGETS = 20


@transaction.atomic
def allow_target(case_key: str, *, by: Person, address: str, why: str, may_write: bool = False) -> Target:
    """Put a host and port on the list of a case. Whether its addresses may be called is judged anew at each call."""
    require(by, Right.TARGET_ALLOW)
    case = locked_open(by, case_key)
    scheme, host, port = place_of(address)
    reason = said(case, "target", why, "Say why it is called, and that its owner agrees.", 200)
    if Target.objects.filter(case=case, removed_at=None).count() >= MOST_TARGETS:
        raise Refused(f"A case has at most {MOST_TARGETS} targets; remove one first.")
    if Target.objects.filter(case=case, host=host, port=port, removed_at=None).exists():
        raise Refused(f"{host} with port {port} is on the list already.")
    now = clock.now()
    target = Target.objects.create(
        case=case, host=host, port=port, scheme=scheme, why=reason, may_write=may_write, by=by, at=now
    )
    settle(
        case,
        TargetAllowed(
            by=by.ref, subject=case.ref, case=case.key, target=target.origin, why=reason, may_write=may_write
        ),
        at=now,
    )
    return target


def place_of(address: str) -> tuple[str, str, int]:
    """Scheme, host and port of what somebody typed; Refused for a spelling of an inner name or a closed port."""
    typed = address.strip()
    typed = typed if "://" in typed else f"https://{typed}"
    try:
        has_port = urlsplit(typed).port is not None
    except ValueError:
        raise Refused("The address cannot be read.") from None
    found = parsed(typed, ports=open_ports(), inside=bool(opened_inside()))
    if found.address is not None:
        _judged(found.address)
    return found.scheme, found.host, found.port if has_port else PORTS[found.scheme]


def _judged(address: Address) -> None:
    """A number is judged at once, so that a private one is not even listed."""
    if closed := Policy(inside=opened_inside()).why_closed(address):
        raise Refused(closed)


def open_ports() -> frozenset[int]:
    return frozenset(int(port) for port in settings.OPTIONS.probe_ports.split(","))


def opened_inside() -> tuple[IPv4Network | IPv6Network, ...]:
    named = filter(None, map(str.strip, settings.OPTIONS.probe_inside.split(",")))
    return tuple(ip_network(one) for one in named)


@transaction.atomic
def remove_target(case_key: str, target_id: int, *, by: Person) -> Target:
    """Take a host off the list; what waits for it is refused when its turn comes."""
    require(by, Right.TARGET_ALLOW)
    case = locked_open(by, case_key)
    target = target_of(case, target_id)
    now = clock.now()
    target.removed_at = now
    target.save(update_fields=["removed_at"])
    settle(case, TargetRemoved(by=by.ref, subject=case.ref, case=case.key, target=target.origin), at=now)
    return target


def target_of(case: Case, target_id: int) -> Target:
    """A target on the list of this case; Refused when it is on none or was removed."""
    found = Target.objects.filter(case=case, pk=target_id, removed_at=None).first()
    if found is None:
        raise Refused("This target is not on the list of the case. A lead can put it there.")
    return found


def policy_of(case: Case) -> Policy:
    """What may be called for a case now: its list, and what the administrator opened."""
    targets = list(Target.objects.filter(case=case, removed_at=None))
    return Policy(
        hosts=frozenset(target.host for target in targets),
        ports=frozenset(target.port for target in targets) & open_ports() or frozenset({443}),
        tls_only_redirects=not any(target.scheme == "http" for target in targets),
        inside=opened_inside(),
    )


def check_rate(case: Case, more: int) -> None:
    """Refused when the calls of the last hour and these would pass what a case may make."""
    since = clock.now() - timedelta(hours=1)
    probes = Probe.objects.filter(case=case, at__gt=since).count() * 3
    runs = RunSet.objects.filter(case=case, at__gt=since).aggregate(sum=Sum("runs"))["sum"] or 0
    most = settings.OPTIONS.probe_calls_hour
    if probes + runs + more > most:
        raise Refused(
            f"A case makes at most {most} calls within an hour; {probes + runs} were asked for. Wait a while."
        )
