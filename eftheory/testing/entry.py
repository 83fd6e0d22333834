"""What hypothesis runs when it is imported: ``st.from_type(AgentType)`` and its like then work."""

from __future__ import annotations


def register() -> None:
    """Register strategies for eftheory's types; nothing heavy is loaded before one is used."""
    from hypothesis import strategies as st

    from eftheory.assumptions import AgentType, Contractive

    fractions = st.fractions(0, 1, max_denominator=100).filter(bool)
    st.register_type_strategy(Contractive, st.builds(Contractive, fractions))
    st.register_type_strategy(AgentType, st.deferred(_agent_types))


def _agent_types():  # type: ignore[no-untyped-def]
    from eftheory.testing.strategies import agents

    return agents(max_types=1).map(lambda types: types[0])
