"""Random parameters, exact and small enough to stay readable when a test fails."""

from fractions import Fraction

from hypothesis import strategies as st

alphas = st.fractions(Fraction(1, 50), 1, max_denominator=50)
"""Contractions; sqrt(1 - alpha) is mostly irrational."""

square_alphas = st.fractions(0, Fraction(19, 20), max_denominator=20).map(lambda s: 1 - s * s)
"""Contractions with a rational sqrt(1 - alpha)."""

ratios = st.fractions(Fraction(1, 100), 1, max_denominator=100)
"""mu/L, or a step size as a part of its limit."""


@st.composite
def constants(draw):
    """(L, mu) with 0 < mu <= L."""
    L = draw(st.fractions(Fraction(1, 10), 10, max_denominator=20))
    return L, L * draw(ratios)


agents = st.lists(
    st.tuples(constants(), st.integers(1, 20)).map(lambda pair: (*pair[0], pair[1])), min_size=1, max_size=3
)
