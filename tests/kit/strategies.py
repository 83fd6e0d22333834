"""Hypothesis strategies for numbers, agents, settings and claims."""

from fractions import Fraction

from hypothesis import strategies as st

from eftheory.assumptions import AgentType, Contractive
from eftheory.claims import Setting
from eftheory.exact import Vector
from eftheory.methods import METHODS
from eftheory.theory import law_step_size

NAMES = ("a", "b", "c", "d'", "e[0]")


@st.composite
def rationals(draw: st.DrawFn, low: int = -20, high: int = 20, *, max_denominator: int = 32) -> Fraction:
    """Short rationals in [low, high], often whole."""
    below = draw(st.one_of(st.just(1), st.integers(1, max_denominator)))
    return Fraction(draw(st.integers(low * below, high * below)), below)


def vectors(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[Vector]:
    """Combinations of a few symbols, zero coefficients included."""
    return st.dictionaries(st.sampled_from(names), rationals(), max_size=len(names)).map(Vector)


def positive(high: int = 100) -> st.SearchStrategy[Fraction]:
    """Rationals in (0, high], often below one."""
    return st.one_of(
        st.fractions(Fraction(1, 1000), high, max_denominator=1000),
        st.integers(1, 10**6).map(lambda k: Fraction(1, k)),
    )


def constants() -> st.SearchStrategy[tuple[Fraction, Fraction]]:
    """(L, mu) with 0 <= mu <= L, the ends of the range included."""
    ratio = st.one_of(st.sampled_from([Fraction(0), Fraction(1)]), st.fractions(0, 1, max_denominator=200))
    return st.tuples(positive(), ratio).map(lambda pair: (pair[0], pair[0] * pair[1]))


def agent_types(max_count: int = 4) -> st.SearchStrategy[AgentType]:
    """Types of agents."""
    return st.builds(lambda pair, count: AgentType(*pair, count), constants(), st.integers(1, max_count))


def agent_lists(max_types: int = 3, max_count: int = 4) -> st.SearchStrategy[tuple[AgentType, ...]]:
    """One to ``max_types`` types with different constants."""
    return st.lists(
        agent_types(max_count), min_size=1, max_size=max_types, unique_by=lambda agent: (agent.L, agent.mu)
    ).map(tuple)


def alphas(*, one: bool = True) -> st.SearchStrategy[Fraction]:
    """Contractions in (0, 1], or in (0, 1)."""
    inside = st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000)
    return st.one_of(inside, st.just(Fraction(1))) if one else inside


@st.composite
def problem_settings(
    draw: st.DrawFn, names: tuple[str, ...] = tuple(METHODS), max_types: int = 3, max_count: int = 4
) -> Setting:
    """Settings of any method, with steps from far below the law's to twice the law's."""
    name = draw(st.sampled_from(names))
    agents = draw(agent_lists(1, 1) if name == "cgd" else agent_lists(max_types, max_count))
    alpha = draw(alphas()) if METHODS[name].compresses else Fraction(1)
    factor = draw(st.one_of(st.just(Fraction(1)), st.fractions(Fraction(1, 50), 2, max_denominator=50)))
    step = law_step_size(name, agents, alpha) * factor
    return Setting(agents, Contractive(alpha), METHODS[name](step))
