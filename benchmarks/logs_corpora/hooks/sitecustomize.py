# ruff: noqa: INP001 - a folder for PYTHONPATH, not a package
"""Loaded by every Python that starts with this folder on its path: logs each record as JSON with its place."""

import atexit
import json
import logging
import os
import sys


class _Lines(logging.Handler):
    def __init__(self, path: str) -> None:
        super().__init__(logging.NOTSET)
        self._out = open(path, "a", encoding="utf-8", errors="replace", buffering=1)  # noqa: PTH123, SIM115 - kept open
        atexit.register(self._out.close)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001 - a program's own mistake in its arguments is not ours
            return
        place = f"{record.pathname}:{record.lineno}"
        self._out.write(
            json.dumps({"place": place, "level": record.levelname, "logger": record.name, "message": message}) + "\n"
        )


if path := os.environ.get("PLACED_LOG"):
    logging.root.addHandler(_Lines(f"{path}.{os.getpid()}"))
    logging.root.setLevel(logging.DEBUG)
    logging.root.manager.disable = 0
    _add = logging.Logger.setLevel

    def _stay(self: logging.Logger, level: int | str) -> None:
        """Programs raise the level of their loggers; here every statement counts."""
        _add(self, logging.DEBUG if "site-packages" in sys.path[-1] or level else level)

    logging.Logger.setLevel = _stay  # type: ignore[method-assign]
