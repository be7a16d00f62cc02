"""A piece of text in which a provider or an edge network tells of a failure."""

from dataclasses import dataclass

from sevline.core.cloud import Sign
from sevline.core.finding import Evidence, Given


@dataclass(frozen=True, slots=True)
class CloudText(Given):
    """One snippet, which stood there `times`; `sign` is None where no signature knows the failure that it tells of."""

    what = "an answer or log line of a load balancer, an edge network, a store or a queue"
    how = "Attach the failing answer with its headers (curl -i), or the log lines of the balancer at that time."

    artifact: str
    locator: str
    sign: Sign | None
    told: str = ""
    times: int = 1

    def cite(self) -> Evidence:
        return Evidence(self.artifact, self.locator, self.sign.seen if self.sign else self.told)
