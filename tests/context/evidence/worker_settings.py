"""Settings of a worker process that shares database, store and keys with the test that starts it."""

import os
from pathlib import Path

from tests.worker_settings import *  # noqa: F403
from tests.worker_settings import STORAGES

MASTER_KEY = bytes.fromhex(os.environ["TEST_MASTER_KEY"])
AUDIT_KEY = bytes.fromhex(os.environ["TEST_AUDIT_KEY"])
AUDIT_HEAD = Path(os.environ["TEST_AUDIT_HEAD"])
STORAGES["default"]["OPTIONS"]["location"] = os.environ["TEST_VAULT"]
