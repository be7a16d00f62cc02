"""The WSGI application that the server process loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sevline.config.settings")
application = get_wsgi_application()

# What is loaded now stays as long as the process. To look at all of it again and again is what one request in seven
# would wait for, a tenth of a second; so it is loaded whole, and left out of the collector's rounds.
get_resolver().url_patterns  # noqa: B018 - it loads every page's code
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
