"""What is remembered of patterns beyond one redactor, and how a case's own words leave it.

Plans, and what a pattern needs, are kept for as long as the process lives, and the pattern of a case's words holds
those words: hosts, people and tenants in clear.
"""

from sevline.core.redaction import few, long_rows, needed
from sevline.core.redaction.plan import plan_of
from sevline.core.redaction.thinning import outlasts


def forget() -> None:
    """Nothing is remembered of any pattern; of those that are built in it is found anew when it is asked for."""
    plan_of.cache_clear()
    outlasts.cache_clear()
    for each in (few, long_rows, needed):
        each.forget()
