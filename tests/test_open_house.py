"""A method is two files, a class of functions is one: both are added here, in packages of their own, and used."""

import json
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions import FUNCTIONS
from eftheory.bounds import certify
from eftheory.check import check_bytes
from eftheory.cli import runs
from eftheory.cli.app import main
from eftheory.methods import METHODS, NAMED
from eftheory.methods.catalogue import CATALOGUE
from eftheory.sweep import Case
from eftheory.theory import look_up
from eftheory.theory.look_up import KNOWN

METHOD = '''
"""Gradient descent with steps of twice the size."""

from dataclasses import dataclass

from eftheory.methods.method import Method, Observation


@dataclass(frozen=True)
class Double(Method):
    """x <- x - 2 step_size mean_i grad f_i(x)."""

    name = "double"
    measure_name = "||mean g||^2"
    coordinates = Observation(server=("mean g",))
    compresses = False

    def step(self, world, x):
        return (x - 2 * self.step_size * world.mean(world.gradient(x)),)

    def observe(self, world, x):
        return Observation(server=(world.mean(world.gradient(x)),))

    def measure(self, world, x):
        return world.square(world.mean(world.gradient(x)))
'''
KNOWLEDGE = '''
"""What is known of gradient descent with steps of twice the size."""

from eftheory import laws
from eftheory.theory import gd
from eftheory.theory.known import Known


def law(agents, alpha):
    """Half of that of gradient descent."""
    return gd.law(agents, alpha) / 2


def enter_rates(overview):
    """At the law's step, exact."""
    L, mu = overview.mean("L"), overview.mean("mu")
    value = laws.gd_rate(L, mu, step_size=None)
    overview.set_rates(laws.gd_step_size(L, mu) / 2, laws.gd_stability_limit(L) / 2, value, value)


KNOWN = Known(law=law, optimal_types=None, enter_rates=enter_rates, theorems=("gd",), cites=("Polyak1963",))
'''
FUNCTIONS_FILE = '''
"""Functions with Lipschitz and strongly monotone gradients: what is known of them without convexity in between."""

from dataclasses import dataclass
from fractions import Fraction

from eftheory.assumptions.fact import Fact
from eftheory.assumptions.validation import exact, require


@dataclass(frozen=True)
class LipschitzMonotone:
    """||grad f(x) - grad f(y)|| <= ell ||x - y||, <grad f(x) - grad f(y), x - y> >= m ||x - y||^2; 0 < m <= ell."""

    ell: Fraction
    m: Fraction

    name = "Lipschitz and monotone"
    sentence = "every grad f_i is ell-Lipschitz and m-strongly monotone with its agent's constants"

    def __post_init__(self):
        object.__setattr__(self, "ell", exact("ell", self.ell))
        object.__setattr__(self, "m", exact("m", self.m))
        require(0 < self.m <= self.ell, f"m={self.m}, ell={self.ell}: expected 0 < m <= ell")

    @property
    def L(self):
        return self.ell

    @property
    def mu(self):
        return self.m

    def parametrise(self, move, free):
        return 0 * move + free

    def facts(self, a, b, inner, *, values):
        move, turn = b.x - a.x, b.gradient - a.gradient
        about = (a.number, b.number)
        yield Fact("Lipschitz {} {}", about, self.ell**2 * inner(move, move) - inner(turn, turn))
        yield Fact("monotone {} {}", about, inner(turn, move) - self.m * inner(move, move))

    def interpolate(self, low, high, inner):
        raise ValueError("nothing is known of the values of these functions; leave values out")

    def contains_curvature(self, h):
        return self.m <= h <= self.ell
'''


def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **files: str) -> None:
    """A package ``annex`` of these files, for one test."""
    folder = tmp_path / "annex"
    folder.mkdir()
    for name, text in {"__init__": "", **files}.items():
        (folder / f"{name}.py").write_text(text.lstrip(), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "annex"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.fixture
def double(monkeypatch, tmp_path):
    package(monkeypatch, tmp_path, double=METHOD, known=KNOWLEDGE)
    from annex import known
    from annex.double import Double

    for known_methods in (METHODS, NAMED):
        monkeypatch.setitem(known_methods, "double", Double)
    monkeypatch.setitem(KNOWN, Double, known.KNOWN)
    monkeypatch.setattr(runs, "CATALOGUE", (*CATALOGUE, Double))
    return Double


@pytest.fixture
def monotone(monkeypatch, tmp_path):
    package(monkeypatch, tmp_path, monotone=FUNCTIONS_FILE)
    from annex.monotone import LipschitzMonotone

    monkeypatch.setitem(FUNCTIONS, LipschitzMonotone.name, LipschitzMonotone)
    return LipschitzMonotone


def run(capsys, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments])
    return int(stopped.value.code or 0), capsys.readouterr().out


def test_a_method_of_two_files_is_certified_told_run_and_proved(double, tmp_path, capsys):
    file = str(tmp_path / "double.cert.json")
    code, out = run(capsys, "certify", "double", "--agents", "L=1,mu=1/3,count=9", "--json", "-o", file)
    found = json.loads(out)
    assert code == 0
    assert found["step_size"] == "3/4"
    assert abs(Fraction(found["rate_upper"]) - Fraction(1, 4)) < Fraction(1, 10**5)
    code, out = run(capsys, "rate", "double", "--agents", "L=1,mu=1/3", "--json")
    assert code == 0
    assert Fraction(json.loads(out)["rate_upper"]) == Fraction(1, 4)
    code, out = run(capsys, "show", file)
    assert code == 0
    assert "2 step_size" in out or "2 γ" in out
    code, out = run(capsys, "prove", file)
    assert code == 0
    assert "DOUBLE" in out
    assert look_up("double").cites == ("Polyak1963",)


def test_it_is_simulated(double):
    from eftheory.compressors import Identity
    from eftheory.simulate import simulate
    from eftheory.simulate.problems import Quadratic

    problem = Quadratic.of_spectra([[1.0, 0.5], [0.8, 0.4]])
    run = simulate(double(Fraction(3, 4)), problem, Identity(), steps=20, start=[3.0, -2.0])
    assert run.measures[-1] < 1e-6 * run.measures[0]


def test_it_is_simulated_from_the_command_line(double, tmp_path, capsys):
    data = tmp_path / "small.libsvm"
    data.write_text("+1 1:1 3:0.5\n-1 2:1\n+1 1:0.5\n-1 2:0.5 3:1\n" * 5)
    options = ("--data", str(data), "--agents", "2", "--regulariser", "l2:1/10", "--rounds", "200", "--json")
    code, out = run(capsys, "simulate", "double", *options)
    assert code == 0
    (column,) = json.loads(out)["runs"]
    assert (column["method"], column["end"]) == ("double", "stable")
    assert column["grad2_last_tenth"] < 1e-6


def test_a_class_of_functions_of_one_file_is_certified_checked_told_and_proved(monotone, tmp_path, capsys):
    """Its constants are not L and mu, and its rate is the known one, 1 - 2 m step + (ell step)^2."""
    file, types = str(tmp_path / "monotone.cert.json"), "class=Lipschitz and monotone,ell=2,m=1,count=9"
    code, out = run(capsys, "certify", "gd", "--agents", types, "--step-size", "1/4", "--json", "-o", file)
    found = json.loads(out)
    assert found["status_upper"] == "proved"
    assert found["agents"] == [{"class": "Lipschitz and monotone", "ell": "2", "m": "1", "count": 9}]
    assert abs(Fraction(found["rate_upper"]) - Fraction(3, 4)) < Fraction(1, 10**5)
    assert code == (0 if found["status_lower"] == "proved" else 3)
    (upper, *_) = check_bytes(Path(file).read_bytes())
    assert upper.proved
    assert "9 with ell=2, m=1" in upper.claim.setting.sentence()
    assert "m-strongly monotone" in upper.claim.setting.sentence()
    code, out = run(capsys, "show", file, "--latex")
    assert r"g_i + r_i^{(k)}" in out
    assert r"\mu$-strongly" not in out
    for command in (("show", file), ("show", file, "--latex"), ("prove", file)):
        code, out = run(capsys, *command)
        assert code == 0, command
        assert "monotone" in out, command


def test_classes_are_mixed(monotone):
    agents = [AgentType(functions=monotone(ell=2, m=1), count=3), AgentType(L=2, mu=1, count=5)]
    found = certify("gd", agents, step_size=Fraction(1, 4))
    assert found.status("upper") == "proved"
    assert Fraction(9, 16) < found.rate("upper") < Fraction(3, 4) + Fraction(1, 10**5)
    sentence = found.setting.sentence()
    assert "3 with ell=2, m=1 (Lipschitz and monotone); 5 with L=2, mu=1 (smooth strongly convex)" in sentence


def test_the_step_size_of_mixed_classes_is_searched(monotone):
    """A type that has no fact of a name has no multiplier that could wander."""
    agents = [AgentType(functions=monotone(ell=2, m=1), count=3), AgentType(L=2, mu=1, count=5)]
    found = certify("gd", agents)
    assert found.status("upper") == "proved"
    assert found.rate("upper") < Fraction(1, 2)
    assert max(value for row in found.certificate.upper.multipliers.values() for value in row) < 1000


def test_a_question_about_another_class_is_another_question(monotone):
    asked = [
        Case("it", "gd", (agent,), Fraction(1)) for agent in (AgentType(functions=monotone(2, 1)), AgentType(2, 1))
    ]
    assert asked[0].digest != asked[1].digest


def test_a_class_that_is_not_entered_is_refused(monotone, monkeypatch):
    monkeypatch.delitem(FUNCTIONS, monotone.name)
    with pytest.raises(ValueError, match="is of no class that a claim may name; those are smooth strongly convex"):
        certify("gd", AgentType(functions=monotone(2, 1)), step_size=Fraction(1, 4))


def test_what_is_known_for_other_functions_is_not_used(monotone):
    """Theorem A and the laws are about smooth and strongly convex ones."""
    agents = (AgentType(functions=monotone(ell=2, m=1)),)
    assert look_up("ef21").law is not None
    assert look_up("ef21", agents).law is None
    with pytest.raises(ValueError, match="no law is known"):
        certify("ef21", agents, alpha=Fraction(3, 4), step_size="law")


def test_a_reader_that_does_not_know_the_class_refuses_the_file(monotone, monkeypatch, tmp_path):
    file = tmp_path / "monotone.cert.json"
    certify("gd", AgentType(functions=monotone(ell=2, m=1)), step_size=Fraction(1, 4), path=file)
    monkeypatch.delitem(FUNCTIONS, monotone.name)
    with pytest.raises(ValueError, match=r"agents\[0\].class: 'Lipschitz and monotone' is no class"):
        check_bytes(file.read_bytes())
