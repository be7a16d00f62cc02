"""Runs in the peers' own environment: how fast Presidio's pattern recognisers and detect-secrets read a text.

Prints one JSON object: the bytes, and the processor seconds of each peer. Called by `benchmarks/redaction.py`.
"""

import json
import logging
import sys
import time
from importlib import import_module
from inspect import isclass
from pathlib import Path
from typing import Any

EIGHT = ("Email", "Ip", "CreditCard", "Iban", "UsSsn", "Phone", "Crypto", "UsBank")


def presidio(text: str, recognisers: list[Any]) -> float:
    lines = text.split("\n")
    start = time.process_time()
    for line in lines:
        for recogniser in recognisers:
            recogniser.analyze(line, recogniser.supported_entities, None)
    return time.process_time() - start


def every_pattern_recogniser() -> list[Any]:
    known = import_module("presidio_analyzer.predefined_recognizers")
    pattern = import_module("presidio_analyzer").PatternRecognizer
    found = [
        each for each in vars(known).values() if isclass(each) and issubclass(each, pattern) and each is not pattern
    ]
    return [each() for each in found] + [known.PhoneRecognizer()]


def detect_secrets(text: str) -> float:
    scan_line = import_module("detect_secrets.core.scan").scan_line
    default_settings = import_module("detect_secrets.settings").default_settings
    lines = text.split("\n")
    with default_settings():
        start = time.process_time()
        for line in lines:
            list(scan_line(line))
        return time.process_time() - start


def main() -> None:
    logging.disable(logging.WARNING)
    sample = Path(sys.argv[1]).read_text(encoding="utf-8")
    known = import_module("presidio_analyzer.predefined_recognizers")
    eight = [getattr(known, f"{name}Recognizer")() for name in EIGHT]
    every = every_pattern_recogniser()
    told = {
        f"Presidio, all its {len(every)} pattern recognisers": presidio(sample, every),
        "Presidio, eight of them": presidio(sample, eight),
        "detect-secrets, default plugins": detect_secrets(sample),
    }
    print(json.dumps({"bytes": len(sample.encode()), "peers": told}))


if __name__ == "__main__":
    main()
