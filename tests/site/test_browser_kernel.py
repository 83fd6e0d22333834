"""The checker and the kernel in a real browser: what they accept and refuse; an endless proof can be stopped."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eftheory.certificates import digest
from eftheory.site import builder, pyodide
from eftheory.site.browser_kernel import browser_kernel_pages
from eftheory.site.exercises import exercise_pages
from eftheory.site.sections import Section

pytestmark = pytest.mark.thorough
CERTIFICATE = Path(__file__).parents[2] / "reports" / "certificates" / "cgd-n1-kappa10-alpha1_10.cert.json"
HOLE = 'theorem.hole("what is squared", vector=True)'
LEFT_OVER = "left over: (||a||^2 y^2 + ||b||^2 - 2 <a, b> y - ||HOLE_1||^2)/y"
LOADING = 120_000
"""Milliseconds in which Python starts, on a machine that does other things, too."""


@pytest.fixture(scope="module")
def python():
    """The files of Python for the browser; they are fetched once."""
    try:
        return list(pyodide.fetched_pyodide())
    except ValueError as error:
        pytest.skip(f"there is no Python for the browser: {error}")


@pytest.fixture(scope="module")
def site(tmp_path_factory, python):
    """The pages that need it, and nothing else: their other links lead nowhere."""
    out = tmp_path_factory.mktemp("site")
    sections = [
        Section("Exercises", "exercises/index.html", exercise_pages),
        Section("Check", "check.html", browser_kernel_pages),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "dead_links", lambda frames, listed: ())
        builder.build_site(out, sections, more=python)
    return out


@pytest.fixture(scope="module")
def served(site):
    """The site at an address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_):
            """A worker that is stopped while it loads hangs up."""

    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(open_page, served):
    """A page whose form is there: its answer to a text."""

    def opened(path):
        page = open_page(f"{served}/{path}")
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.locator(".kernel form").wait_for()
        assert not page.locator(".instead").first.is_visible()
        return page

    complaints = []
    yield opened
    assert complaints == [], "of the policy that says where scripts come from, or of Python"


def answer(page, text):
    page.locator("#text").fill(text)
    page.locator(".kernel button:not([type])").click()
    page.locator(".state.right, .state.wrong").wait_for(timeout=LOADING)
    return page.locator(".state").inner_text(), page.locator(".said").text_content()


def test_a_certificate_is_accepted_and_a_tampered_one_is_not(asked):
    page = asked("check.html")
    page.locator("#file").set_input_files(CERTIFICATE)
    page.wait_for_function("document.querySelector('#text').value.length > 1000")
    data = json.loads(CERTIFICATE.read_text())
    state, said = answer(page, page.locator("#text").input_value())
    assert state == "Accepted."
    assert said.startswith("'certificate.json': proved\n")
    data["upper"]["rate"] = "1/1000"
    sealed = json.dumps(data | {"digest": digest(data)})
    for text, why in (
        (json.dumps(data), "changed after it was sealed"),
        (sealed, "FAILS: "),
        ("{}", "is not a certificate"),
    ):
        state, said = answer(page, text)
        assert (state, why in said) == ("Not accepted.", True)


def test_an_exercise_is_unproved_then_solved_and_another_statement_is_not_it(asked):
    page = asked("exercises/young.html")
    given = page.locator("#text").input_value()
    assert given.strip() == page.locator("#proof").text_content().strip()
    state, said = answer(page, given)
    assert (state, LEFT_OVER in said, said.startswith("UNPROVED")) == ("Not solved.", True, True)
    solution = given.replace(HOLE, "y * a - b")
    assert answer(page, solution) == ("Solved.", "PROVED\nSOLVED: exercise young\n")
    weakened = solution.replace("<= y * square(a)", "<= 2 * y * square(a)")
    state, said = answer(page, weakened)
    assert (state, "NOT THE EXERCISE young" in said) == ("Not solved.", True)
    state, said = answer(page, "1 / 0")
    assert (state, said) == ("Not solved.", "it does not run: young.py, line 1: ZeroDivisionError: division by zero\n")


def test_an_endless_loop_is_stopped_and_the_page_works_again(asked):
    page = asked("exercises/young.html")
    given = page.locator("#text").input_value()
    page.locator("#text").fill("while True: pass")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Proving …").wait_for(timeout=LOADING)
    assert page.locator("button:not([type])").is_disabled()
    page.keyboard.press("Enter")  # Stop has the focus
    assert page.locator(".state").inner_text() == "Stopped."
    assert answer(page, given.replace(HOLE, "y * a - b"))[0] == "Solved."


def test_what_takes_too_long_is_stopped(asked):
    page = asked("exercises/young.html")
    page.clock.install()
    page.locator("#text").fill("while True: pass")
    page.locator("button:not([type])").click()
    page.get_by_text("Proving …").wait_for(timeout=LOADING)
    page.clock.fast_forward(59_000)
    assert page.get_by_text("Proving …").is_visible()
    page.clock.fast_forward(2_000)
    assert page.locator(".state").inner_text() == "Stopped: it took longer than 60 seconds."
    assert page.locator(".stop").is_disabled()


def test_what_one_text_breaks_is_whole_for_the_next(asked):
    """Each runs in a Python of its own."""
    page = asked("exercises/young.html")
    given = page.locator("#text").input_value()
    answer(page, "import eftheory.site.in_browser as b\nb.PROVED = 'UNPROVED'\nb.statement = lambda theorem: {}\n1 / 0")
    state, said = answer(page, given)
    assert (state, LEFT_OVER in said) == ("Not solved.", True)


@pytest.mark.parametrize("path", ["check.html", "exercises/young.html"])
def test_from_a_file_and_without_scripts_it_says_what_to_do_instead(open_page, browser, site, served, path):
    page = open_page((site / path).as_uri())
    silent = browser.new_context(java_script_enabled=False).new_page()
    silent.goto(f"{served}/{path}")
    for each in (page, silent):
        assert each.locator(".instead").first.is_visible()
        assert not each.locator(".kernel form").is_visible()
    silent.context.close()


def test_a_site_without_python_says_so(open_page, site, served):
    kept, away = site / pyodide.FOLDER, site / "away"
    kept.rename(away)
    try:
        page = open_page(f"{served}/check.html")
        page.wait_for_load_state("networkidle")
        assert page.locator(".instead").first.is_visible()
        assert not page.locator(".kernel form").is_visible()
    finally:
        away.rename(kept)
