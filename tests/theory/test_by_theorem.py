"""V and multipliers that are read from theorems: the checker accepts them where the theorems speak, and not beyond."""

from dataclasses import replace
from fractions import Fraction

import pytest

from eftheory import AgentType, certify
from eftheory.algebra.rounding import simplest
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.assumptions.mean.minimiser import CommonGlobalMinimiser
from eftheory.assumptions.mean.noise import IndependentNoise, Noise
from eftheory.assumptions.mean.polyak_lojasiewicz import PolyakLojasiewicz
from eftheory.assumptions.mean.similar import Similar
from eftheory.certificates import Certificate
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import CERTIFIED, CGD, EF, EF21, EF21PP, EF21SGD, GD, Marina
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.proofkit import check
from eftheory.proofkit.certified.from_certificate import from_certificate
from eftheory.theory.by_theorem import NO_SOURCE, SOURCES, find_source
from eftheory.theory.calculators import CALCULATORS

ONE, SAME = (AgentType(functions=Smooth(L=2, mu=-1)),), (AgentType(functions=Smooth(L=2, mu=-2), count=7),)
MANY = (
    AgentType(functions=Smooth(L=1, mu=-1), count=3),
    AgentType(functions=Smooth(L=5, mu=Fraction(-1, 2))),
    AgentType(3, 0, 2),
    AgentType(Fraction(1, 3), Fraction(1, 3)),  # a quadratic
)
BELOW, PL = (BoundedBelow(),), (PolyakLojasiewicz(Fraction(1, 50)),)
METHODS = {
    GD: ({}, ()),
    CGD: ({}, ()),
    EF: ({}, (Similar(Fraction(3, 2)),)),
    EF21: ({}, ()),
    EF21PP: ({"chance": Fraction(1, 3)}, ()),
    EF21SGD: ({}, (IndependentNoise(),)),
    Marina: ({"full": Fraction(1, 5)}, ()),
}


def settings(kind, alpha, assumed, agents=MANY):
    numbers, beside = METHODS[kind]
    compressor = Unbiased(1 / alpha - 1) if kind is Marina else Contractive(Fraction(1) if kind is GD else alpha)
    measure = EXCESS if assumed is PL else GRADIENT
    return Setting(
        ONE if kind is CGD else agents, compressor, kind(Fraction(1), **numbers), (*assumed, *beside), measure
    )


def at(setting, step):
    return replace(setting, method=replace(setting.method, step_size=step))


def accepts(setting, source):
    found = source.form(setting)
    return found is not None and check_upper(setting, found).proved


@pytest.mark.parametrize("assumed", [BELOW, PL], ids=["smooth", "pl"])
@pytest.mark.parametrize("alpha", [Fraction(1), Fraction(3, 4), Fraction(1, 2), Fraction(1, 50)])
@pytest.mark.parametrize("kind", SOURCES)
def test_the_checker_accepts_the_longest_step_and_any_shorter_one(kind, alpha, assumed):
    """But for sqrt(1 - alpha), which is rounded, and the step with it."""
    setting = settings(kind, alpha, assumed)
    if kind is EF and assumed is PL:
        with pytest.raises(ValueError, match="no V for such a claim"):
            find_source(setting)
        return
    source = find_source(setting)
    longest = source.step(setting)
    for step in (longest * (1 - Fraction(1, 10**9)), longest / 2, longest / 1000):
        assert accepts(at(setting, step), source)
    assert not accepts(at(setting, 20 * longest), source)


@pytest.mark.parametrize("agents", [ONE, SAME], ids=["one", "same"])
@pytest.mark.parametrize("kind", SOURCES)
def test_one_agent_and_equal_ones(kind, agents):
    setting = settings(kind, Fraction(1, 2), BELOW, agents)
    source = find_source(setting)
    assert accepts(at(setting, source.step(setting) * Fraction(999, 1000)), source)


def test_of_noise_that_agents_share_nothing_is_averaged():
    shared = replace(settings(EF21SGD, Fraction(1, 2), BELOW), assumptions=(*BELOW, Noise()))
    source = find_source(shared)
    found = source.form(at(shared, Fraction(1, 50)))
    assert check_upper(at(shared, Fraction(1, 50)), found).proved
    assert not found.vanishing


def test_ef_on_one_agent_asks_for_no_similarity():
    setting = replace(settings(EF, Fraction(1, 2), BELOW, ONE), assumptions=BELOW)
    source = find_source(setting)
    assert source.slug == "ef_nonconvex"
    assert accepts(at(setting, source.step(setting) * Fraction(999, 1000)), source)


@pytest.mark.parametrize("kind", [EF21, EF21PP, EF21SGD, Marina])
@pytest.mark.parametrize("assumed", [BELOW, PL], ids=["smooth", "pl"])
def test_the_step_is_that_of_the_calculator(kind, assumed):
    """Which reads it from the claims of the theorem; of partial participation with another rho."""
    setting = settings(kind, Fraction(9, 25), assumed, MANY[1:3])
    source = find_source(setting)
    if source.slug not in CALCULATORS:
        return
    calculator = CALCULATORS[source.slug]
    asked = {"alpha": Fraction(9, 25), "p": METHODS[kind][0].get("chance", METHODS[kind][0].get("full"))}
    asked |= {"omega": Fraction(16, 9), "mu": Fraction(1, 50), "sigma": Fraction(1), "batch": Fraction(1)}
    names = {quantity.name for quantity in calculator.quantities}
    given = {name: value for name, value in asked.items() if name in names and value is not None}
    published = float(Fraction(calculator.ask(given, agents=setting.agents)["step_size"]))
    assert 1 - 1e-6 < float(source.step(setting)) / published < (1.01 if kind is EF21PP else 1 + 1e-6)


@pytest.mark.parametrize("kind", SOURCES)
def test_it_becomes_a_theorem_like_any_other(kind):
    setting = settings(kind, Fraction(3, 4), BELOW, MANY[:2])
    source = find_source(setting)
    step = source.step(setting)
    there = at(setting, simplest(step * Fraction(9, 10), step * Fraction(99, 100)))
    assert check(from_certificate(Certificate(there, source.form(there)), "read").theorem).problem is None


def test_every_method_has_a_source_or_a_reason():
    assert {*SOURCES} | {*NO_SOURCE} == {*CERTIFIED}
    assert not {*SOURCES} & {*NO_SOURCE}


def test_sources_are_theorems_of_this_package():
    from eftheory.proofkit.contents import packaged_files

    assert {source.slug for sources in SOURCES.values() for source in sources} <= {*packaged_files()}


@pytest.mark.parametrize(("kind", "why"), NO_SOURCE.items())
def test_what_has_none_is_named(kind, why):
    compressor = Contractive(Fraction(1, 2) if kind.compresses else Fraction(1))
    setting = Setting(SAME, compressor, kind(Fraction(1)), BELOW, GRADIENT)
    with pytest.raises(ValueError, match="leave the engine out") as caught:
        find_source(setting)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_certify():
    agents, numbers = [{"L": 1, "count": 3}, {"L": 2}], {"alpha": "1/2", "engine": "theorem"}
    for kind, slug, more in (
        ("ef21", "ef21_nonconvex_any_agents", {"functions": "nonconvex"}),
        ("ef21", "ef21_nonconvex", {"functions": "convex"}),
        ("ef21", "ef21_pl", {"functions": "pl", "mu": "1/10"}),
        ("ef21", "ef21_partial", {"functions": "nonconvex", "participation": "1/4"}),
        ("ef21", "stochastic_ef21_pl", {"functions": "pl", "mu": "1/10", "sigma": 1}),
        ("ef", "ef_convex", {"functions": "convex"}),
        ("ef", "ef_nonconvex", {"functions": "nonconvex", "similar": 2}),
        ("marina", "marina", {"functions": "nonconvex", "omega": 3, "alpha": None}),
    ):
        found = certify(kind, agents, **{**numbers, **more})
        assert (found.status("upper"), found.engine) == ("proved", "theorem")
        assert f"V and multipliers are read from a theorem's proof: eftheory prove {slug}" in found.notes
        assert found.certificate.provenance["engine"] == "theorem"


def test_certify_where_the_theorem_ends():
    long = {"alpha": "1/2", "engine": "theorem", "functions": "convex", "step_size": 10}
    found = certify("ef21", {"L": 1, "count": 3}, **long)
    assert found.status("upper") != "proved"
    assert any("the step is longer than the theorem ef21_nonconvex allows" in note for note in found.notes)
    with pytest.raises(ValueError, match="which no V of a certificate sees"):
        certify("ef21_hb", {"L": 1}, alpha="1/2", functions="nonconvex", engine="theorem")
    rates = certify("ef21", (1, "1/10", 3), alpha="1/2", engine="theorem")
    assert rates.certificate.upper == certify("ef21", (1, "1/10", 3), alpha="1/2", engine="law").certificate.upper


def test_common_minimiser():
    setting = Setting((AgentType(1, 0, 4),), Contractive(Fraction(1, 2)), EF(Fraction(1)), (CommonGlobalMinimiser(),))
    assert find_source(replace(setting, measure=EXCESS)).slug == "ef_convex"
    with pytest.raises(ValueError, match="no V for such a claim"):
        find_source(replace(setting, measure=GRADIENT))
