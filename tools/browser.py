"""Finds Chromium for the browser tests, or installs Debian's."""

import os
import shutil
import subprocess
from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(Exception):
    """There is no Chromium and none can be installed; the message is the reason."""


def find(environment: Mapping[str, str]) -> str | None:
    """CHROMIUM_PATH, else the first of NAMES on the PATH."""
    if given := environment.get("CHROMIUM_PATH"):
        return given
    return next((found for name in NAMES if (found := shutil.which(name, path=environment.get("PATH")))), None)


def find_or_install(environment: Mapping[str, str]) -> str:
    """The path of a Chromium; Debian's is installed where there is none and we may.

    :raises NoBrowser: with the reason.
    """
    if found := find(environment):
        return found
    if shutil.which("apt-get") is None:
        raise NoBrowser("no chromium on the PATH, and no apt-get to install it with")
    if os.geteuid() != 0:
        raise NoBrowser("no chromium on the PATH, and only root may install it (apt-get install chromium)")
    print("Installing Debian's chromium for the browser tests", flush=True)
    quiet = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        answer = subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command], env=quiet, capture_output=True, text=True, check=False
        )
        if answer.returncode != 0:
            raise NoBrowser(f"apt-get {command[0]} failed: {answer.stderr.strip()[-300:]}")
    if found := find(environment):
        return found
    raise NoBrowser("chromium was installed but is not on the PATH")
