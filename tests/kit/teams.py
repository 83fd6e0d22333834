"""Strategies for a few agents whose functions are strongly convex."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from eftheory.assumptions import AgentType


@st.composite
def agent_types(draw: st.DrawFn) -> AgentType:
    """One to three agents with L between 1 and 8 and L/mu at most 20."""
    L = Fraction(draw(st.integers(8, 64)), 8)
    return AgentType(L, L * Fraction(draw(st.integers(1, 20)), 20), draw(st.integers(1, 3)))


teams = st.lists(agent_types(), min_size=1, max_size=3, unique_by=lambda agent: agent.functions)
seeds = st.integers(0, 2**32 - 1)
