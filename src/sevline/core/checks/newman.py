"""Assertions of a Newman run."""

from collections.abc import Iterator

from sevline.core.finding import Finding, Side, check, failed, not_told, passed
from sevline.core.readers.postman import NewmanReport, PostmanCollection


@check("REP04", supports=("reproduced",), refutes=("reproduced",))
def failed_assertions(
    reports: tuple[NewmanReport, ...], collections: tuple[PostmanCollection, ...]
) -> Iterator[Finding]:
    """Assertions of a Newman run that failed become evidence"""
    for report in reports:
        bad = [each for each in report.assertions if each.error]
        for each in bad[:50]:
            yield failed(
                f"Assertion “{each.name}” failed on {each.call or 'a request'}: {each.error}",
                report.cite_assertion(each, each.error, each.name),
                side=Side.UNKNOWN,
                next_step="Repeat this one request and compare the answer with the assertion; see REP03 for k of n.",
            )
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
