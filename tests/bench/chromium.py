"""A headless Chromium for what only a browser can tell."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class NoChromium(Exception):
    """There is no Chromium to measure with."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None:
        raise NoChromium("skipped: Chromium is not installed (Debian and Ubuntu: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
