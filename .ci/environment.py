"""Builds the virtual environment from the locks; runs on any Python 3 and says in one line what is missing."""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PYTHON = os.path.join(ROOT, ".venv", "bin", "python")
LEAST = (3, 11)


def stop(message):
    """Print one line and end without success."""
    sys.exit("environment: " + message)


def check_python():
    """Stop where this Python cannot carry the product, naming what to install."""
    version = "%d.%d" % sys.version_info[:2]
    if sys.version_info < LEAST:
        stop("Python 3.11 or newer is needed, this is %s; name a newer one: make PYTHON=... run" % version)
    try:
        import ensurepip  # noqa: F401 - only its presence counts
        import venv  # noqa: F401 - only its presence counts
    except ImportError:
        stop("the venv module is missing; Debian and Ubuntu have it in the package python%s-venv." % version)


def digest(paths):
    """Return what identifies the locks together."""
    found = hashlib.sha256()
    for path in paths:
        with open(os.path.join(ROOT, path), "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def main(paths):
    """Make .venv where it is missing and install the locks that are not installed yet."""
    check_python()
    stamp = os.path.join(ROOT, ".venv", ".installed")
    installed = set()
    if os.path.exists(stamp):
        with open(stamp) as file:
            installed = set(file.read().split())
    wanted = digest(paths)
    if wanted in installed and os.path.exists(PYTHON):
        return
    if not os.path.exists(PYTHON):
        run(
            [sys.executable, "-m", "venv", os.path.join(ROOT, ".venv")],
            "the environment .venv could not be made",
        )
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for path in paths:
        command += ["-r", os.path.join(ROOT, path)]
    run(command, "the packages could not be installed (network or disk?)")
    with open(stamp, "a") as file:
        file.write(wanted + "\n")


def run(command, message):
    """Run a command; stop with one line where it fails."""
    try:
        done = subprocess.call(command)
    except OSError as error:
        stop("%s: %s" % (message, error))
    if done != 0:
        stop(message + "; see the lines above.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        stop("%s: %s" % (error.filename or "a file", error.strerror))
    except KeyboardInterrupt:
        stop("interrupted")
