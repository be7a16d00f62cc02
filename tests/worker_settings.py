"""Settings of a worker process that a test starts: the test's own database, and a short lease."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, TASKS

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]
TASKS["default"]["OPTIONS"]["lease_seconds"] = 3  # type: ignore[index]  # a nested plain dict
