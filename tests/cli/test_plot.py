"""The command plot: pictures, the numbers beside them, and what it refuses."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory import laws

ROOT = Path(__file__).resolve().parents[2]
AGENTS = ["--agents", "L=1,mu=1/10,count=9"]
UNEQUAL = ["--agents", "L=1,mu=1/10", "--agents", "L=2,mu=1"]
FEW = ["--points", "11"]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def plot(run, tmp_path):
    """Draw a picture; gives its table and what is printed."""

    def draw(*words: str, name: str = "picture.svg"):
        code, printed, errors = run("plot", *words, "-o", str(tmp_path / name))
        assert (code, errors) == (0, "")
        assert (tmp_path / name).stat().st_size > 1000
        return table((tmp_path / name).with_suffix(".csv")), printed

    return draw


def test_rates_against_the_step_size_are_the_law_rounded_up(plot) -> None:
    rows, printed = plot("rate", "ef21", *AGENTS, "--alpha", "3/4", *FEW)
    column = "EF21: exact rate (tight_rate)"
    assert len(rows) == 11  # ten places, and the law's step size
    for row in rows:
        rate = laws.tight_rate(1, Fraction(1, 10), alpha=Fraction(3, 4), step_size=Fraction(row["step size"]))
        assert abs(laws.enclose(rate)[0] - Fraction(row[column])) < Fraction(1, 10**11)
    best = min(Fraction(row[column]) for row in rows)
    assert best >= laws.enclose(laws.tight_rate(1, Fraction(1, 10), alpha=Fraction(3, 4)))[1]
    assert "exact, theorem tight_rate" in printed


def test_the_published_theorem_ends_where_it_says_nothing(plot) -> None:
    rows, _ = plot("rate", "ef21", *AGENTS, "--alpha", "3/4", *FEW)
    most = laws.ef21_pl_step_size(1.0, 1.0, mu=0.1, alpha=0.75)
    for row in rows:
        assert bool(row["EF21: published theorem (ef21_pl)"]) == (float(row["step size"]) <= most)


def test_different_agents_have_bounds_from_both_sides(plot) -> None:
    rows, printed = plot("rate", "ef", *UNEQUAL, "--alpha", "3/4", *FEW)
    names = ["EF: proved rate (heterogeneous_law)", "EF: no proof goes below (averaged_constants_bound)"]
    for row in rows:
        upper, lower = (row[name] for name in names)
        assert not upper or float(lower) <= float(upper) < 1
    assert not rows[-1][names[0]]  # beyond the stability limit
    assert "heterogeneous_law" in printed


def test_against_alpha_each_place_has_its_own_step_size(plot) -> None:
    rows, _ = plot("compare", "cgd", "ef21", "--agents", "L=1,mu=1/10", "--against", "alpha", *FEW)
    for row in rows:
        alpha, cgd, ef21 = (float(value) for value in list(row.values())[:3])
        assert cgd == pytest.approx(laws.cgd_rate(1.0, 0.1, alpha=alpha), abs=1e-11)
        assert ef21 == pytest.approx(laws.tight_rate(1.0, 0.1, alpha=alpha), abs=1e-11)
        assert cgd <= ef21


def test_maps_show_rates_below_the_stability_limit(plot) -> None:
    rows, _ = plot("map", "cgd", "ef21", "--agents", "L=1,mu=1/10", *FEW, name="map.png")
    assert {row["method"] for row in rows} == {"CGD", "EF21"}
    assert len(rows) == 2 * 10 * 10
    assert all(0 < float(row["rate"]) < 1 for row in rows)


def test_a_certificate_is_drawn_against_its_guarantee(plot) -> None:
    rows, printed = plot("certificate", str(ROOT / "reports/certificates/ef21-n1-kappa10-alpha1_2.cert.json"))
    above, below = (list(rows[0])[i] for i in (1, 2))
    assert all(float(row[below]) <= float(row[above]) for row in rows)
    assert float(rows[-1][above]) < 1e-5
    assert "proved by the checker" in printed


def test_pictures_are_the_same_every_time(plot, tmp_path) -> None:
    for name in ("one.svg", "two.svg", "one.pdf", "two.pdf"):
        plot("rate", "gd", "--agents", "L=1,mu=1/10", "--alpha", "1", *FEW, name=name)
    for kind in ("svg", "pdf"):
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rate", "ef21", "ef", *AGENTS, "--alpha", "1/2"], "plot compare"),
        (["compare", "ef21", *AGENTS, "--alpha", "1/2"], "plot rate"),
        (["compare", "ef21", "EF21", *AGENTS, "--alpha", "1/2"], "named twice"),
        (["rate", "ef21", *AGENTS], "--alpha is missing"),
        (["rate", "ef21", *AGENTS, "--alpha", "1/2", "--against", "alpha"], "leave it out"),
        (["rate", "ef21", *AGENTS, "--alpha", "2"], "alpha=2"),
        (["rate", "ef21", *AGENTS, "--alpha", "1/2", "--step-size", "optimal"], "law"),
        (["rate", "ef21", *AGENTS, "--alpha", "1/2", "--step-size", "-1"], "positive"),
        (["rate", "ef21", *AGENTS, "--alpha", "1/2", "--points", "3"], "--points 3"),
        (["rate", "ef21", "--alpha", "1/2"], "no agents"),
        (["rate", "ef21", "--agents", "L=1,mu=0", "--alpha", "1/2"], "all mu = 0"),
        (["map", "ef21", "--agents", "L=1,mu=0"], "all mu = 0"),
        (["rate", "diana", *AGENTS, "--alpha", "1/2"], "no closed-form rates"),
        (["rate", "cgd", *AGENTS, "--alpha", "1/2"], "one agent"),
        (["map", "ef21", *AGENTS, "--alpha", "1/2"], "both change"),
        (["bar", "ef21", *AGENTS], "rate, map, compare, certificate"),
        (["certificate", "a", "b"], "one file"),
        (["certificate", "a", "--alpha", "1"], "stand in the file"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(run, tmp_path, words, said) -> None:
    code, printed, errors = run("plot", *words, "-o", str(tmp_path / "x.svg"))
    assert (code, printed) == (2, "")
    assert said in errors
    assert errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_certificate_or_bounds_a_sum_is_not_drawn(run, tmp_path) -> None:
    code, _, errors = run("plot", "certificate", str(ROOT / "README.md"), "-o", str(tmp_path / "x.svg"))
    assert code == 1
    assert "is not a certificate" in errors
    for name, said in (("x.jpg", "ends in"), ("no/x.svg", "no such folder")):
        code, _, errors = run("plot", "rate", "ef21", *AGENTS, "--alpha", "1/2", "-o", str(tmp_path / name))
        assert code == 2
        assert said in errors
