"""Django with nothing in it, and the database of the site."""

import environ

DEBUG = False
SECRET_KEY = "of-no-use-here"  # noqa: S105 - it signs nothing
ALLOWED_HOSTS = ["127.0.0.1"]
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
ROOT_URLCONF = "bench.bare.urls"
USE_TZ = True
DATABASES = {"default": environ.Env().db("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
