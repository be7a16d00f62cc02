"""Log patterns: `mine` turns bytes into a state that adds up; the state gives ranked patterns.

It runs on redacted bytes, so examples may be shown as they are.
"""

from sevline.core.mining.miner import mine
from sevline.core.mining.patterns import LogPattern
from sevline.core.mining.state import LogState, SourceFacts

__all__ = ["LogPattern", "LogState", "SourceFacts", "mine"]
