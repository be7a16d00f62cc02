"""Loads what every process that reads a part of a log needs: those are forked from the one that imported this, and
share its memory. Nothing of any log is in it.

A Ctrl-C is for the process that began them all, and no object that is here already is looked at for cycles again: to
look would copy its page.
"""

import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)

from sevline.bench.logs import prepare  # noqa: E402 - what a Ctrl-C must not end

prepare()

from sevline.core.mining import mine  # noqa: E402 - kernels are compiled or not from their import on

mine([b"2026-03-01T10:00:00.123Z INFO tick 17\n" * 300])
gc.collect()
gc.freeze()
