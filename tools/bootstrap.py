"""Prepares .venv with only Python, pip and make; every other tool starts from here.

It must also load on Pythons that are too old for the project, to say so in one sentence:
so no f-strings, no annotations and nothing outside the standard library.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(ROOT, ".venv")
OLDEST = (3, 11)
REQUIREMENTS = {
    "site": "requirements.txt",
    "development": "requirements-dev.txt",
    "embedded": "requirements-embedded.txt",
}


class CannotStart(Exception):
    """Something that the person has to put right; the message is one clear sentence."""


def check_python(version):
    """Say whether this Python can run the project.

    :raises CannotStart: naming both versions.
    """
    if tuple(version[:2]) < OLDEST:
        raise CannotStart(
            "The project needs Python %d.%d or newer, this is %d.%d: name another one, "
            "for instance `make run PYTHON=python3.12`." % (OLDEST + tuple(version[:2]))
        )


def environment_python():
    """The path of the environment's own interpreter, whether or not it is there yet."""
    if os.name == "nt":
        return os.path.join(ENVIRONMENT, "Scripts", "python.exe")
    return os.path.join(ENVIRONMENT, "bin", "python")


def _is_usable():
    """An environment survives neither the move of its folder (its scripts name it) nor the loss of its Python."""
    if os.path.exists(_birthplace()):
        with open(_birthplace()) as file:
            if file.read() != ENVIRONMENT:
                return False
    check = "import sys; sys.exit(sys.version_info[:2] != %r)" % (tuple(sys.version_info[:2]),)
    try:
        return subprocess.call([environment_python(), "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _birthplace():
    return os.path.join(ENVIRONMENT, ".created-in")


def create_environment():
    """Make .venv where there is none, or where it was moved or its Python has gone.

    :raises CannotStart: if this Python comes without `venv`, or the environment cannot be written.
    """
    if _is_usable():
        return
    try:
        import venv
    except ImportError:
        raise CannotStart("This Python comes without venv: install it first (on Debian: apt install python3-venv).")
    say("Creating the environment in .venv")
    try:
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=_has("ensurepip")).create(ENVIRONMENT)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotStart("The environment .venv could not be created: %s." % error)
    with open(_birthplace(), "w") as file:
        file.write(ENVIRONMENT)


def _has(module):
    return subprocess.call([sys.executable, "-c", "import " + module], stderr=subprocess.DEVNULL) == 0


def _pip():
    """The environment's own pip, else this Python's pip working on the environment (Debian without python3-venv)."""
    own = [environment_python(), "-m", "pip"]
    if subprocess.call(own + ["--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return own
    if _has("pip"):
        return [sys.executable, "-m", "pip", "--python", environment_python()]
    raise CannotStart("This Python comes without pip: install it first (on Debian: apt install python3-pip).")


def install(group):
    """Install a group of REQUIREMENTS into .venv, unless exactly these pins were installed before.

    :raises CannotStart: if pip is missing or could not install everything.
    """
    name = REQUIREMENTS[group]
    path = os.path.join(ROOT, name)
    with open(path, "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    marker = os.path.join(ENVIRONMENT, ".installed-" + group)
    if os.path.exists(marker):
        with open(marker) as file:
            if file.read() == wanted:
                return
    say("Installing %s" % name)
    # Twice quiet: errors stay, what pip thinks of a machine's own configuration does not.
    command = _pip() + ["install", "-qq", "--disable-pip-version-check", "--requirement", path]
    if subprocess.call(command) != 0:
        raise CannotStart("pip could not install %s: the reason stands above." % name)
    with open(marker, "w") as file:
        file.write(wanted)


def say(sentence):
    print(sentence)
    sys.stdout.flush()


def main(arguments):
    """`bootstrap.py GROUP[,GROUP] [COMMAND ...]`: prepare .venv, then become COMMAND under its Python."""
    try:
        check_python(sys.version_info)
        create_environment()
        for group in arguments[0].split(","):
            install(group)
    except CannotStart as error:
        sys.stderr.write("%s\n" % error)
        return 1
    if len(arguments) > 1:
        os.chdir(ROOT)
        sys.stdout.flush()
        # One process less between the person's Ctrl-C and the program that has to hear it.
        os.execv(environment_python(), [environment_python()] + arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
