"""The site as it sends, with waits of seconds where production has minutes: a run kills hundreds of processes."""

from config.env import env
from config.settings.test import *  # noqa: F403
from delivery.engine import backoff

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults"]  # noqa: F405
DELIVERY_MODE = "send"
EMAIL_BACKEND = "delivery.adapters.smtp.SmtpBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_TIMEOUT = 3
# A name for tests (RFC 2606), because the sample site's own may not send.
LETTERS_FROM_ADDRESS = "letters@society.test"
RECEIPTS_FROM_ADDRESS = DEFAULT_FROM_EMAIL = SERVER_EMAIL = "receipts@society.test"
ALERTS_FROM_ADDRESS = "alerts@society.test"
SEND_THREADS = 4
CLAIM_LEASE_SECONDS = 6.0
SEND_LEASE_SECONDS = 5.0
ANYMAIL = {"WEBHOOK_SECRET": "faults:sesame", "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key-of-the-faults"}
# The engine reads no settings, so its waits are shortened here. What it decides stays as it is.
backoff.FIRST_DELAY_SECONDS = 0.5
backoff.LONGEST_DELAY_SECONDS = 2.0
backoff.SERVICE_DELAY_SECONDS = 0.5


class _NoMigrations:
    """Tables straight from the models: all of the migrations would take longer than a short run."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = _NoMigrations()
