"""Runs in the peers' own environment: how fast Presidio's pattern recognisers and detect-secrets read a text.

Prints one JSON object: bytes and processor seconds for each. Called by `benchmarks/redaction.py`.
"""

# ruff: noqa: T201 - a command

import json
import sys
import time
from importlib import import_module
from pathlib import Path


def presidio(text: str) -> float:
    known = import_module("presidio_analyzer.predefined_recognizers")

    recognisers = [
        known.EmailRecognizer(), known.IpRecognizer(), known.CreditCardRecognizer(), known.IbanRecognizer(),
        known.UsSsnRecognizer(), known.PhoneRecognizer(), known.CryptoRecognizer(), known.NhsRecognizer(),
    ]  # fmt: skip
    lines = text.split("\n")
    start = time.process_time()
    for line in lines:
        for recogniser in recognisers:
            recogniser.analyze(line, recogniser.supported_entities, None)
    return time.process_time() - start


def detect_secrets(text: str) -> float:
    scan_line = import_module("detect_secrets.core.scan").scan_line
    default_settings = import_module("detect_secrets.settings").default_settings

    lines = text.split("\n")
    with default_settings():
        start = time.process_time()
        for line in lines:
            list(scan_line(line))
        return time.process_time() - start


if __name__ == "__main__":
    sample = Path(sys.argv[1]).read_text(encoding="utf-8")
    size = len(sample.encode())
    print(json.dumps({"bytes": size, "Presidio": presidio(sample), "detect-secrets": detect_secrets(sample)}))
