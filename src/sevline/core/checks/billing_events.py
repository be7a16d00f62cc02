"""Billing events expected against those received: missing, doubled, changed, out of sequence. No amount is shown."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sevline.core.finding import Finding, Side, check, failed, not_told, passed, warned
from sevline.core.readers.billing import BillingEvent, BillingExpected, BillingReceived


@check("BILL01", supports=("billing-missing",), refutes=("billing-missing",))
def missing(expected: BillingExpected, received: BillingReceived) -> Iterator[Finding]:
    """Events that were expected and never received, and ones that nobody expects"""
    there, known = {event.id for event in received.events}, {event.id for event in expected.events}
    lost = [event for event in expected.events if event.id not in there]
    strange = [event for event in received.events if event.id not in known]
    if lost:
        yield failed(
            f"{len(lost)} of {len(expected.events):,} expected billing events were not received.",
            *(expected.cite(event, f"{event.id} ({event.type})", "received") for event in lost[:5]),
            side=Side.OUR_INFRA,
            next_step="Send these ids again under their own idempotency keys; tell Finance which accounts they "
            "concern.",
        )
    if strange:
        yield warned(
            f"{len(strange)} received billing events were not expected.",
            *(received.cite(event, f"{event.id} ({event.type})", "an expected event") for event in strange[:5]),
            side=Side.OUR_APP,
            next_step="Look whether the expected list is complete, or another writer sends events.",
        )
    if not lost and not strange:
        yield passed(
            f"All {len(expected.events):,} expected billing events were received.",
            expected.cite(expected.events[0], "received"),
        )


@check("BILL02", supports=("billing-duplicates",), refutes=("billing-duplicates",))
def doubled(received: BillingReceived) -> Iterator[Finding]:
    """Events received more than once, by id or by idempotency key"""
    seen: dict[str, BillingEvent] = {}
    keys: dict[str, BillingEvent] = {}
    twice: list[BillingEvent] = []
    reused: list[BillingEvent] = []
    for event in received.events:
        if event.id in seen:
            twice.append(event)
        elif event.key and event.key in keys:
            reused.append(event)
        seen.setdefault(event.id, event)
        keys.setdefault(event.key, event)
    if twice:
        yield failed(
            f"{len(twice)} billing event{'s were' if len(twice) > 1 else ' was'} received twice.",
            *(received.cite(event, f"{event.id} again", "each event once") for event in twice[:5]),
            side=Side.OUR_APP,
            next_step="Let the receiver keep the ids it has booked; check with Finance which of these were "
            "charged twice.",
        )
    if reused:
        yield failed(
            f"{len(reused)} billing events carry an idempotency key that another event has used.",
            *(
                received.cite(event, f"{event.id}, key of {keys[event.key].id}", "a key of its own")
                for event in reused[:5]
            ),
            side=Side.OUR_APP,
            next_step="Make one key for each event; the receiver may have dropped the second one as a repeat.",
        )
    if not twice and not reused:
        yield passed(
            f"None of {len(received.events):,} billing events came twice.", received.cite(received.events[0], "once")
        )


@check("BILL03", supports=("billing-order",), refutes=())
def sequence(received: BillingReceived) -> Iterator[Finding]:
    """Events of one subject arrive in their sequence"""
    subjects: dict[str, list[BillingEvent]] = {}
    for event in received.events:
        if event.sequence is not None or event.at is not None:
            subjects.setdefault(event.subject, []).append(event)
    if not subjects:
        yield not_told(
            "Whether billing events came in sequence.",
            "time or sequence number of each billing event",
            next_step=BillingReceived.how,
        )
        return
    wrong = [(early, late) for events in subjects.values() for early, late in pairwise(events) if _after(early, late)]
    if wrong:
        yield failed(
            f"{len(wrong)} billing events came out of sequence.",
            *(
                received.cite(late, f"{late.id} ({late.type})", f"before {early.id} ({early.type})")
                for early, late in wrong[:5]
            ),
            side=Side.OUR_APP,
            next_step="Let the receiver order by sequence or time before it books, and hold back an event "
            "whose predecessor is missing.",
        )


def _after(early: BillingEvent, late: BillingEvent) -> bool:
    if early.id == late.id:
        return False
    if early.sequence is not None and late.sequence is not None:
        return late.sequence < early.sequence
    return bool(early.at and late.at and late.at < early.at)


@check("BILL04", supports=("billing-amount",), refutes=("billing-amount",))
def amounts(expected: BillingExpected, received: BillingReceived) -> Iterator[Finding]:
    """Amount and type of each event are the same on both sides; amounts are compared and not shown"""
    there = {event.id: event for event in received.events}
    pairs = [(event, there[event.id]) for event in expected.events if event.id in there]
    other = [(one, two) for one, two in pairs if _differs(one, two)]
    if other and (factor := _unit(pairs)):
        yield warned(
            f"All {len(pairs):,} amounts are {factor} times as large on one side: one of the two writes minor "
            "units, such as cents, in a column that does not say so.",
            *(received.cite(two, f"{two.id}: {factor} times the other", "the same unit") for _, two in pairs[:3]),
            side=Side.OUR_APP,
            next_step="Name the column for its unit, such as amount_cents, and read both lists again.",
        )
    elif other:
        yield failed(
            f"{len(other)} billing events have another amount or type on the other side.",
            *(received.cite(two, f"{two.id}: {_what(one, two)} differs", "as expected") for one, two in other[:5]),
            side=Side.OUR_APP,
            next_step="Hand the ids to Finance; compare currency, tax and rounding for one of them.",
        )
    elif pairs:
        yield passed(
            f"{len(pairs):,} billing events have the same amount and type on both sides.",
            received.cite(pairs[0][1], "equal"),
        )


def _differs(one: BillingEvent, two: BillingEvent) -> bool:
    return one.amount != two.amount or bool(one.type and two.type and one.type != two.type)


def _unit(pairs: Sequence[tuple[BillingEvent, BillingEvent]]) -> int:
    """100 or 1,000 where each of at least three amounts is so many times as large on the same side; else 0."""
    if any(one.type and two.type and one.type != two.type for one, two in pairs):
        return 0
    some = [(one, two) for one, two in pairs if one.amount or two.amount]  # nothing is nothing in every unit
    told = {round(two.amount / one.amount, 6) if one.amount and two.amount else 0.0 for one, two in some}
    factor = next(iter(told)) if len(told) == 1 and len(some) >= 3 else 0.0
    return {100.0: 100, 0.01: 100, 1000.0: 1_000, 0.001: 1_000}.get(factor, 0)


def _what(one: BillingEvent, two: BillingEvent) -> str:
    return " and ".join(
        word for word, same in (("amount", one.amount == two.amount), ("type", one.type == two.type)) if not same
    )
