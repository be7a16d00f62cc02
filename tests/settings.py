"""The product's settings, on a throw-away folder and with fast password hashes."""

import os
import tempfile

os.environ["SEVLINE_DATA_DIR"] = tempfile.mkdtemp(prefix="sevline-test-")
os.environ["SEVLINE_DATABASE_URL"] = os.environ.get("SEVLINE_TEST_DATABASE_URL", "")
os.environ.pop("SEVLINE_CONFIG", None)

from sevline.config.settings import *  # noqa: F403
from sevline.config.settings import DATABASES, OPTIONS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not os.environ["SEVLINE_DATABASE_URL"]:
    DATABASES["default"]["TEST"] = {"NAME": str(OPTIONS.data_dir / "test.sqlite3")}
WHITENOISE_AUTOREFRESH = True  # a test's client looks for a file when it is asked for one, not for all when it is made
