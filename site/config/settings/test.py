"""What the test suite runs under."""

from config.env import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# No test asks the network; a test of an adapter names its own.
GEOCODERS = ["legislators.adapters.street_ranges.StreetRangeGeocoder"]
_test_database = env.str("TEST_DATABASE_NAME", default="")
if _test_database:
    DATABASES["default"]["TEST"] = {"NAME": _test_database}  # noqa: F405
# Tests write rows without a loader, and see them at once.
ATLAS_CHECK_SECONDS = 0.0
DEMO_ALLOWED = True
# Most tests want to see a letter leave at once; those about pacing say so.
PACE_LETTERS = False
# One after the other, in the test's own transaction; tests about threads have real ones.
SEND_THREADS = 1
# What Wagtail does behind each save of a page – its indexes of words and of references – a test asks for by `indexed`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
