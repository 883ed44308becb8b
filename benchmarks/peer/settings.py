"""The development settings, with the peer beside our own apps."""

from pathlib import Path

from config.settings.development import *  # noqa: F403
from config.settings.development import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.peer.apps.PeerConfig"]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]}, *TEMPLATES[1:]]
