"""The settings of the site as it is developed, so that plain `pytest` needs no environment."""

import os

# Before the settings are read. Tests of the settings of production start their own process.
os.environ["DEBUG"] = "1"
os.environ.pop("SECRET_KEY", None)

from cecop.settings import *  # noqa: F403 - all of them, as they are

# Passwords in tests protect nothing, and the real way of storing them is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The threads of a live server would hold their connections after the tests are done.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405

# A kept page shows no test how it is made; the tests of keeping switch it on.
KEPT_PAGES_BYTES = 0
