"""Queue backlog: the depth or age of a queue grows over the whole time, or its consumer loses its place again and again
since its work takes longer than the broker waits."""

import re
from collections import Counter
from itertools import pairwise

from sevline.core.failuremodes import Mode
from sevline.core.readers.failuresign import Lines, Sign, growth, signature

_DEPTH = re.compile(
    r"(?i)\b(queue[_ -]?(?:depth|size|length)|depth|backlog(?:_size)?|consumer[_ -]?lag|(?:total_)?lag|messages_ready|"
    r"pending(?:_(?:messages|jobs|tasks))?|ApproximateNumberOfMessages\w{0,20}|oldest(?:_message)?_age(?:_seconds)?)"
    r"[\"']?\s?[=:]\s?[\"']?(\d{1,9})\b"
)
#: Other things have a depth, a lag and something pending too; of a queue the line says what it is.
_COMMON = frozenset({"depth", "lag", "pending"})
_SPEAKS = re.compile(
    r"(?i)queue|topic|consumer|broker|stream|subscription|partition|worker|backlog|\b(?:jobs?|tasks?|messages?|events?)\b"
)
_QUEUE = re.compile(
    r"(?i)\b(?:queue(?:_name)?|topic|stream|subscription|group)[\"']?\s?[=:]\s?[\"']?([A-Za-z][\w./-]{1,80})"
)
#: How clients and brokers say that a consumer did not come back in time, and that what it did counts for nothing: Kafka
#: (Java, librdkafka, Python), RabbitMQ, SQS, Pub/Sub, Service Bus, Kinesis, Event Hubs, NATS.
_LATE = re.compile(
    r"(?i)(?<!due to )consumer poll timeout has expired|maximum (?:application )?poll interval \(\d+ ?ms\) exceeded"
    r"|(?:application )?maximum poll interval (?:\(\d+ ?ms\) )?exceeded|ERR__MAX_POLL_EXCEEDED"
    r"|CommitFailed(?:Exception|Error)(?=.{0,200}(?:consumer|group|rebalance))"
    r"|delivery acknowledge?ment on channel \d+ timed out|(?:receipt ?handle|visibility timeout) (?:has |is )?expired"
    r"|ack(?:nowledge)? ?deadline (?:has |was )?(?:expired|exceeded)|MessageLockLost\w{0,20}"
    r"|lock on the message (?:has |was |is )?(?:expired|lost)|the lock supplied is invalid|lost lease for shard"
)
_LIMIT = re.compile(
    r"(?i)max\.poll\.interval(?:\.ms)?|poll interval|visibility timeout|ack deadline|lock|lease|acknowledge?ment"
)
LEAST_LATE = 3
#: Parts of what those lines say, the rarer the better: few lines are handed on.
_WORDS = ("depth", "queue", "backlog", "lag", "pending", "messages", "oldest", "poll timeout", "poll interval",
          "max_poll", "commitfailed", "delivery ack", "receipt", "visibility timeout", "deadline", "messagelocklost",
          "lock on the message", "lock supplied", "lost lease")  # fmt: skip
LEAST_DEPTHS, DEEP, RISES = 4, 50, 0.7


@signature(Mode.QUEUE_BACKLOG, *_WORDS)
def queue_backlog(lines: Lines) -> Sign | None:
    """The depth or age of a queue grows over the whole time, or its consumer comes back too late again and again."""
    for (queue, what), seen in _depths(lines).items():
        values = [float(value) for _, value in seen]
        steps = [later >= earlier for earlier, later in pairwise(values)]
        if len(seen) < LEAST_DEPTHS or values[-1] < DEEP or sum(steps) < RISES * len(steps) or growth(values) is None:
            continue
        name = f" of “{queue}”" if queue else ""
        least, deepest = f"{seen[0][1]:,}", f"{seen[-1][1]:,}"
        told = f"The {what.replace('_', ' ')}{name} grows from {least} to {deepest} over {len(seen)} lines."
        places = ((seen[0][0], least, ""), (seen[-1][0], deepest, "no more than at first"))
        return Sign(Mode.QUEUE_BACKLOG, told, places)
    return _late(lines)


def _late(lines: Lines) -> Sign | None:
    every = [(number, found[0], text) for number, text in lines if (found := _LATE.search(text[:4_000])) is not None]
    # One time that it was late may take several lines, each in other words: of one wording each line is one time.
    (words, count), *_ = Counter(said.lower() for _, said, _ in every).most_common(1) or [("", 0)]
    late = [one for one in every if one[1].lower() == words]
    if count < LEAST_LATE:
        return None
    limit = next((found[0] for _, _, text in late if (found := _LIMIT.search(text)) is not None), "its time")
    told = (
        f"{count:,} times a consumer came back later than the broker waits ({limit}): what it was doing is given to "
        "another one or begun again, so that nothing is finished."
    )
    places = tuple((number, said, "work that ends in time") for number, said, _ in late[:3])
    return Sign(Mode.QUEUE_BACKLOG, told, places, sure=False)


def _depths(lines: Lines) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Line and value of each depth, by queue and by what it is a depth of."""
    depths: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, text in lines:
        found = _DEPTH.search(text)
        if found is not None and (found[1].lower() not in _COMMON or _SPEAKS.search(text)):
            named = _QUEUE.search(text)
            depths.setdefault((named[1] if named else "", found[1].lower()), []).append((number, int(found[2])))
    return depths
