"""The explorer: a page on which the laws are drawn for numbers that the reader chooses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from eftheory.site.page import Asset, Page

FINDINGS = Path(__file__).parents[2] / "reports" / "findings"
"""Certificates for two agents, in a checkout."""
SCRIPTS = ("assets/explorer-data.js", "assets/explorer.js")


def explorer_pages() -> Iterator[Page | Asset]:
    """The page, its script, and the certificates that it draws."""
    known = certified_pairs(FINDINGS)
    data = f"globalThis.eftheoryCertified = {json.dumps(known, sort_keys=True)};\n"
    yield Page("explorer.html", "Explorer of rates", _body(known), "eftheory rate, eftheory certify", SCRIPTS)
    yield Asset(SCRIPTS[0], data.encode("ascii"))
    yield Asset(SCRIPTS[1], files("eftheory.site").joinpath("scripts").joinpath("explorer.js").read_bytes())


def certified_pairs(folder: Path) -> list[dict[str, Any]]:
    """What certificates in a folder prove about EF21 on two agents: only what the checker accepts now.

    Args:
        folder: without certificates, or not there at all, the list is empty.

    Returns:
        For each its agents as (L, mu), alpha, step size, and the proved rate, a decimal rounded up.
    """
    from eftheory.check import check_certificate
    from eftheory.numbers import decimal_up
    from eftheory.reading import read_certificate

    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("ef21-*.cert.json")):
        certificate = read_certificate(path)
        setting, upper = certificate.setting, certificate.upper
        pair = len(setting.agents) == 2 == setting.n_agents
        if upper is None or not pair or not all(verdict.proved for verdict in check_certificate(certificate)):
            continue
        found.append(
            {
                "agents": [[_number(agent.L), _number(agent.mu)] for agent in setting.agents],
                "alpha": _number(setting.alpha),
                "alpha_text": str(setting.alpha),
                "memory": "memory" in path.name,
                "name": path.name,
                "step": _number(setting.method.step_size),
                "upper": decimal_up(upper.rate, 9),
            }
        )
    return found


def _number(x: Fraction) -> float:
    return float(x)


def _slide(name: str, title: str, unit: str = "") -> str:
    """A slider and a field for the same number, both with their label."""
    return (
        f'<div class="slide"><label for="{name}">{title}</label>'
        f'<input id="{name}-slider" type="range" min="0" max="1000" aria-label="{escape(unit or title)}, slider">'
        f'<input id="{name}" type="number" step="any" inputmode="decimal"></div>'
    )


def _key(*lines: tuple[str, str]) -> str:
    """What the strokes mean."""
    items = "".join(
        f'<li><svg viewBox="0 0 36 12" aria-hidden="true"><path class="{kind}" d="M1 6H35"/></svg>{says}</li>'
        for kind, says in lines
    )
    return f'<ul class="key">{items}</ul>'


def _figure(name: str, says: str, key: str, below: str = "") -> str:
    return (
        f'<figure><svg class="plot" id="{name}" role="img" aria-label="{escape(says)}" viewBox="0 0 520 300"></svg>'
        f"{key}<figcaption>{below}</figcaption></figure>"
    )


def _pairs(known: list[dict[str, Any]]) -> str:
    """An option for each pair of agents once."""
    first: dict[str, int] = {}
    for place, each in enumerate(known):
        said = " and ".join(f"L={L:g}, mu={mu:g}" for L, mu in each["agents"])
        first.setdefault(f"{said}, alpha = {each['alpha_text']}", place)
    return "".join(f'<option value="{place}">{said}</option>' for said, place in first.items())


def _body(known: list[dict[str, Any]]) -> str:
    one = "".join(
        [
            _slide("L", '<a href="/glossary.html#L">L</a>, smoothness', "L"),
            _slide("mu", '<a href="/glossary.html#mu">mu</a>, convexity', "mu"),
            _slide("alpha", '<a href="/glossary.html#alpha">alpha</a>', "alpha"),
            _slide("step", '<a href="/glossary.html#step_size">step size</a>', "step size"),
        ]
    )
    two = "".join(
        [
            _slide("L1", "first L"),
            _slide("mu1", "first mu"),
            _slide("L2", "second L"),
            _slide("mu2", "second mu"),
            _slide("alpha2", "alpha"),
        ]
    )
    rates = _key(
        ("ef21", "EF and EF21 (one rate for both, any number of equal agents)"),
        ("cgd", "CGD, one agent"),
        ("theorem", "EF21’s published PL theorem"),
        ("limit ef21", "stability limits"),
        ("now", "your step size, or alpha"),
    )
    pair_key = _key(
        ("law", "the law: proved for every pair"),
        ("worst", "the worst case known: no proof goes below"),
        ("mean", "the rate of the mean constants: a weaker bound from below"),
        ("now", "the law’s step size"),
    )
    return f"""
<p>Move the sliders, or type numbers. What is drawn are the theorems
<a href="/proofs/cgd.html">cgd</a>, <a href="/proofs/tight_rate.html">tight_rate</a>,
<a href="/proofs/heterogeneous_law.html">heterogeneous_law</a> and
<a href="/proofs/ef21_pl.html">ef21_pl</a>, computed in your browser in floating point and rounded to nearest:
to look at, not to cite. The commands below print numbers rounded to the safe side. The address of this page keeps
your numbers, so that you can send them to somebody.</p>
<noscript><p>This page needs JavaScript for its pictures. Without it, <code>eftheory plot rate</code> draws them, and
the <a href="/figures/index.html">figures</a> are there as files.</p></noscript>
<form id="explorer" class="explorer" hidden>
<fieldset><legend>Functions, compressor and step size</legend>{one}
<div class="choices"><button type="button" data-step="ef21">best step of EF21</button>
<button type="button" data-step="cgd">best step of CGD</button>
<label><input id="limits" type="checkbox" data-start="1" checked> stability limits</label>
<label><input id="published" type="checkbox" data-start="1" checked> published theorem</label></div>
<p class="wrong" id="wrong" role="alert"></p></fieldset>
<p class="hidden-status" id="told" role="status"></p>
<div class="wide" tabindex="0" role="group" aria-label="Table of rates"><table aria-live="polite">
<thead><tr><th scope="col">method</th><th scope="col">rate at your step</th><th scope="col">best step</th>
<th scope="col">best rate</th><th scope="col">stability limit</th></tr></thead>
<tbody id="values"></tbody></table></div>
<p>The same in exact numbers: <code id="command"></code></p>
<h2>The rate against the step size</h2>
{
        _figure(
            "steps",
            "Rates of CGD and of EF and EF21 against the step size; the table above has the values.",
            rates,
            "The rate is the factor per step in the worst case: of f(x) − f* for CGD, of V for EF and EF21, of "
            "f − f* + (step/theta) G for the published theorem. Above 1 nothing converges.",
        )
    }
<h2>The rate against alpha</h2>
{
        _figure(
            "alphas",
            "Best rates of CGD and of EF and EF21 against alpha.",
            "",
            "Each alpha has its own best step. At alpha = 1 nothing is compressed, and all are gradient descent.",
        )
    }
<h2>A worst case of EF21, step by step</h2>
<fieldset><legend>The run</legend>{_slide("shown", "steps shown")}
<div class="choices"><label for="start">start</label><select id="start" data-start="worst">
<option value="worst">in the worst direction</option><option value="gradient">without error</option></select></div>
</fieldset>
{
        _figure(
            "plane",
            "A run of EF21 in the plane of error and gradient, inside the shrinking ellipses of its Lyapunov function.",
            "",
            '<span id="plane-says"></span> Each ellipse is the set V ≤ rate<sup>t</sup> V₀: point t may not leave '
            "ellipse t. From the worst direction each point lies on its ellipse, so the rate cannot be improved.",
        )
    }
<h2>Two agents that differ</h2>
<p>For unequal agents the exact optimum has no closed form. The law is a proved rate, and the worst case known a bound
that no proof goes below: the exact rate lies between the two. Dots are certificates that a search found and exact
arithmetic checked: hollow ones with a free V, filled ones with a V that remembers a step.</p>
<fieldset><legend>Two agents</legend>{two}
<div class="choices"><label for="known">certified pairs</label><select id="known"><option value="">choose one</option>
{_pairs(known)}</select>
<label><input id="close" type="checkbox" data-start="1" checked> look closely at the law’s step size</label></div>
</fieldset>
{
        _figure(
            "pair",
            "The law for two agents, the worst case known and the rate of mean constants against the step size; "
            "the text below has the values.",
            pair_key,
            '<span id="pair-says"></span>',
        )
    }
<p>Search a certificate for them: <code id="pair-command"></code></p>
</form>
"""
