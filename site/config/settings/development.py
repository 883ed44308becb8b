"""A newcomer's machine: the demo site, every mail captured to a file."""

from config.env import env
from config.settings.base import *  # noqa: F403

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-development-machine-never-for-a-public-site")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
WHITENOISE_USE_FINDERS = True
# An edited style sheet is served as it is now; production serves hashed names instead.
WHITENOISE_AUTOREFRESH = True
SILENCED_SYSTEM_CHECKS: list[str] = []
DEMO_ALLOWED = True
# A letter is captured within seconds; set it to try out how letters drip.
PACE_LETTERS = env.bool("PACE_LETTERS", default=False)
