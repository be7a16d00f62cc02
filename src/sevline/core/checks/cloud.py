"""Failure signatures of providers and of the edge, and the layer that is most likely at fault."""

from collections.abc import Iterator

from sevline.core.cloud import WORDS, Sign, recognise
from sevline.core.finding import Finding, check, noted, warned
from sevline.core.readers.cloudtext import CloudText
from sevline.core.readers.http import AccessLog, Exchange, Traffic
from sevline.core.readers.traffic import COUNTED, MAX_CITED, Group, answer_text, groups


@check("CLOUD01", supports=("cloud-layer",))
def cloud_signature(snippet: CloudText) -> Iterator[Finding]:
    """Texts of load balancers, edge networks, firewalls, stores and queues: the layer most likely at fault"""
    if snippet.sign is None:
        yield noted(
            f"“{snippet.told[:120]}” bears no known signature of a provider: the layer is unknown.",
            snippet.cite(),
            next_step="Ask for the whole answer with its headers: Server, Via and the ids of requests name the layer.",
        )
        return
    times = f" {snippet.times} times" if snippet.times > 1 else ""
    yield _finding(snippet.sign, times, snippet)


def _finding(sign: Sign, times: str, snippet: CloudText) -> Finding:
    row = sign.row
    title = f"{row.provider}{times}: {row.means} Most likely at fault: {WORDS[row.layer]}."
    return warned(title, snippet.cite(), side=row.side, next_step=row.next)


@check("CLOUD02", supports=("cloud-layer",))
def cloud_answer(traffic: Traffic) -> Iterator[Finding]:
    """Failing calls by the signature that their answers bear: the layer most likely at fault, or that it is unknown"""
    unknown: list[Group] = []
    known: dict[str, str] = {}

    def why(call: Exchange) -> str:
        """Answers that differ in numbers alone bear the same signature, so that it is looked for once."""
        text = answer_text(call)
        shape = f"{call.status} {COUNTED.sub('#', text)}"
        if shape not in known:
            found = recognise(text)
            known[shape] = found.row.key if found is not None else ""
        return known[shape]

    for group in groups(traffic, lambda call: call.status in {403, 429} or call.status >= 500, why=why):
        call = group.first
        sign = recognise(answer_text(call))
        if sign is not None:
            title = f"{group.opening} answered {call.status} {group.times}. {sign.row.provider}: {sign.row.means} "
            yield warned(
                f"{title}Most likely at fault: {WORDS[sign.row.layer]}.",
                *group.cite("2xx"),
                side=sign.row.side,
                next_step=sign.row.next,
            )
        elif not isinstance(traffic, AccessLog):  # a log keeps no answer to know it by
            unknown.append(group)
    if unknown:
        yield _without_sign(unknown)


def _without_sign(unknown: list[Group]) -> Finding:
    """All failing answers that bear no signature, in one sentence: of each of them the checks by status tell."""
    calls = [call for group in unknown for call in group.calls]
    statuses = ", ".join(str(status) for status in sorted({call.status for call in calls}))
    them = (
        f"{unknown[0].opening} answered {statuses} {unknown[0].times}"
        if len(unknown) == 1
        else f"{len(calls)} calls to {len(unknown)} addresses answered {statuses}"
    )
    return noted(
        f"{them} without a known signature of a provider: the layer is unknown.",
        *(evidence for group in unknown[:MAX_CITED] for evidence in group.cite("2xx")[:1]),
    )
