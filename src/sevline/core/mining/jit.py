"""Kernels: functions on bytes and arrays that Numba compiles where a caller chose it, and that run as they are
elsewhere.

The results are the same; compiled they are many times faster, but to load them takes about a second and to compile them
the first time half a minute. So whoever reads a large log chooses, before any kernel is imported; the default is not
to.
Compiled code is kept in the folder that NUMBA_CACHE_DIR names, else beside the modules, else in the user's cache
folder.
"""

from collections.abc import Callable
from importlib.util import find_spec
from sys import byteorder
from typing import TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])

_choice = {"compiled": False, "used": False}


def choose_compiled() -> bool:
    """Kernels imported from now on are compiled; False where Numba is missing, where
    the machine puts the high byte first, or where kernels were loaded as they are."""
    if not _choice["used"]:
        _choice["compiled"] = find_spec("numba") is not None and byteorder == "little"
    return _choice["compiled"]


def compiled() -> bool:
    """Whether kernels run compiled in this process."""
    return _choice["compiled"]


def jit(function: Function) -> Function:
    """A kernel that Python calls."""
    return _made(function, inside=False)


def part(function: Function) -> Function:
    """A part of kernels, which is compiled into each: to call it would cost more than most of them do, for an array is
    handed over as seven numbers."""
    return _made(function, inside=True)


def _made(function: Function, *, inside: bool) -> Function:
    _choice["used"] = True
    if not _choice["compiled"]:
        return function
    import numba
    from numba.core.options import DefaultOptions

    options: dict[str, bool] = {"nogil": True, "forceinline": inside}
    if hasattr(DefaultOptions, "_nrt"):
        # Kernels make no arrays, so none need be counted: else each call of a part counts each array up and down,
        # which took nine tenths of the time.
        options["_nrt"] = False
    made: Callable[..., object] = numba.njit
    try:
        return cast("Function", made(function, cache=True, **options))
    except RuntimeError:  # no folder for the cache can be written: compile for this process alone
        return cast("Function", made(function, **options))
