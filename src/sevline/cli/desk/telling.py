"""What the terminal says about the sample case: what was redacted, what was found, what the packet is worth."""

from collections import Counter
from collections.abc import Iterator

from sevline.cli.desk.loading import Loaded
from sevline.core import packet as core
from sevline.core.mining.slots import as_read
from sevline.diagnosis.models import Finding
from sevline.escalations.selectors.packet import packet
from sevline.evidence.models import Pattern, RedactionRun
from sevline.people.selectors import demo_desk


def tell(loaded: Loaded) -> Iterator[str]:
    case = loaded.case
    yield ""
    yield f"{case.key}  {case.title}  (Sev{case.severity} by rule {case.severity_rule})"
    yield from _redacted(loaded)
    yield from _patterns(loaded)
    yield from _findings(loaded)
    yield from _packet(loaded)
    yield ""
    yield f"The demo desk holds {loaded.cases} cases. Everybody signs in with the password {loaded.password}"
    for person in demo_desk():
        yield f"  {person.email:<26} {person.roles}"
    yield ""


def _redacted(loaded: Loaded) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for run in RedactionRun.objects.filter(upload__case=loaded.case):
        counts.update(run.counts)
    for message in loaded.case.messages.all():
        counts.update(message.counts)
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.most_common(8))
    yield f"  Redacted   {sum(counts.values())} values before anything was shown: {listed}"


def _patterns(loaded: Loaded) -> Iterator[str]:
    rows = Pattern.objects.filter(artifact__upload__case=loaded.case)
    yield f"  Patterns   {rows.count()} in {sum(row.count for row in rows):,} records"
    for row in rows.order_by("-count", "pk")[:4]:
        yield f"             {row.count:>5} × {as_read(row.template).splitlines()[0][:88]}"


def _findings(loaded: Loaded) -> Iterator[str]:
    rows = Finding.objects.filter(case=loaded.case)
    states = Counter(row.state for row in rows)
    told = [f"{states[state]} {state}" for state in ("FAIL", "WARN", "PASS", "INFO") if states[state]]
    yield f"  Findings   {', '.join(told)}; {states['NOT_EVALUATED']} more checks wait for their input"
    for row in rows.filter(state__in=("FAIL", "WARN")).order_by("state", "check_id", "pk")[:6]:
        yield f"             {row.state} {row.check_id}: {row.title[:92]}"


def _packet(loaded: Loaded) -> Iterator[str]:
    _, score = packet(loaded.escalation)
    needed = "hard gates only" if score.threshold is None else f"{score.threshold} needed"
    yield f"  Packet     {loaded.escalation.key} scores {core.number(score.points)} of 100 ({needed}); next points:"
    for step in score.next_steps[:3]:
        yield f"             +{core.number(step.to_win)} {step.id} {step.title}: {step.sentence}"
