"""What programs say when all connections of a pool, or of a database, are taken."""

import re
from dataclasses import dataclass

from sevline.core.finding import Evidence, Given

POOL = re.compile(
    r"(?:connection pool|pool) (?:is |has (?:been )?)?(?:exhausted|full|timed? ?out|limit (?:reached|exceeded|hit)|"
    r"reached (?:its|the) limit)|timeout waiting for (?:a "
    r")?connection|too many connections"
    r"|remaining connection slots|QueuePool limit|HikariPool\S{0,20} - Connection is not available|unable to "
    r"acquire .{0,40}connection|sorry, too many clients already|ER_CON_COUNT_ERROR|ConnectionPoolTimeout|"
    r"Timeout acquiring a connection|no more connections allowed \(max_client_conn\)|"
    r"all pooled connections were in use",
    re.IGNORECASE,
)
#: One of these, in small letters, stands in every such text.
POOL_WORDS = ("pool", "connection", "clients", "con_count", "client_conn")
MOST_CITED = 5


@dataclass(frozen=True, slots=True)
class PoolLines(Given):
    """The lines of one log that say so: how many, and the first of them with their words."""

    what = "a log of the application"
    how = "Attach the application's log of the slow minutes."

    artifact: str
    count: int
    places: tuple[tuple[int, str], ...]

    def cite(self, line: int, words: str) -> Evidence:
        return Evidence(self.artifact, f"{line}:1", words, "a free connection")
