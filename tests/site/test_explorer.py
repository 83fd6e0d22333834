"""The explorer: its formulas are those of eftheory.laws, in node and in a real browser, and its page works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eftheory import laws
from eftheory.site.explorer import FINDINGS, certified_pairs, explorer_pages
from eftheory.site.page import Asset, Page
from tests.site.explorer_grid import expressions

PRODUCED = list(explorer_pages())
PAGE = next(each for each in PRODUCED if isinstance(each, Page))
ASSETS = {each.path: each.content for each in PRODUCED if isinstance(each, Asset)}
CLOSE = 1e-9


def assert_same(pairs: list[tuple[str, float]], computed: list[float]) -> None:
    for (expression, expected), found in zip(pairs, computed, strict=True):
        assert found == pytest.approx(expected, rel=CLOSE), expression


def test_its_formulas_are_those_of_the_laws_in_node() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on the path; the thorough test asks a browser the same")
    pairs = expressions(20)
    script = ASSETS["assets/explorer.js"].decode() + f"\nconsole.log(JSON.stringify([{','.join(x for x, _ in pairs)}]))"
    done = subprocess.run([node, "-"], input=script, capture_output=True, text=True, check=True, timeout=60)
    assert_same(pairs, json.loads(done.stdout))


def test_each_field_has_a_label_and_each_script_is_there() -> None:
    assert set(PAGE.scripts) == set(ASSETS)
    labelled = set(re.findall(r'<label for="([^"]+)"', PAGE.body))
    for field in re.findall(r"<(?:input|select)[^>]*>", PAGE.body):
        name = re.search(r'id="([^"]+)"', field)[1]
        assert name in labelled or "aria-label=" in field or f"<label>{field}" in PAGE.body, field
    assert "style=" not in PAGE.body
    assert "<noscript>" in PAGE.body


def test_its_html_closes_what_it_opens() -> None:
    class Balance(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_startendtag(self, tag, attrs):
            pass

        def handle_starttag(self, tag, attrs):
            if tag != "input":
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    balance = Balance()
    balance.feed(PAGE.body)
    assert balance.open == []


def test_only_certificates_that_the_checker_accepts_are_drawn(tmp_path: Path) -> None:
    kept = certified_pairs(FINDINGS)
    assert len(kept) >= 10
    for each in kept:
        law = laws.heterogeneous_rate([tuple(agent) for agent in each["agents"]], alpha=float(each["alpha"]))
        assert 0 < float(each["upper"]) <= law + 1e-6
    source = FINDINGS / "ef21-one-easy-one-hard-memory.cert.json"
    wrong = json.loads(source.read_text("utf-8"))
    wrong["upper"]["rate"] = "1/3"
    (tmp_path / "ef21-wrong.cert.json").write_text(json.dumps(wrong), encoding="utf-8")
    with pytest.raises(ValueError, match="digest"):
        certified_pairs(tmp_path)
    assert certified_pairs(tmp_path / "none") == []


@pytest.fixture
def explorer(open_page, tmp_path):
    """Open the page from a file, as the builder would write it but for the frame."""
    for path, content in ASSETS.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    scripts = "".join(f'<script defer src="{path}"></script>' for path in PAGE.scripts)
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>{scripts}<main>{PAGE.body}</main>'
    file = tmp_path / "explorer.html"
    file.write_text(html, encoding="utf-8")

    def opened(place: str = "", **settings):
        page = open_page(file.as_uri() + place, **settings)
        page.wait_for_selector("#values tr")
        return page

    return opened


@pytest.mark.thorough
def test_its_formulas_are_those_of_the_laws_in_a_browser(explorer) -> None:
    pairs = expressions(300)
    assert_same(pairs, explorer().evaluate(f"[{','.join(x for x, _ in pairs)}]"))


@pytest.mark.thorough
def test_beyond_what_a_law_covers_there_is_no_number(explorer) -> None:
    page = explorer()
    assert page.evaluate("Number.isNaN(eftheory.plRate(1, 0.1, 0.5, 1))")
    assert page.evaluate("Number.isNaN(eftheory.heterogeneous([[1, 0.1], [2, 0.1]], 0.5, 5))")
    assert page.evaluate("eftheory.rate.ef21(1, 0.1, 0.5, 5)") > 1


@pytest.mark.thorough
def test_the_worst_case_of_two_agents_is_that_of_the_certificates(explorer) -> None:
    from eftheory.assumptions import AgentType, Contractive
    from eftheory.claims import Setting
    from eftheory.methods import EF21
    from eftheory.theory import worst_case

    page = explorer()
    for constants, alpha in (([(1, "99/100"), (1, "1/100")], "8/9"), ([(1, "1/10"), ("1/10", "1/20")], "1/2")):
        agents = tuple(AgentType(L=Fraction(L), mu=Fraction(mu)) for L, mu in constants)
        step = Fraction(laws.heterogeneous_step_size(agents, alpha=float(Fraction(alpha))))
        known = worst_case(Setting(agents, Contractive(Fraction(alpha)), EF21(step)))
        numbers = [[float(agent.L), float(agent.mu)] for agent in agents]
        drawn = page.evaluate(f"eftheory.worstCase({numbers}, {float(Fraction(alpha))}, {float(step)})")
        assert drawn == pytest.approx(float(known.rate), rel=1e-9)


@pytest.mark.thorough
def test_the_worst_direction_attains_the_rate_at_each_step_and_no_run_exceeds_it(explorer) -> None:
    page = explorer()
    worst, other = page.evaluate(
        """(() => { const found = [[], []];
        for (const alpha of [0.1, 0.5, 0.9]) for (const share of [0.3, 0.8, 1, 1.05]) {
          const step = share * eftheory.stepSize.ef21(1, 0.1, alpha), rate = eftheory.rate.ef21(1, 0.1, alpha, step);
          for (const [place, start] of [eftheory.worstStart(1, 0.1, alpha, step), [0.3, -1]].entries()) {
            const run = eftheory.trajectory(1, 0.1, alpha, step, start, 9).map((p) => eftheory.lyapunov(p, alpha));
            for (let t = 0; t < 9; t++) found[place].push(run[t + 1] / run[t] / rate);
          } }
        return found; })()"""
    )
    assert worst == pytest.approx([1.0] * len(worst), rel=1e-9)
    assert max(other) <= 1 + 1e-9


@pytest.mark.thorough
def test_fields_sliders_keys_and_the_address_agree(explorer) -> None:
    page = explorer("#alpha=0.25&published=0")
    assert page.input_value("#alpha") == "0.25"
    assert not page.is_checked("#published")
    page.fill("#mu", "0.5")
    page.wait_for_function("location.hash.includes('mu=0.5')")
    cell = page.inner_text("#values tr:nth-child(3) td:nth-child(4)")
    assert float(cell) == pytest.approx(laws.tight_rate(1.0, 0.5, alpha=0.25), rel=1e-5)
    page.focus("#alpha-slider")
    page.keyboard.press("End")
    assert page.input_value("#alpha") == "1"
    page.fill("#alpha", "2")
    assert "(0, 1]" in page.inner_text("#wrong")
    page.select_option("#known", index=1)
    assert page.locator("#pair circle.proved").count() >= 2


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["#alpha=1", "#mu=1", "#step=4", "#L=10&mu=10&alpha=1&step=0.1", "#L=nonsense"])
def test_edges_draw_finite_pictures(explorer, words) -> None:
    page = explorer(words, width=400, dark=True)
    assert page.evaluate("[...document.querySelectorAll('.plot *')].every((e) => !/NaN|Infinity/.test(e.outerHTML))")
    assert page.locator(".plot path.ef21").count() >= 2
