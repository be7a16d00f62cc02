"""The checks, one file a topic. `every_check` loads them all."""

import sys

from sevline.core.finding import CHECKS, Check
from sevline.core.registry import Registry


def every_check() -> Registry[Check]:
    CHECKS.discover(sys.modules[__name__])
    return CHECKS
