"""Every calculator is tied to its proof: hypotheses hold at its step and not beyond, and its figures are the claims."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eftheory import laws
from eftheory.assumptions import AgentType
from eftheory.laws.time_complexity import m3_noise
from eftheory.proofkit.catalogue import find_proof, load, load_one, proofs_folder, slugs_in
from eftheory.proofkit.kernel.expression import Symbol
from eftheory.proofkit.kernel.substitution import symbols
from eftheory.theory.calculators import CALCULATORS, NEAR
from eftheory.theory.calculators.instance import packaged_theorem
from eftheory.theory.calculators.quantity import MissingNumberError

F = Fraction
POINT = {
    "alpha": F(15, 16), "L": F(1), "L_tilde": F(2), "L_mean": F(2), "L_max": F(3, 2), "mu": F(1, 10), "p": F(1, 2),
    "sigma": F(1, 10), "sigma_weighted": F(1, 10), "batch": F(4), "changes": F(4), "eta": F(1, 4), "momentum": F(1, 5),
    "alpha_down": F(3, 4), "kappa": F(1, 4), "n": F(8),
    "omega": F(3), "L_pm": F(1), "A": F(1), "B": F(1), "L_A": F(1), "L_B": F(1, 2), "delta": F(3), "G0": F(2),
    "P0": F(1), "R0": F(1), "V0": F(2), "E0": F(1), "H0": F(1), "a": F(2), "zeta": F(1, 10), "team": F(2),
    "repeats": F(2), "L_sample": F(4), "growth_f": F(1, 500), "growth_gradient": F(1, 500), "gap": F(1),
    "accuracy": F(1, 1000),
}  # fmt: skip
"""Numbers at which most roots are rational: sqrt(1 - 15/16) = 1/4, and its root 1/2."""
AGENTS = (AgentType(1, F(1, 10), 3), AgentType(4, 1, 1))
every = pytest.mark.parametrize("slug", CALCULATORS)
averages = pytest.mark.parametrize(
    "slug", [slug for slug, each in CALCULATORS.items() if "T" in {quantity.name for quantity in each.quantities}]
)


def ask(slug, **more):
    calculator = CALCULATORS[slug]
    names = {quantity.name for quantity in calculator.quantities}
    step = more.pop("step_size", None)
    point = {name: value for name, value in {**POINT, **more}.items() if name in names}
    return calculator.ask(point, agents=AGENTS if calculator.needs_agents else (), step_size=step)


@every
def test_it_reads_the_proof_itself(slug):
    assert slug in slugs_in(proofs_folder())
    assert packaged_theorem(slug).conclusions == load_one(find_proof(slug, proofs_folder())).conclusions


LAWS = {
    "gd": lambda: laws.gd_rate(1, F(1, 10)),
    **dict.fromkeys(("cgd", "cgd_over_time"), lambda: laws.cgd_rate(1, F(1, 10), alpha=F(15, 16))),
    "tight_rate": lambda: laws.tight_rate(1, F(1, 10), alpha=F(15, 16)),
    "tight_rate_over_time": lambda: laws.tight_rate(1, F(1, 10), alpha=F(15, 16)),
    "ef21_equal_agents": lambda: laws.tight_rate(1, F(1, 10), alpha=F(15, 16)),
    "ef_equal_agents": lambda: laws.tight_rate(1, F(1, 10), alpha=F(15, 16)),
    "heterogeneous_law": lambda: laws.heterogeneous_rate(AGENTS, alpha=F(15, 16)),
    "heterogeneous_law_ef": lambda: laws.heterogeneous_rate(AGENTS, alpha=F(15, 16)),
    "heterogeneous_law_over_time": lambda: laws.heterogeneous_rate(AGENTS, alpha=F(15, 16)),
}


SIMPLER_STEPS = {"T", "z", "gamma'", "lambda'", "gamma*", "short", "long"}
"""What only claims about simpler steps, or time, speak of."""
OF_SIMPLER_STEPS = {
    **{
        slug: {"M"}
        for slug in (
            "marina",
            "dasha",
            "ef_bv",
            "ef21_sgdm",
            "marina_perm_k",
            "marina_p_repeated",
            "m3_minibatch",
            "m3_variance_reduced",
        )
    },
    "cgd_over_time": {"f*"},
    "marina_p": {"M", "n"},
    "m3": {"s"},
    "ef21_heavy_ball_pl": {"z'"},
    "ef_nonconvex": {"b"},
}
SEARCHED = {slug: {"rho" if "cgd" in slug or "heterogeneous" in slug else "r"} for slug in LAWS if slug != "gd"}
"""The least number that the hypotheses allow."""


@every
def test_every_hypothesis_about_numbers_is_tried(slug):
    """None is left out because a symbol has another name in the proof: the calculator would promise too much."""
    answer = ask(slug)
    theorem, has = answer.instance.theorem, set(answer.instance._symbols)
    parameters = {parameter.symbol for parameter in theorem.parameters}
    unused = SIMPLER_STEPS | OF_SIMPLER_STEPS.get(slug, set()) | SEARCHED.get(slug, set())
    assert {symbol.name for symbol in parameters - has} <= unused
    for step in theorem.givens:
        about = symbols(step.relation.left) | symbols(step.relation.right)
        searched = {Symbol(name) for name in SEARCHED.get(slug, ())}
        assert not about <= parameters or about <= has | searched or step.name in ("z", "M", "z'", "b"), step.name


@pytest.mark.parametrize("slug", LAWS)
def test_rates_are_those_of_the_laws(slug):
    """Hardly above: the law is a formula, the calculator tries the hypotheses."""
    below, above = laws.enclose(LAWS[slug](), bits=80)
    assert below <= ask(slug)["rate_upper"] <= above + F(1, 10**11)


XI, THETA = F(1, 3), F(3, 4)
Q, NOISY_THETA = F(1, 2), F(3, 4)
NOISE = (Q**3 + 1 / (1 - Q)) / NOISY_THETA * POINT["sigma"] ** 2 / POINT["batch"]
_L2 = POINT["L_tilde"] ** 2
SLOWNESS = {
    **dict.fromkeys(("ef21_nonconvex", "ef21_plus", "ef21_prox"), XI**2 * _L2),
    **dict.fromkeys(("ef21_w", "ef21_weighted"), XI**2 * POINT["L_mean"] ** 2),
    **dict.fromkeys(("stochastic_ef21", "ef21_w_sgd", "ef21_weighted_sgd"), Q**3 / (1 - Q) / NOISY_THETA * _L2),
    "ef21_sparse": XI**2 * _L2 * POINT["kappa"],
    "ef21_decreasing_steps": XI**2 * _L2,
    "ef21_sgd_expected_smoothness": Q**3 / (1 - Q) / NOISY_THETA * _L2,
    "cgd_nonconvex": F(0),
    "marina_p_repeated": 1 + 2 * F(3, 2) / 8,
    "m3_variance_reduced": 2 * F(1, 2) * (F(1, 2) * F(9, 4) + F(16, 4)) / (F(1, 4) * 8) * 2 + 2,
    "m3_minibatch": 6 * F(1, 8) * F(3, 2) ** 2 * 2 + 3,
    "ef21_p": XI**2,
    "marina": F(3, 8) * _L2,
    "ef21_sgdm": 4 * XI**2 * (F(1, 16) + F(9, 16)) * _L2 + 2 * 9,
    "dasha": 2 * F(3) * 7 * _L2 / 8,
    "marina_perm_k": POINT["L_pm"] ** 2,
    "marina_p": F(3),
    "marina_p_minibatch": F(3),
    "m3": m3_noise(F(1, 2), F(1, 8), F(1, 4), 8, F(3), F(0), F(7), L_max=F(3, 2), L_A=F(1), L_B=F(1, 2)),
}
"""M^2 in the condition M^2 step^2 + L step <= 1, by hand."""


@pytest.mark.parametrize("slug", SLOWNESS)
def test_the_step_is_the_root_of_the_quadratic(slug):
    step, M2 = ask(slug)["step_size"], SLOWNESS[slug]
    assert M2 * step**2 + step <= 1
    longer = step * (1 + F(1, 10**10))
    assert M2 * longer**2 + longer > 1


def test_bounds_are_those_of_the_papers():
    found = ask("ef21_nonconvex", T=F(50))
    step = found["step_size"]
    assert found["bound_times_T"] == 2 * 3 / step + 2 / THETA
    assert found["bound"] == found["bound_times_T"] / 50
    noisy = ask("stochastic_ef21", accuracy=F(1))
    assert noisy["floor"] == NOISE
    assert noisy["bound_times_T"] == 2 * 3 / noisy["step_size"] + 2 / NOISY_THETA
    pl = ask("ef21_pl")
    assert pl["rate_upper"] == 1 - pl["step_size"] / 10
    assert ask("stochastic_ef21_pl")["floor"] == NOISE / POINT["mu"]


def test_bounds_of_other_averages_are_those_of_the_theorems():
    """By hand: of f, of gradients that are similar, and with weights that fall."""
    convex = ask("ef_convex")
    assert convex["step_size"] == F(3, 4) / (F(5, 4) * 2)
    assert convex["bound_times_T"] == 2 / (2 * convex["step_size"])
    similar = ask("ef_nonconvex")
    step = similar["step_size"]
    assert similar["bound_times_T"] == 4 * 3 / step + 2 / THETA
    assert similar["floor"] == 2 * (XI * step / 10) ** 2
    assert ask("ef_nonconvex", step_size=step / 2)["floor"] == similar["floor"] / 4
    grows = ask("ef21_sgd_expected_smoothness")
    step, A = grows["step_size"], 2 * F(1, 4) * (F(1, 500) + F(2) * F(1, 500))
    V0, noise = 3 + step / (2 * NOISY_THETA) * 2, (Q**3 + 1 / (1 - Q)) / NOISY_THETA
    assert grows["bound_times_T"] == 2 * V0 / step
    assert grows["floor"] == noise * (A * (V0 + 1) + F(1, 100) / 4)


def test_full_gradients_at_all_times_are_ef21():
    """p = 1: but for the weights of two errors, of which there is none then."""
    page, plain = (ask(slug, p=F(1)) for slug in ("ef21_page", "ef21_nonconvex"))
    assert plain["step_size"] / 3 <= page["step_size"] <= plain["step_size"]
    assert ask("ef21_page", L_sample=F(8))["step_size"] < ask("ef21_page")["step_size"]
    assert ask("ef21_page", L_sample=F(8), batch=F(16)).figures == ask("ef21_page").figures


def test_without_growth_the_noise_is_that_of_bounded_variance():
    still = {"growth_f": F(0), "growth_gradient": F(0), "accuracy": F(1)}
    bounded, found = ask("stochastic_ef21", accuracy=F(1)), ask("ef21_sgd_expected_smoothness", **still)
    assert bounded["floor"] <= found["floor"] <= bounded["floor"] * (1 + F(1, 10**6))
    assert found["bound_times_T"] == bounded["bound_times_T"]
    assert "gap" in CALCULATORS["ef21_sgd_expected_smoothness"].ask({"alpha": F(3, 4)}, agents=(1, 0.1)).given
    with pytest.raises(MissingNumberError, match="asks for --gap"):
        CALCULATORS["ef21_sgd_expected_smoothness"].ask({"alpha": F(3, 4), "growth_f": 1}, agents=(1, 0.1))


def test_small_minibatches_do_not_converge_linearly_if_noise_grows():
    with pytest.raises(ValueError, match="it assumes large minibatches: "):
        ask("ef21_sgd_expected_smoothness_pl", growth_f=F(1))


def test_a_theorem_about_one_agent_says_nothing_of_several():
    with pytest.raises(MissingNumberError, match=r"cgd_pl: it is about one agent: .*dcgd_diverges"):
        CALCULATORS["cgd_pl"].ask({"alpha": F(1, 2)}, agents=AGENTS)
    assert CALCULATORS["cgd_pl"].ask({"alpha": F(1, 2)}, agents=(2, 1))["rate_upper"] == F(3, 4)


def test_where_similar_gradients_leave_a_floor_smaller_steps_are_named():
    found = ask("ef_nonconvex", accuracy=F(1, 10**6))
    assert "a smaller --step-size lowers it" in found.notes[0]
    assert "iterations" in {figure.name for figure in ask("ef_nonconvex", step_size=F(1, 1000)).figures}


def test_published_steps_are_covered():
    """The bounds of the laws, which are simpler, are below the largest step."""
    nonconvex = laws.ef21_nonconvex_step_size(1, 2, alpha=F(15, 16))
    assert ask("ef21_nonconvex")["step_size"] >= nonconvex
    assert ask("ef21_nonconvex", step_size=nonconvex)["step_size"] == nonconvex
    pl = laws.enclose(laws.ef21_pl_step_size(1, 2, mu=F(1, 10), alpha=F(15, 16)))[0]
    assert ask("ef21_pl")["step_size"] >= pl


def step_of(answer) -> F:
    return answer.instance.values[answer.calculator.step]


@every
def test_the_largest_step_is_covered_and_none_beyond(slug):
    answer = ask(slug)
    assert answer.instance.failing() == ""
    if answer.calculator.steps is None:
        beyond = answer["step_size"] * (1 + F(1, 10**10))
        with pytest.raises(
            ValueError, match=f"{slug} covers steps up to .*; it assumes (short step: |slow step: |gamma <= 1/L)"
        ):
            ask(slug, step_size=beyond)
        half = ask(slug, step_size=answer["step_size"] / 2)
        assert step_of(half) == step_of(answer) / 2


@averages
def test_the_iterations_are_enough_and_needed(slug):
    accuracy = F(1)
    found = ask(slug, accuracy=accuracy)
    T = found["iterations"]
    assert ask(slug, accuracy=accuracy, T=F(T))["bound"] <= accuracy
    assert T == 1 or ask(slug, accuracy=accuracy, T=F(T - 1))["bound"] > accuracy


def test_below_the_noise_no_number_of_steps_is_enough():
    found = ask("stochastic_ef21", accuracy=F(1, 1000))
    assert "iterations" not in {figure.name for figure in found.figures}
    assert "larger batches" in found.notes[0]


numbers = st.fractions(F(1, 50), F(50), max_denominator=50)


@pytest.mark.parametrize("slug", ["ef21_nonconvex", "ef21_partial_pl", "stochastic_ef21", "tight_rate", "m3"])
@given(L=numbers, more=numbers, alpha=st.fractions(F(1, 100), F(99, 100)), share=st.fractions(F(1, 100), F(99, 100)))
@settings(max_examples=10, deadline=None)
def test_at_any_numbers_the_hypotheses_hold(slug, L, more, alpha, share):
    """Also where roots are rounded: with s above sqrt(1 - alpha), hence for worse compressors, too."""
    found = ask(slug, L=L, L_tilde=L + more, L_max=L, alpha=alpha, mu=share * L, p=share)
    assert found.instance.failing() == ""
    s = found.instance.values.get("s", found.instance.values.get("q", F(0)) ** 2)
    assert s**2 >= 1 - alpha or slug == "m3"


def test_roots_are_rounded_to_the_harder_side():
    values = ask("ef21_partial", alpha=F(1, 3)).instance.values
    assert 0 < values["s"] ** 2 - F(2, 3) < F(1, 2**120)
    exact = replace(ask("ef21_partial", alpha=F(1, 3)).instance, rounded=frozenset())
    assert exact.failing().startswith("M: ")


@every
def test_one_agent_says_the_same_as_the_numbers(slug):
    calculator = CALCULATORS[slug]
    if calculator.needs_agents:
        return
    n = 1 if slug.startswith("cgd") else 8
    agent = AgentType(2, F(1, 5), n)
    of_agents = {quantity.name for quantity in calculator.quantities if quantity.of_agents}
    said = {"L": F(2), "L_tilde": F(2), "L_mean": F(2), "L_max": F(2), "mu": F(1, 5), "n": F(n)}
    others = {quantity.name: POINT[quantity.name] for quantity in calculator.quantities if quantity.must_be_given}
    rest = {name: value for name, value in others.items() if name not in of_agents}
    from_agents = calculator.ask(rest, agents=(agent,))
    from_numbers = calculator.ask({**rest, **{name: said[name] for name in of_agents}})
    assert from_agents.figures == from_numbers.figures


@pytest.mark.parametrize(
    ("slug", "numbers", "words"),
    [
        ("ef21_nonconvex", {"alpha": F(5, 4)}, r"alpha=5/4: contraction of .*: in \(0, 1\]"),
        ("ef21_nonconvex", {"L": F(0)}, "L=0: smoothness constant of f.*: > 0"),
        ("ef21_partial", {"p": F(2)}, r"p=2: probability .*: in \(0, 1\]"),
        ("stochastic_ef21", {"sigma": F(-1)}, "sigma=-1: .*: >= 0"),
        ("stochastic_ef21", {"batch": F(3, 2)}, "batch=3/2: .*whole"),
        ("tight_rate", {"mu": F(2)}, "mu=2, L=1: mu must not exceed L"),
        ("tight_rate", {"mu": F(1)}, "tight_rate does not cover these numbers; it assumes mu < L"),
        ("marina_perm_k", {"B": F(2)}, "it assumes B <= A"),
        ("ef21_nonconvex", {"step_size": F(0)}, "step_size=0: the step size must be positive"),
        ("heterogeneous_law", {"step_size": F(1)}, "step_size=1: heterogeneous_law is about one step size only"),
        ("ef21_equal_agents", {"step_size": F(1)}, "ef21_equal_agents is about one step size only"),
    ],
)
def test_what_no_theorem_covers_is_refused(slug, numbers, words):
    with pytest.raises(ValueError, match=words):
        ask(slug, **numbers)


def test_what_is_missing_is_named():
    with pytest.raises(MissingNumberError, match=r"ef21_partial asks for --alpha, contraction .*: in \(0, 1\]"):
        CALCULATORS["ef21_partial"].ask({})
    with pytest.raises(MissingNumberError, match=r"ef21_pl asks for --mu, .*these agents have none"):
        CALCULATORS["ef21_pl"].ask({"alpha": F(1, 2)}, agents=(AgentType(1, 0),))
    with pytest.raises(ValueError, match="tau: ef21_pl asks for alpha, L, L_tilde, mu, accuracy"):
        CALCULATORS["ef21_pl"].ask({"tau": F(1, 2)})
    with pytest.raises(MissingNumberError, match="give --agents"):
        CALCULATORS["heterogeneous_law"].ask({"alpha": F(1, 2)})


def test_too_large_a_step_has_no_rate():
    found = ask("tight_rate", step_size=F(100))
    assert [figure.name for figure in found.figures] == ["step_size"]
    assert "too large" in found.notes[0]


@pytest.mark.parametrize("slug", ["tight_rate", "tight_rate_over_time", "ef21_equal_agents", "ef_equal_agents"])
def test_a_theorem_about_equal_agents_says_nothing_of_others(slug):
    """Means of their constants would give a rate below the true one."""
    with pytest.raises(ValueError, match="about equal agents; for others: eftheory rate heterogeneous_law"):
        CALCULATORS[slug].ask({"alpha": F(3, 4)}, agents=AGENTS)
    equal = CALCULATORS[slug].ask({"alpha": F(3, 4)}, agents=(AgentType(2, 1, 3), AgentType(2, 1)))
    assert equal["rate_upper"] == CALCULATORS[slug].ask({"alpha": "3/4", "L": 2, "mu": 1})["rate_upper"]


def test_numbers_are_read_as_everywhere():
    exact = CALCULATORS["ef21_pl"].ask(
        {"alpha": F(3, 4), "L": F(1), "L_tilde": F(1), "mu": F(1, 10)}, step_size=F(1, 10)
    )
    assert CALCULATORS["ef21_pl"].ask({"alpha": 0.75}, agents=(1, 0.1, 7), step_size="0.1").figures == exact.figures


def test_every_theorem_that_bounds_gradients_or_decays_is_a_calculator():
    """All proofs are read: a new one of this kind needs a calculator, too."""
    names = (Symbol("average"), Symbol("ST"))
    for slug, theorem in load(proofs_folder()).items():
        bounded = any(relation.left in names for relation in theorem.conclusions)
        decays = any(
            symbol.name.endswith("mu)^T") for relation in theorem.conclusions for symbol in symbols(relation.right)
        )
        assert slug in CALCULATORS or not (bounded or decays), slug


def test_theorems_without_numbers_lead_to_one_with():
    assert {*NEAR} <= {*slugs_in(proofs_folder())} - {*CALCULATORS}
    assert {*NEAR.values()} <= {*CALCULATORS}


def test_another_proof_would_give_other_numbers(monkeypatch):
    """Nothing is written twice: the step and the bound are those of the theorem that is read."""
    theorem = packaged_theorem("ef21_nonconvex")
    gamma, average = Symbol("gamma"), Symbol("average")
    stricter = [
        replace(step, relation=4 * gamma <= 1) if step.name == "short step" else step for step in theorem.givens
    ]
    other = replace(theorem, givens=stricter, conclusions=[average <= 5 * Symbol("f0") / Symbol("T")])
    monkeypatch.setattr("eftheory.theory.calculators.calculator.packaged_theorem", lambda slug: other)
    found = ask("ef21_nonconvex")
    assert (found["step_size"], found["bound_times_T"]) == (F(1, 4), 5 * 3)


def test_a_bound_that_falls_otherwise_is_not_extrapolated(monkeypatch):
    theorem = packaged_theorem("ef21_nonconvex")
    slower = [Symbol("average") <= Symbol("f0") / (1 + Symbol("T"))]
    monkeypatch.setattr(
        "eftheory.theory.calculators.calculator.packaged_theorem", lambda slug: replace(theorem, conclusions=slower)
    )
    with pytest.raises(ArithmeticError, match=r"its bound is not a/T \+ b"):
        ask("ef21_nonconvex", accuracy=F(1, 10))


@pytest.mark.parametrize("n", [1, 2, 7, 8, 9, 26, 27, 28, 1000, 10**30, 10**30 - 1])
def test_the_momentum_of_m3_is_found_for_any_number_of_agents(n):
    slowness = 1 / CALCULATORS["m3"].ask({"n": n, "L": 1, "L_A": 0, "L_max": 1}).given["beta"]
    assert slowness**3 <= n**2 < (slowness + 1) ** 3


@pytest.mark.parametrize(("slug", "free"), [("ef21_partial", True), ("ef21_bidirectional", True), ("ef21_pl", False)])
def test_a_step_is_not_called_the_largest_where_free_constants_are_only_tried(slug, free):
    told = " for the values tried of its free constants"
    assert ask(slug).figures[0].remark == f"the largest it covers{told * free}"
    with pytest.raises(ValueError, match=f"covers steps up to [0-9.]+{told * free}; it assumes"):
        ask(slug, step_size=F(9))
