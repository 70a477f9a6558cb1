"""`python -m tests.run.browser`: see that there is a Chromium for the tests, and say which."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """The path of an installed Chromium, or of the one that Playwright has fetched; None if there is neither."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Debian's package brings its libraries along, so it goes first; without Debian or root, Playwright's own."""
    if not _install_from_debian():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _install_from_debian() -> bool:
    as_root = _as_root()
    if as_root is None or platform.freedesktop_os_release()["ID"] != "debian":
        return False
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        command = [*as_root, "apt-get", "--quiet=2", *step]
        if subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode:
            return False
    return True


def _as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without asking; None where that cannot be."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if may else None


def main() -> int:
    if not find():
        print("installing a Chromium for the tests", file=sys.stderr)
        install()
    found = find()
    print(f"browser: {found}" if found else "no Chromium could be installed", file=sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
