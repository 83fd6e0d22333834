"""A real browser, for what only one can show: Debian's chromium, driven by playwright."""

import shutil

import pytest


@pytest.fixture(scope="session")
def browser():
    """Headless chromium, one for all tests of a process."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no chromium on the path: apt-get install chromium")
    with playwright.sync_playwright() as run:
        opened = run.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser):
    """A page at a size, in light or dark; what goes wrong in its scripts fails the test."""
    pages, errors = [], []

    def opened(url: str, width: int = 1200, height: int = 900, dark: bool = False):
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        page.goto(url)
        return page

    yield opened
    for page in pages:
        page.close()
    assert errors == []
