"""What a user asks for becomes a setting, or one line that says what is allowed."""

from __future__ import annotations

from fractions import Fraction

import pytest

import eftheory
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.smooth import SmoothMean
from eftheory.bounds.problems import PROBLEMS, find_problem, read_types
from eftheory.bounds.published import published_step
from eftheory.bounds.request import Request, is_general, read_request
from eftheory.methods import CERTIFIED, METHODS, NAMED

HALF = Fraction(1, 2)


def ask(method: str, problem: str, agents=(1, None, 12), **said) -> Request:
    found = find_problem(problem)
    return read_request(NAMED[method], read_types(agents, found), found, **said)


@pytest.mark.parametrize(
    ("problem", "agents", "mu"),
    [
        ("nonconvex", (1,), -1),
        ("nonconvex", {"L": 2, "count": 3}, -2),
        ("nonconvex", (1, "-1/2"), Fraction(-1, 2)),
        ("pl", (1,), -1),
        ("convex", (1,), 0),
        ("weakly-convex", (1, "-1/10"), Fraction(-1, 10)),
        ("strongly-convex", (1, "1/10"), Fraction(1, 10)),
    ],
)
def test_a_mu_that_is_not_said_is_that_of_the_class(problem, agents, mu):
    (agent,) = read_types(agents, PROBLEMS[problem])
    assert agent.mu == mu
    assert (agent.functions.name == "smooth") == (problem in ("nonconvex", "pl", "weakly-convex"))


@pytest.mark.parametrize(
    ("method", "problem", "said", "assumed", "measure"),
    [
        ("ef21", "nonconvex", {"alpha": HALF}, ["bounded below"], "||mean g||^2"),
        ("ef21", "convex", {"alpha": HALF}, ["bounded below"], "||mean g||^2"),
        ("ef", "convex", {"alpha": HALF}, ["common global minimiser"], "f - inf f"),
        ("diana", "convex", {"omega": HALF}, ["global minimiser"], "f - inf f"),
        ("ef21", "convex", {"alpha": HALF, "minimiser": "global"}, ["global minimiser"], "||mean g||^2"),
        ("ef21", "pl", {"alpha": HALF, "mu": HALF}, ["pl"], "f - inf f"),
        ("ef", "nonconvex", {"alpha": HALF, "similar": Fraction(2)}, ["bounded below", "similar"], "||mean g||^2"),
        ("ef21", "nonconvex", {"alpha": HALF, "sigma": HALF}, ["bounded below", "independent noise"], "||mean g||^2"),
        ("diana", "strongly-convex", {"omega": HALF}, [], ""),
    ],
)
def test_what_follows_from_a_word(method, problem, said, assumed, measure):
    request = ask(method, problem, (1, "1/2" if problem == "strongly-convex" else None, 12), **said)
    assert [assumption.name for assumption in request.assumptions] == assumed
    assert request.measure == measure
    assert request.at(HALF).assumptions == request.assumptions


def test_assumptions_may_be_said_one_by_one():
    request = ask("ef21_sgd", "nonconvex", alpha=HALF, assumptions=(BoundedBelow(), Noise()))
    assert request.assumptions == (BoundedBelow(), Noise())
    assert request.variance is None
    assert IndependentNoise() not in request.assumptions


def test_noise_and_participation_choose_the_method():
    noisy = ask("ef21", "nonconvex", alpha=HALF, sigma=Fraction(3), minibatch=Fraction(36))
    partial = ask("ef21", "nonconvex", alpha=HALF, participation=Fraction(1, 4))
    assert (noisy.method, noisy.variance) == (NAMED["ef21_sgd"], Fraction(1, 4))
    assert partial.at(HALF).method == NAMED["ef21_pp"](HALF, Fraction(1, 4))


@pytest.mark.parametrize(("method", "name"), [("diana", "beta"), ("marina", "full")])
def test_a_share_is_that_of_the_theorems_unless_it_is_said(method, name):
    assert ask(method, "nonconvex", omega=Fraction(3)).parameters == {name: Fraction(1, 4)}
    assert ask(method, "nonconvex", omega=Fraction(3), parameters={name: HALF}).parameters == {name: HALF}


def test_what_is_said_of_f_itself_is_assumed_and_its_curvature_makes_a_rate():
    flat = ask("ef21", "nonconvex", alpha=HALF, mean={"L": Fraction(1, 4)})
    assert flat.assumptions == (BoundedBelow(), SmoothMean(Fraction(1, 4), Fraction(-1, 4)))
    assert ask("ef21", "convex", alpha=HALF, mean={"L": Fraction(1, 4)}).assumptions[-1].mu == 0
    curved = ask("ef21", "nonconvex", alpha=HALF, mean={"L": Fraction(1, 4), "mu": Fraction(1, 9)})
    assert (flat.kind, curved.kind) == ("sum", "rate")


def test_the_server_compresses_as_the_agents_do_unless_it_is_said():
    assert ask("ef21_bc", "nonconvex", alpha=HALF).parameters == {"alpha_down": HALF}
    third = ask("ef21_bc", "nonconvex", alpha=HALF, parameters={"alpha_down": Fraction(1, 3)})
    assert (third.parameters["alpha_down"], third.compressor.alpha) == (Fraction(1, 3), HALF)
    down = ask("ef21_p", "nonconvex", alpha=HALF)
    assert (down.parameters["alpha_down"], down.compressor.alpha) == (HALF, 1)


def test_the_shares_of_ef_bv_are_those_of_its_theorem():
    assert ask("ef_bv", "nonconvex", alpha=HALF).parameters == {"beta": 1, "nu": 1}
    assert ask("ef_bv", "nonconvex", omega=Fraction(3)).parameters == {"beta": Fraction(1, 4), "nu": Fraction(4, 5)}
    assert ask("ef_bv", "nonconvex", omega=Fraction(3), parameters={"nu": HALF}).parameters["nu"] == HALF


def test_methods_with_chance_are_general_and_the_others_are_not():
    general = [kind.name for kind in CERTIFIED if is_general(kind)]
    assert general == ["ef21_pp", "ef21_sgd", "diana", "marina", "ef21_bc", "ef21_p", "ef21_sgdm"]
    assert not {*general} & METHODS.keys()


@pytest.mark.parametrize(
    ("method", "problem", "said", "message"),
    [
        ("ef21", "nonconvex", {}, "alpha is missing: ef21 compresses"),
        ("ef21", "nonconvex", {"alpha": HALF, "omega": HALF}, "alpha and omega"),
        ("ef21", "nonconvex", {"omega": -HALF}, "a variance is not negative"),
        ("marina", "nonconvex", {}, "omega is missing: marina sends unbiased messages"),
        (
            "marina",
            "nonconvex",
            {"alpha": HALF},
            "alpha=1/2: leave it out, and give omega: marina sends unbiased messages",
        ),
        ("diana", "convex", {"alpha": HALF}, "alpha=1/2: leave it out, and give omega: diana sends unbiased messages"),
        ("marina", "nonconvex", {"omega": HALF, "parameters": {"full": Fraction(0)}}, "full=0: MARINA sends all with"),
        ("marina", "nonconvex", {"omega": HALF, "parameters": {"full": Fraction(1)}}, "full=1: MARINA sends all with"),
        ("ef21", "nonconvex", {"alpha": HALF, "participation": Fraction(0)}, r"a probability in \(0, 1\]"),
        ("ef21", "nonconvex", {"alpha": HALF, "participation": Fraction(2)}, r"a probability in \(0, 1\]"),
        ("ef", "convex", {"alpha": HALF, "participation": HALF}, "of ef21 there is a method with it"),
        ("ef21", "nonconvex", {"alpha": HALF, "participation": HALF, "sigma": HALF}, "no method with both yet"),
        ("ef21", "nonconvex", {"alpha": HALF, "sigma": -HALF}, "a deviation is not negative"),
        ("ef21", "nonconvex", {"alpha": HALF, "minibatch": Fraction(2)}, "give sigma too"),
        ("ef21", "nonconvex", {"alpha": HALF, "sigma": HALF, "minibatch": HALF}, "a whole number of samples"),
        ("marina", "nonconvex", {"omega": HALF, "sigma": HALF}, "marina has exact gradients"),
        ("ef21_sgd", "nonconvex", {"alpha": HALF}, "sigma is missing: ef21_sgd uses stochastic gradients"),
        ("ef21_sgdm", "nonconvex", {"alpha": HALF}, "sigma is missing: ef21_sgdm uses stochastic gradients"),
        ("ef21_bc", "nonconvex", {}, "alpha is missing: the server of ef21_bc compresses"),
        ("ef21_p", "nonconvex", {}, "alpha is missing: the server of ef21_p compresses"),
        ("ef21_bc", "nonconvex", {"parameters": {"alpha_down": HALF}}, "alpha is missing: ef21_bc compresses"),
        ("ef21_bc", "nonconvex", {"alpha": HALF, "parameters": {"alpha_down": Fraction(2)}}, "alpha must lie in"),
        ("ef21_p", "nonconvex", {"alpha": Fraction(0)}, "alpha must lie in"),
        ("ef21", "nonconvex", {"alpha": HALF, "mean": {"mu": HALF}}, "give the L of f"),
        ("ef21", "nonconvex", {"alpha": HALF, "mean": {"L": HALF, "K": HALF}}, "give the L of f"),
        ("ef21", "nonconvex", {"alpha": HALF, "mean": {"L": HALF, "mu": Fraction(1)}}, "curvatures of f lie between"),
        ("ef21", "pl", {"alpha": HALF}, "mu is missing"),
        ("ef21", "pl", {"alpha": HALF, "mu": Fraction(2)}, "no mu above it is possible"),
        ("ef21", "pl", {"alpha": HALF, "mu": HALF, "minimiser": "global"}, "leave it out"),
        ("ef21", "convex", {"alpha": HALF, "mu": HALF}, "it is for the class pl"),
        ("ef21", "convex", {"alpha": HALF, "minimiser": "any"}, "choose one of common, global"),
        ("ef", "nonconvex", {"alpha": HALF}, "unless the f_i are similar or share a minimiser"),
        ("ef", "convex", {"alpha": HALF, "minimiser": "global"}, "unless the f_i are similar or share a minimiser"),
        ("ef", "pl", {"alpha": HALF, "mu": HALF}, "assume minimiser=common"),
        ("dcgd", "nonconvex", {"omega": HALF}, "unless the f_i are similar or share a minimiser"),
        ("cgd", "nonconvex", {"alpha": HALF}, "covered for one agent only"),
        ("gd", "nonconvex", {"alpha": HALF}, "GD does not compress"),
        ("ef21", "nonconvex", {"alpha": HALF, "measure": "||x - x*||^2"}, r"there is no x\*; give minimiser=common"),
        ("ef21", "nonconvex", {"alpha": HALF, "measure": "cost"}, "'cost' is no quantity of ef21; expected"),
        ("ef21", "nonconvex", {"alpha": HALF, "similar": HALF}, "no less than 1"),
        ("marina", "nonconvex", {"omega": HALF, "parameters": {"half": HALF}}, "marina has no parameter 'half'"),
        (
            "ef21",
            "nonconvex",
            {"alpha": HALF, "assumptions": (BoundedBelow(), BoundedBelow())},
            "one stands twice",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(method, problem, said, message):
    with pytest.raises(ValueError, match=message) as caught:
        ask(method, problem, **said)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("agents", "problem", "message"),
    [
        ((1, -2), "nonconvex", "no curvature below -L"),
        ((1,), "weakly-convex", "mu missing: weakly convex functions have a mu < 0"),
        ((1, 0), "weakly-convex", "weakly convex functions have a mu < 0"),
        ((1,), "strongly-convex", "mu missing"),
        ((1, "-1/2"), "convex", "must not be negative"),
    ],
)
def test_constants_out_of_range_are_refused(agents, problem, message):
    with pytest.raises(ValueError, match=message):
        read_types(agents, PROBLEMS[problem])


def test_a_class_that_does_not_exist():
    with pytest.raises(ValueError, match="class='concave': choose one of strongly-convex, convex"):
        find_problem("concave")
    with pytest.raises(ValueError, match="class='3': choose one of strongly-convex, convex"):
        find_problem(3)


@pytest.mark.parametrize(
    ("method", "problem", "said", "step", "theorem"),
    [
        ("ef21", "nonconvex", {"alpha": Fraction(3, 4)}, Fraction(1, 2), "ef21_"),
        ("ef", "convex", {"alpha": Fraction(3, 4)}, Fraction(1, 3), "ef_convex"),
        ("gd", "nonconvex", {}, Fraction(1), "ef21_nonconvex"),
        ("marina", "nonconvex", {"omega": Fraction(0)}, Fraction(1), "marina"),
        ("diana", "convex", {"omega": Fraction(2)}, Fraction(2672613, 10**7), "diana"),
        ("ef_bv", "nonconvex", {"omega": Fraction(2)}, Fraction(3818, 10**4), "ef_bv"),
        ("ef_bv", "nonconvex", {"alpha": Fraction(3, 4)}, Fraction(1, 4), ""),
    ],
)
def test_searches_begin_at_published_steps(method, problem, said, step, theorem):
    """Hardly shortened, and with no theorem named where none is here."""
    found, slug = published_step(ask(method, problem, **said))
    assert slug.startswith(theorem)
    assert bool(slug) == bool(theorem)
    assert step * Fraction(998, 1000) <= found
    assert found <= step or method == "ef21"


def test_marina_may_lose_nothing():
    """As is advised: omega = 0. A coin of probability 0 is none."""
    result = eftheory.certify("marina", (1, None, 3), functions="nonconvex", omega=0, step_size="1/4")
    assert result.status("upper") == "proved"
    assert " E ||grad f(x_t)||^2" in str(result)
