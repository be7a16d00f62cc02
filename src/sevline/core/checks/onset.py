"""When the failing pattern of a log began, and what the log itself says was started or changed before it."""

from collections.abc import Iterator
from dataclasses import replace

from sevline.core.finding import Confidence, Finding, Side, check, noted, warned
from sevline.core.lasting import lasting
from sevline.core.readers.logfacts import LogFacts
from sevline.core.readers.logtemplates import LogTemplates, Template
from sevline.core.readers.moments import plain
from sevline.core.readers.startlines import SHORTLY, VERSION, StartLines

TOLD = 120


@check("OBS17", supports=("bad-release",))
def failing_pattern_began(
    log: LogTemplates, starts: tuple[StartLines, ...], read: tuple[LogFacts, ...]
) -> Iterator[Finding]:
    """When the most frequent error of a log began, and the start or change that the log names shortly before"""
    began = log.began
    if began is None or began.since is None:
        return
    onset = f"not in the log before; onset {plain(began.since.earliest)} to {plain(began.first)} (95 %)"
    place = log.cite(_at_its_first(began, log, read), onset)
    quiet = lasting((began.first - log.first).total_seconds())
    told = (
        f"an error that stands {began.count:,} times in the log began at {plain(began.first)}, after {quiet} without it"
    )
    named = next((given for given in starts if given.artifact == log.artifact), None)
    before = named.before(began.first, SHORTLY) if named is not None else None
    if named is None or before is None:
        yield noted(
            f"{told[0].upper()}{told[1:]}. In the hour before, the log names no start of a build, no other version and "
            "no change of configuration.",
            place,
            log.cite(began, "not in the log before"),
            next_step="Compare that time with deploys, flags, configuration and migrations of the services behind it.",
        )
        return
    seconds = (began.first - before.at).total_seconds()
    apart = f"{lasting(seconds)} earlier" if seconds else "In the same second"
    says = (
        f"from line {before.line} on, the log's lines name {before.told}"
        if before.kind == VERSION
        else f"in line {before.line}, the log says “{before.told[:TOLD]}”"
    )
    yield warned(
        f"Correlated, not proven: {told}. {apart}, {says}.",
        place,
        named.cite(before),
        log.cite(began, "not in the log before"),
        side=Side.OUR_APP,
        next_step="Test with the change taken back for one tenant or instance, and take it into the list of changes.",
        sure=Confidence.HINT,
    )


def _at_its_first(began: Template, log: LogTemplates, read: tuple[LogFacts, ...]) -> Template:
    """The pattern placed at its first record, where the log's own errors tell that line: its examples are a choice."""
    errors = (error for facts in read if facts.artifact == log.artifact for error in facts.errors)
    line = next((line for line, at in errors if at == began.first), began.line)
    return replace(began, line=line)
