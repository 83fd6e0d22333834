"""Random claims over the whole range: Theorem A proves an upper bound and a worst case a lower one, every time.

Any condition number to 10^6, alpha from 0.001 to 0.999, up to 6 types of up to 10^6 agents.
"""

import random
from fractions import Fraction

import mpmath
import pytest

from eftheory.assumptions import AgentType, Contractive
from eftheory.certificates import Certificate, read_certificate
from eftheory.check import PROVED, check_certificate
from eftheory.claims import Setting
from eftheory.methods import METHODS
from eftheory.theory import closed_form, law_step_size, worst_case
from eftheory.writing import write_certificate

SLACK = mpmath.mpf(10) ** -6
"""Allowed distance from the law, as a share of 1 - rate."""


def random_setting(rng: random.Random) -> Setting:
    """EF or EF21 at the law's step; every range on a logarithmic scale."""

    def between(low: float, high: float, digits: int = 4) -> Fraction:
        return Fraction(f"{low * (high / low) ** rng.random():.{digits}g}")

    agents = []
    for _ in range(rng.randint(1, 6)):
        L = between(1e-3, 1e3)
        flat = agents and rng.random() < 0.1  # not all: someone must be strongly convex
        mu = Fraction(0) if flat else L / between(1, 1e6)
        agents.append(AgentType(L, mu, rng.choice((1, rng.randint(1, 10), int(between(1, 1e6))))))
    if rng.random() < 0.2:  # agents alike but for scale
        agents = [AgentType(a.L, a.L * agents[0].mu / agents[0].L, a.count) for a in agents]
    alpha = rng.choice((between(1e-3, 1), 1 - between(1e-3, 1), between(0.1, 0.9)))
    alpha = min(max(alpha, Fraction(1, 1000)), Fraction(999, 1000))
    name = rng.choice(("ef", "ef21"))
    return Setting(tuple(agents), Contractive(alpha), METHODS[name](law_step_size(name, tuple(agents), alpha)))


def moments(setting: Setting) -> tuple[mpmath.mpf, mpmath.mpf, mpmath.mpf]:
    """s, m and K of Theorem A to 60 digits, from their definitions."""
    s = mpmath.sqrt(_mp(1 - setting.alpha))
    S = sum(a.count * (a.L + a.mu) for a in setting.agents)
    m = sum(a.count * (a.L - a.mu) for a in setting.agents) / S
    K = sum(a.count * (a.L - a.mu) ** 2 / (a.L + a.mu) for a in setting.agents) / S
    return s, _mp(m), _mp(K)


def _mp(x: Fraction) -> mpmath.mpf:
    return mpmath.mpf(x.numerator) / x.denominator


def law(s: mpmath.mpf, m: mpmath.mpf, K: mpmath.mpf) -> mpmath.mpf:
    """The largest root of (rho - s)(rho^2 - (s + s^2 + r s K) rho + s^3) - r m^2 rho (rho - s^3), by bisection."""
    r = (1 - s) ** 2 / (1 + s)

    def Q(rho):
        return (rho - s) * (rho * rho - (s + s * s + r * s * K) * rho + s**3) - r * m * m * rho * (rho - s**3)

    low, high = s, mpmath.mpf(1)
    assert Q(low) <= 0 < Q(high)
    for _ in range(180):
        middle = (low + high) / 2
        low, high = (low, middle) if Q(middle) > 0 else (middle, high)
    return high


def examine(setting: Setting) -> None:
    """Prove both bounds from the file, and compare them with the laws."""
    certificate = Certificate(setting, closed_form(setting), worst_case(setting))
    assert certificate.upper is not None
    assert certificate.lower is not None
    data = write_certificate(certificate)  # no number has more digits than allowed
    assert [verdict.status for verdict in check_certificate(read_certificate(data))] == [PROVED, PROVED], setting
    upper, lower = _mp(certificate.upper.rate), _mp(certificate.lower.rate)
    s, m, K = moments(setting)
    root = law(s, m, K)
    p = ((1 - s) * m + mpmath.sqrt(((1 - s) * m) ** 2 + 4 * s)) / 2  # equal agents of the averaged constants
    assert -(mpmath.mpf(10) ** -15) <= (upper - root) / (1 - root) <= SLACK, setting
    assert certificate.lower.rate <= certificate.upper.rate, setting
    assert lower >= p * p - SLACK * (1 - p * p), setting
    if K - m * m < mpmath.mpf(10) ** -30:
        assert (upper - lower) / (1 - upper) <= SLACK, setting


@pytest.mark.parametrize("number", range(6))
def test_random_claims(number):
    rng = random.Random(f"claims {number}")
    with mpmath.workdps(60):
        for _ in range(10):
            examine(random_setting(rng))


@pytest.mark.slow(reason="a thousand claims take half a minute; sixty run every time")
@pytest.mark.parametrize("number", range(20))
def test_a_thousand_random_claims(number):
    rng = random.Random(f"slow claims {number}")
    with mpmath.workdps(60):
        for _ in range(50):
            examine(random_setting(rng))


def test_the_ranges_are_reached():
    rng = random.Random("ranges")
    settings = [random_setting(rng) for _ in range(500)]
    agents = [agent for setting in settings for agent in setting.agents]
    assert max(agent.L / agent.mu for agent in agents if agent.mu) > 10**5
    assert max(agent.count for agent in agents) > 5 * 10**5
    assert {len(setting.agents) for setting in settings} == {1, 2, 3, 4, 5, 6}
    assert any(agent.mu == 0 for agent in agents)
    assert min(setting.alpha for setting in settings) < Fraction(1, 500)
    assert max(setting.alpha for setting in settings) > Fraction(499, 500)


def test_the_law_is_known_in_special_cases():
    """s = 1/2, k = 7/20 for all agents: rate 16/25; and the table of theory/heterogeneous.md."""
    with mpmath.workdps(60):
        half, k = mpmath.mpf(1) / 2, mpmath.mpf(7) / 20
        assert abs(law(half, k, k * k) - mpmath.mpf(16) / 25) < mpmath.mpf(10) ** -40
        setting = Setting(
            (AgentType(1, Fraction(99, 100)), AgentType(1, Fraction(1, 100))),
            Contractive(Fraction(8, 9)),
            METHODS["ef21"](Fraction(1)),
        )
        assert abs(law(*moments(setting)) - mpmath.mpf("0.507461")) < 1e-6
