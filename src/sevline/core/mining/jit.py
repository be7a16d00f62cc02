"""Kernels: functions on bytes and arrays that Numba compiles where it is installed, and that run as they are elsewhere.

The compiled code is kept on disk, so that only the first run ever pays for it. It is kept beside the modules, or, where
these cannot be written, in the folder that NUMBA_CACHE_DIR names, or in the user's own cache folder.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])

PLAIN = "SEVLINE_LOGS_PLAIN"
"""Set to 1, kernels are not compiled: the same results, many times slower."""


@lru_cache(maxsize=1)
def compiled() -> bool:
    """Whether kernels run compiled in this process; decided once, when it is first asked."""
    return os.environ.get(PLAIN, "") != "1" and find_spec("numba") is not None


def jit(function: Function) -> Function:
    if not compiled():
        return function
    import numba  # type: ignore[import-untyped]  # ships no hints

    try:
        return cast("Function", numba.njit(function, cache=True, nogil=True))
    except RuntimeError:  # no folder for the cache can be written: compile for this process alone
        return cast("Function", numba.njit(function, nogil=True))
