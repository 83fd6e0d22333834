from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Claim, Setting
from eftheory.methods import CGD, EF, EF21, GD

ONE = (AgentType(1, Fraction(1, 10)),)
TWO = (AgentType(1, Fraction(1, 10)), AgentType(2, 1))
HALF = Fraction(1, 2)


@pytest.mark.parametrize("agents", [TWO, (AgentType(1, 0, 2),)])
def test_cgd_is_for_one_agent(agents):
    with pytest.raises(ValueError, match=r"n_agents=2: CGD.*one agent only.*diverge.*use ef or ef21"):
        Setting(agents, Contractive(HALF), CGD(Fraction(1)))


def test_gd_does_not_compress():
    with pytest.raises(ValueError, match=r"alpha=1/2: GD does not compress; leave alpha out or set it to 1"):
        Setting(ONE, Contractive(HALF), GD(Fraction(1)))


@pytest.mark.parametrize("step", [0.5, 1.0])
def test_steps_in_claims_are_exact(step):
    with pytest.raises(TypeError, match=rf"step_size={step}: claims are exact.*read_number"):
        Setting(ONE, Contractive(HALF), EF(step))


def test_no_agents():
    with pytest.raises(ValueError, match="no agents"):
        Setting((), Contractive(HALF), EF(Fraction(1)))


def test_equal_types_are_joined():
    split = (AgentType(1, 0, 2), AgentType(2, 0), AgentType(1, 0, 3))
    setting = Setting(split, Contractive(HALF), EF(Fraction(1)))
    assert setting.agents == (AgentType(1, 0, 5), AgentType(2, 0))
    assert setting.n_agents == 6
    assert setting == Setting((AgentType(1, 0, 5), AgentType(2, 0)), Contractive(HALF), EF(Fraction(1)))


@pytest.mark.parametrize("kind", ["", "Upper", "tight", None])
def test_kinds_of_claims(kind):
    with pytest.raises(ValueError, match="no such kind of claim"):
        Claim(Setting(ONE, Contractive(HALF), EF(Fraction(1))), kind, HALF)


def test_rates_are_exact():
    with pytest.raises(TypeError, match=r"rate=0.5"):
        Claim(Setting(ONE, Contractive(HALF), EF(Fraction(1))), UPPER, 0.5)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (GD, ["no compression"]),
        (CGD, ["one agent", "common minimiser", "contractive in expectation"]),
        (EF, ["common minimiser", "contractive in expectation"]),
        (EF21, ["contractive in expectation"]),
    ],
)
def test_hypotheses(method, expected):
    setting = Setting(ONE, Contractive(1), method(Fraction(1)))
    assert [hypothesis.name for hypothesis in setting.hypotheses] == expected
    assert all(hypothesis.sentence in setting.sentence() for hypothesis in setting.hypotheses)


def test_the_sentence_holds_every_number():
    setting = Setting(TWO, Contractive(Fraction(3, 7)), EF21(Fraction(5, 11)))
    for part in ("EF21", "step size 5/11", "alpha=3/7", "1 with L=1, mu=1/10", "1 with L=2, mu=1"):
        assert part in setting.sentence()


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (UPPER, ["<=", "(C/c)", "every instance"]),
        (LOWER, [">=", "not zero", "instance given"]),
        (CLASS_BOUND, ["no quadratic V"]),
    ],
)
def test_the_sentence_of_a_claim(kind, parts):
    claim = Claim(Setting(TWO, Contractive(HALF), EF21(Fraction(1))), kind, Fraction(20, 209))
    assert [part for part in [*parts, "20/209"] if part not in claim.sentence()] == []
    assert kind == CLASS_BOUND or setting_measure(claim) in claim.sentence()


def setting_measure(claim: Claim) -> str:
    return claim.setting.method.measure_name
