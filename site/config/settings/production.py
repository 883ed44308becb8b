"""A public site: nothing here has a default that could send, leak or be guessed."""

from django.core.exceptions import ImproperlyConfigured

from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import CONTENT_SECURITY_POLICY, STATIC_ROOT  # noqa: F401
from config.settings.base import STORAGES as DEVELOPMENT_STORAGES

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
# Keys that were replaced: what was signed, and addresses that unsubscribed, are still recognised by them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# base.py has read these two; here they have to be there.
env.str("DATABASE_URL")
env.str("REDIS_URL")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL")
LETTERS_FROM_ADDRESS = env.str("LETTERS_FROM_ADDRESS")
ALERTS_FROM_ADDRESS = env.str("ALERTS_FROM_ADDRESS")
RECEIPTS_FROM_ADDRESS = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("RECEIPTS_FROM_ADDRESS")

# Mail leaves only when this says so, in so many words.
DELIVERY_MODE = env.str("DELIVERY_MODE")
if DELIVERY_MODE not in ("capture", "send"):
    raise ImproperlyConfigured(f"DELIVERY_MODE is 'capture' or 'send', not {DELIVERY_MODE!r}.")
if DELIVERY_MODE == "send":
    EMAIL_BACKEND = env.str("EMAIL_BACKEND")
    ANYMAIL = env.json("ANYMAIL", default={})
    # Without it the mail service's reports of what was delivered or returned are not believed.
    if _webhook_secret := env.str("ANYMAIL_WEBHOOK_SECRET", default=""):
        ANYMAIL["WEBHOOK_SECRET"] = _webhook_secret
    EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
    EMAIL_PORT = env.int("EMAIL_PORT", default=25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)

CWC_MODE = env.str("CWC_MODE", default="off")
if CWC_MODE not in ("off", "validate", "test", "live"):
    raise ImproperlyConfigured(f"CWC_MODE is 'off', 'validate', 'test' or 'live', not {CWC_MODE!r}.")
if CWC_MODE == "live" and DELIVERY_MODE != "send":
    raise ImproperlyConfigured("CWC_MODE is 'live' although DELIVERY_MODE captures mail: set both or neither.")

STORAGES = {
    **DEVELOPMENT_STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# What watches the site asks from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=True) else None
# Each writes whom it talks to at the right-hand end of X-Forwarded-For; what stands before these is the visitor's word.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if SECURE_PROXY_SSL_HEADER else 0)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
