"""Settings that every environment shares; docs/settings.md describes what the environment can change."""

from django.utils.translation import gettext_lazy as _

from config.env import DATA, ROOT, env
from config.settings.delivery import *  # noqa: F403
from config.settings.legislators import *  # noqa: F403

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "home",
    "legislators",
    "delivery",
    "advocates",
    "campaigns",
    "learning",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "anymail",
    "django_rq",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Wagtail's search index needs it on PostgreSQL; harmless on SQLite.
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "config.context_processors.delivery",
            ],
        },
    },
]
FORM_RENDERER = "config.forms.PublicFormRenderer"

# --- Database -----------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets pages be read while a letter is written. IMMEDIATE takes the write lock at once: without it
    # more than half of concurrent submissions fail. FULL keeps an accepted submission through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
            "PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Queue --------------------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default=f"unix://{DATA / 'queue.sock'}")
#: A hung Redis must not hold a visitor: redis-py waits five seconds unless the URL says otherwise.
_QUEUE_URL = REDIS_URL + ("&" if "?" in REDIS_URL else "?") + "socket_timeout=2&socket_connect_timeout=1"
RQ_QUEUES = {
    name: {"URL": _QUEUE_URL, "DEFAULT_TIMEOUT": 120, "DEFAULT_RESULT_TTL": 0}
    for name in ("default", "letters", "receipts", "alerts")
}
RQ = {"COMMIT_MODE": "auto"}
RQ_SHOW_ADMIN_LINK = False
WAGTAILLOCALIZE_JOBS = {
    "BACKEND": "config.translation_jobs.TranslationJobBackend",
    "OPTIONS": {"QUEUE": "default"},
}
# A page that was just sent to translation is still in English: it waits as a draft for somebody to publish it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Languages ----------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # empty outside production; WhiteNoise warns where it is missing
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
#: What the public hands in: no address leads to it, only a view that asks for permission.
PRIVATE_STORAGE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": DATA / "private", "file_permissions_mode": 0o600},
}
#: The largest file that a form may ask for, whatever its editor says.
UPLOAD_MAX_MEGABYTES = env.int("UPLOAD_MAX_MEGABYTES", default=10)
#: How much may lie here for forms that nobody has sent yet; more is not taken.
UPLOADS_WAITING_MEGABYTES = env.int("UPLOADS_WAITING_MEGABYTES", default=500)
FILE_UPLOAD_HANDLERS = [
    "config.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": PRIVATE_STORAGE,
}

# --- Security -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # A video is loaded only after the visitor presses its button.
        "frame-src": ["'self'", "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"  # Wagtail's preview makes its own exception
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
#: Proxies of our own before the program: by what they write it is known from which network a form comes.
TRUSTED_PROXIES = 0
#: A receipt link stops working after this many days.
RECEIPT_LINK_DAYS = env.int("RECEIPT_LINK_DAYS", default=180)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

#: Only a development machine builds the demonstration: its editor's password is in the source.
DEMO_ALLOWED = False

# --- Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Grassroots Action Center")
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
# Both would make the editor's browser call other people's servers.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAIL_DATE_FORMAT = "%Y-%m-%d"

# --- Error reports ------------------------------------------------------------------------------

# Nobody gets any by default. Whoever wants them (AdminEmailHandler, or a service) gets none of what visitors typed.
DEFAULT_EXCEPTION_REPORTER = "config.error_reports.PrivateReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.error_reports.PrivateReporterFilter"

# --- Logging ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logging.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers would mail whole requests to administrators, and write past the mask.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Two lines for each object that is put into the search index say nothing.
        "django_tasks": {"level": "WARNING"},
    },
}
