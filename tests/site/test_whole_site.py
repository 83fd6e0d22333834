"""The whole site: every page valid, and what only a browser can show."""

import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path

import pytest

from eftheory.site.builder import build_site, gather, render, stale
from eftheory.site.links import links
from eftheory.site.validation import faults_of

pytestmark = pytest.mark.thorough
AXE = "axe-core@4.10.3"
PHONE, DESK = 400, 1200


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the whole site, built once."""
    out = tmp_path_factory.mktemp("site")
    build_site(out)
    return out


@pytest.fixture(scope="module")
def samples(site):
    """Of each kind of page the first, the longest and the last."""
    pages = sorted(site.rglob("*.html"), key=lambda path: (str(path.parent), path.name))
    found = []
    for _, kind in groupby(pages, key=lambda path: path.parent):
        each = list(kind)
        found += dict.fromkeys((each[0], max(each, key=lambda path: path.stat().st_size), each[-1]))
    top = [site / name for name in ("index.html", "glossary.html", "bibliography.html", "contents.html")]
    return list(dict.fromkeys([*top, *found]))


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The text of axe-core, which finds what a screen reader would stumble on."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm on the path, which fetches axe-core")
    folder = tmp_path_factory.mktemp("axe")
    fetched = subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, text=True, timeout=120)
    if fetched.returncode:
        pytest.skip(f"npm cannot fetch {AXE}: {fetched.stderr.strip()[:200]}")
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    return (folder / "package" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def visit(browser):
    """A page that keeps what its console says is wrong."""
    contexts = []

    def visited(path, width=DESK, dark=False, **settings):
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **settings)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path if isinstance(path, str) else path.as_uri())
        return page

    yield visited
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def served(site):
    """The site at an address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_page_is_valid_and_a_second_build_is_the_same_bytes(site):
    rendered = render(gather())
    assert stale(site, rendered) == []
    assert list(faults_of(rendered)) == []


def test_every_relative_link_of_what_was_written_leads_to_a_file(site):
    for path in site.rglob("*.html"):
        for link in links(path.read_text("utf-8")):
            if not link.startswith(("https://", "http://", "mailto:", "#")):
                assert (path.parent / link.partition("#")[0]).is_file(), (path, link)


def test_no_page_scrolls_sideways_on_a_phone(site, samples, visit):
    """All pages but certificates, which are alike: of these the longest and two others."""
    page = visit(site / "index.html", PHONE)
    wide = []
    for path in {*samples, *(each for each in site.rglob("*.html") if each.parent.name != "certificates")}:
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > PHONE:
            wide.append(path.name)
    assert wide == []


def test_no_line_of_a_proof_has_a_bar_that_scrolls_it_up_and_down(site, visit):
    page = visit(site / "proofs" / "index.html")
    for path in sorted((site / "proofs").glob("*.html"))[::9]:
        page.goto(path.as_uri())
        bars = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(each => each.scrollHeight > each.clientHeight + 1"
            " && /auto|scroll/.test(getComputedStyle(each).overflowY)).length"
        )
        assert bars == 0, path.name


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_complains_read_from_a_file(samples, visit, dark):
    """Neither its scripts, nor the policy that says where scripts and styles may come from."""
    page = visit(samples[0], dark=dark)
    for path in samples:
        page.goto(path.as_uri())
        page.locator("#query").focus()
        page.wait_for_function("window.eftheoryPages")
    assert page.complaints == []


@pytest.mark.parametrize("at", ["file", "address"])
def test_no_script_runs_that_is_not_of_the_site(site, served, visit, at):
    page = visit(site / "index.html" if at == "file" else f"{served}/index.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in page.complaints)


def test_dark_is_dark_and_light_is_light(site, visit):
    grounds = [
        visit(site / "index.html", dark=dark).evaluate("getComputedStyle(document.body).backgroundColor")
        for dark in (False, True)
    ]
    light, dark = (sum(map(int, ground[4:-1].split(","))) for ground in grounds)
    assert light > 700
    assert dark < 120


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("at", ["file", "address"])
def test_the_search_is_used_with_a_keyboard_alone(site, served, visit, width, at):
    start = "proofs/ef21_nonconvex.html"
    page = visit(site / start if at == "file" else f"{served}/{start}", width)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.type("contraction alpha")
    first = page.locator("#results a").first
    first.wait_for()
    assert "contraction" in first.inner_text()
    assert "page" in page.locator("#found").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == first.text_content()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.press("Escape")
    assert not page.locator("#results").is_visible()
    page.locator("#query").fill("richtarik 2021")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bibliography.html#RichtarikSokolovFatkhullin2021")
    assert page.complaints == []


def test_what_is_typed_into_the_search_is_text(site, visit):
    page = visit(site / "index.html")
    page.locator("#query").fill("<img src=x onerror=alert(1)>")
    page.wait_for_function("window.eftheoryPages")
    assert page.locator("#results a").count() == 0
    assert page.complaints == []


def test_without_scripts_there_is_a_list_of_all_pages_in_place_of_the_search(site, visit):
    page = visit(site / "index.html", java_script_enabled=False)
    assert not page.locator(".search").is_visible()
    page.get_by_role("link", name="All pages").click()
    assert page.get_by_role("link").count() > 500


def test_the_first_tab_leads_past_the_head(site, visit):
    page = visit(site / "methods" / "ef21.html")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.bounding_box()["x"] >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_scrolls_sideways_can_be_focused_and_what_fits_is_no_stop(site, visit):
    count = "document.querySelectorAll('main pre[tabindex]').length"
    small, large = (visit(site / "methods" / "ef21.html", width).evaluate(count) for width in (PHONE, DESK))
    assert small > 0 == large


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)])
def test_axe_finds_nothing(samples, visit, axe, width, dark):
    page = visit(samples[0], width, dark, bypass_csp=True)
    found = []
    for path in samples:
        page.goto(path.as_uri())
        page.add_script_tag(content=axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(path.name, each["id"], each["nodes"][0]["html"][:120]) for each in result["violations"]]
    assert found == []


def test_a_page_is_printed_without_its_navigation_and_nothing_is_cut_off(site, visit, tmp_path):
    page = visit(site / "certificates" / "ef21-n10-kappa10-alpha3_4.html")
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.formula')).overflowWrap") == "anywhere"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert Path(tmp_path / "page.pdf").stat().st_size > 10_000
