"""Drain3 over a file of messages, run by `.venv-bench`: CPU seconds and the group of each line, as JSON on stdout."""

import json
import sys
import time

from drain3 import TemplateMiner  # type: ignore[import-not-found]  # installed apart, in .venv-bench
from drain3.masking import MaskingInstruction  # type: ignore[import-not-found]
from drain3.template_miner_config import TemplateMinerConfig  # type: ignore[import-not-found]

_BEFORE, _AFTER = r"(?:(?<=[^A-Za-z0-9])|^)", r"(?=[^A-Za-z0-9]|$)"
_MASKS = (
    (r"(?:[0-9a-f]{2,}:){3,}[0-9a-f]{2,}", "ID"),
    (r"(?:\d{1,3}\.){3}\d{1,3}", "IP"),
    (r"(?:[0-9a-f]{6,} ?){3,}", "SEQ"),
    (r"(?:[0-9A-F]{4} ?){4,}", "SEQ"),
    (r"0x[a-f0-9A-F]+", "HEX"),
    (r"[-+]?\d+", "NUM"),
)
"""The masks of Drain3's own example."""


def main(path: str, *, masked: bool, limit: int) -> None:
    config = TemplateMinerConfig()
    config.profiling_enabled = False
    instructions = [MaskingInstruction(_BEFORE + f"(?:{text})" + _AFTER, name) for text, name in _MASKS]
    config.masking_instructions = instructions if masked else []
    miner = TemplateMiner(config=config)
    with open(path, encoding="utf-8", errors="replace", newline="\n") as source:  # noqa: PTH123 - as Drain3's example does
        messages = [line.rstrip("\n") for _, line in zip(range(limit), source, strict=False)]
    begun = time.process_time()
    found = [miner.add_log_message(message)["cluster_id"] for message in messages]
    print(json.dumps({"cpu": time.process_time() - begun, "lines": len(messages), "groups": found}))


if __name__ == "__main__":
    main(sys.argv[1], masked=sys.argv[2] == "masks", limit=int(sys.argv[3]))
