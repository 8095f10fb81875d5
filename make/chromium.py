"""Print the path of a Chromium for the browser tests, and get one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = (
    "chromium-headless-shell",  # no window to draw: a page costs it a third less
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
DEBIAN_PACKAGE = (
    *("apt-get", "install", "--yes", "--no-install-recommends"),
    *("chromium-headless-shell", "fonts-dejavu-core"),
)
MISSING = (
    "No Chromium was found, and none could be installed. Install Chromium or Chrome (Debian: apt-get install "
    "chromium), or name it: make test ACCORD_CHROMIUM=/path/to/chromium"
)


def main() -> int:
    """Print the path on standard output, everything else on standard error; return the exit code."""
    named = os.environ.get("ACCORD_CHROMIUM")
    if named and not shutil.which(named):
        print(f"ACCORD_CHROMIUM names '{named}', and there is no such program.", file=sys.stderr)
        return 1
    path = named or installed() or from_debian() or from_playwright()
    print(path or MISSING, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


def installed() -> str | None:
    """Return the Chromium that this machine has: on the PATH, as a macOS application, or Playwright's own."""
    paths = (*map(shutil.which, NAMES), *map(shutil.which, MAC_APPLICATIONS))
    return next(filter(None, paths), None) or playwrights_own()


def from_debian() -> str | None:
    """Install Debian's package, where this is Debian and we may."""
    if os.geteuid() or not is_debian():
        return None
    if attempt("apt-get", "update") and attempt(*DEBIAN_PACKAGE):
        return shutil.which(NAMES[0])
    return None


def from_playwright() -> str | None:
    """Have Playwright get its own Chromium."""
    return playwrights_own() if attempt(sys.executable, "-m", "playwright", "install", "chromium") else None


def playwrights_own() -> str | None:
    """Return the Chromium that Playwright has already got, if any."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def is_debian() -> bool:
    """Return whether this is Debian itself; a derivative's package of that name may be an empty shell."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def attempt(*command: str) -> bool:
    """Return whether the command ran and succeeded; what it says goes to standard error."""
    print("Running:", *command, file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, check=False, stdout=sys.stderr, env=environment).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
