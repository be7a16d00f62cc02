"""Assertions of a Newman run."""

from collections.abc import Iterator

from sevline.core.finding import Finding, Side, check, failed, not_told, passed
from sevline.core.readers.http import Exchange
from sevline.core.readers.postman import Assertion, NewmanReport, PostmanCollection


def _failed(report: NewmanReport, one: Assertion, unanswered: Exchange | None) -> Finding:
    """An assertion on an answer that never came says nothing of the API: why none came is what is to be mended."""
    called = one.call or "a request"
    return failed(
        f"Assertion “{one.name}” failed on {called}: {one.error}"
        if unanswered is None
        else f"Assertion “{one.name}” failed on {called}, for no answer came: {unanswered.error or one.error}",
        report.cite_assertion(one, one.error, one.name),
        side=Side.UNKNOWN,
        next_step="Repeat this one request and compare the answer with the assertion; see REP03 for k of n."
        if unanswered is None
        else "Mend first why no answer came (API01); the assertion cannot hold before.",
    )


@check("REP04", supports=("reproduced",), refutes=("reproduced",))
def failed_assertions(
    reports: tuple[NewmanReport, ...], collections: tuple[PostmanCollection, ...]
) -> Iterator[Finding]:
    """Assertions of a Newman run that failed become evidence"""
    for report in reports:
        bad = [each for each in report.assertions if each.error]
        silent = {one.locator: one for one in report.exchanges if one.status == 0}
        for each in bad[:50]:
            yield _failed(report, each, silent.get(each.locator.partition("/assertions/")[0]))
        if report.cut and not bad:
            yield not_told("The report ends early; what is there holds.", NewmanReport.what, next_step=NewmanReport.how)
        elif report.assertions and not bad:
            yield passed(
                f"All {len(report.assertions)} assertions held.", report.cite_assertion(report.assertions[0], "held")
            )
    if not reports:
        what = (
            f"a Newman report of “{collections[0].name}” ({len(collections[0].items)} requests)"
            if collections
            else NewmanReport.what
        )
        yield not_told("Whether the collection's assertions hold.", what, next_step=NewmanReport.how)
