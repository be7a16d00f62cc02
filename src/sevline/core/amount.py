"""Numbers of things in sentences."""

import re

TENTHS_UNTIL = 100


def amount(count: int, one: str, many: str = "") -> str:
    """“1 record”, “1,204 records”; `many` where it is not `one` with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def times(ratio: float) -> str:
    """“5.3”, “4,346”: nobody knows the tenth of a hundredfold."""
    return f"{ratio:,.0f}" if ratio >= TENTHS_UNTIL else f"{ratio:.1f}"


def sentence_of(count: int, one: str, many: str) -> str:
    """The sentence for a single thing, or the one for so many, in which `{:,}` stands for the number."""
    return (one if count == 1 else many).format(count)


#: What checks count, one and many.
_THINGS = {
    many: one
    for one, many in (
        *((one, f"{one}s") for one in (
            "job", "pod", "container", "service", "node", "quota", "rollout", "autoscaler", "span", "trace", "attempt",
            "answer", "range", "row", "certificate", "assertion", "run", "tenant", "user", "reference", "fact", "id",
            "request", "block", "record", "error", "payload", "pause", "pattern", "item", "key", "amount", "event",
            "byte", "network", "call", "file", "failure", "time", "value", "claim", "restart", "cookie", "value",
            "replica", "character", "day", "hour", "deploy", "token", "scope", "header", "field", "column", "page",
            "lookup", "resolver", "version", "redirect", "hop", "message", "line", "log", "other",
        )),
        ("address", "addresses"), ("ingress", "ingresses"), ("child", "children"), ("query", "queries"),
        ("delivery", "deliveries"), ("entry", "entries"), ("policy", "policies"), ("retry", "retries"),
    )
}  # fmt: skip
_VERBS = {
    "were": "was", "are": "is", "have": "has", "name": "names", "begin": "begins", "end": "ends", "occur": "occurs",
    "hold": "holds", "fail": "fails", "stand": "stands", "carry": "carries", "lie": "lies", "agree": "agrees",
    "stay": "stays", "follow": "follows", "wait": "waits", "lack": "lacks", "let": "lets",
}  # fmt: skip
_ONE = re.compile(
    r"(?P<all>\b(?:None of|Each of|All)(?: the)? )?(?<![\w.,:/+-])1 (?P<kind>(?:(?!of |the |in |to |a )[a-z-]+ ){0,2}?)"
    rf"(?P<many>{'|'.join(sorted(_THINGS, key=len, reverse=True))})\b(?P<whose> of the \w+)?"
    rf"(?: (?P<verb>{'|'.join(_VERBS)}|is|was|has)\b)?"
)
_QUOTED = re.compile(r"(“[^”]*”)")


def of_one(sentence: str) -> str:
    """The sentence with a thing that is counted once in the singular: “1 event id was”, not “1 event ids were”.

    What stands in quotation marks is somebody's own words and stays.
    """
    if "1 " not in sentence:
        return sentence
    pieces = _QUOTED.split(sentence)
    return "".join(piece if number % 2 else _ONE.sub(_single, piece) for number, piece in enumerate(pieces))


def _single(found: re.Match[str]) -> str:
    said, verb = found["all"] or "", found["verb"] or ""
    thing = f"{found['kind']}{_THINGS[found['many']]}{found['whose'] or ''}"
    told = f" {_VERBS.get(verb, verb)}" if verb else ""
    if not said and found.string[: found.start()].endswith("of "):
        return found[0]  # “0 of 1 calls are”: of how many is told, and of them
    if not said:
        return f"1 {thing}{told}"
    if said.startswith("None"):
        return f"The one {thing}{told} not" if told in {" is", " was"} else f"No {thing}{told}"
    return f"The one {thing}{told}"
