"""Redirects that do not arrive, or only after many steps."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

from sevline.core.finding import Finding, Side, failed, warned
from sevline.core.readers.http import Exchange, Har

MAX_HOPS = 3


def redirect_findings(har: Har) -> Iterator[Finding]:
    """Redirect loops, and chains of more than three redirects."""
    seen: set[str] = set()
    for index, call in enumerate(har.exchanges):
        if call.locator in seen:
            continue
        chain = _chain(index, har)
        seen.update(each.locator for each in chain)
        hops = [each for each in chain if each.redirect and 300 <= each.status < 400]
        if _loops(chain, hops):
            yield _loop(chain, hops)
        elif len(hops) > MAX_HOPS:
            yield warned(
                f"{hops[0].opening} is redirected {len(hops)} times before it arrives.",
                *(each.cite("redirect", each.redirect.split("?", 1)[0]) for each in hops[:6]),
                side=Side.OUR_APP,
                next_step="Let the first address redirect to the last one at once.",
            )


def _chain(at: int, har: Har) -> list[Exchange]:
    """Follow Location from call to call in file order."""
    calls = har.exchanges
    chain = [calls[at]]
    while chain[-1].redirect and 300 <= chain[-1].status < 400 and len(chain) < 60:
        wanted = _joined(chain[-1])
        following = next(
            (index for index in range(at + 1, len(calls)) if urldefrag(calls[index].url)[0] == wanted), None
        )
        if following is None:
            break
        at = following
        chain.append(calls[at])
    return chain


def _joined(call: Exchange) -> str:
    try:
        return urldefrag(urljoin(call.url, call.redirect))[0]
    except ValueError:
        return ""


def _loops(chain: list[Exchange], hops: list[Exchange]) -> bool:
    """An address three times in one chain, a redirect to itself that never arrives, or the browser's own
    word for it.
    """
    if any("TOO_MANY_REDIRECTS" in call.error for call in chain):
        return True
    if not hops or len(hops) < len(chain):
        return False
    visited = [call.url for call in chain] + [_joined(hops[-1])]
    return any(visited.count(url) >= 3 for url in visited) or (visited[-1] in visited[:-1] and len(hops) > MAX_HOPS)


def _loop(chain: list[Exchange], hops: list[Exchange]) -> Finding:
    cited = hops[:6] or chain
    addresses = list(dict.fromkeys(call.url.split("?", 1)[0] for call in cited))
    return failed(
        f"Redirect loop over {len(addresses)} address(es): " + " → ".join(addresses[:4]) + ".",
        *(
            call.cite("redirect" if call.redirect else "error", call.redirect or call.error, "an address that answers")
            for call in cited
        ),
        side=Side.OUR_APP,
        next_step="Look at what each address wants before it answers: a cookie that is not kept, "
        "or http and https taken for one another.",
    )
