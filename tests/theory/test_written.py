"""Agent types as they are written on the command line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eftheory.assumptions import AgentType
from eftheory.theory.written import parse_agents


@given(st.fractions(Fraction(1, 1000), 1000), st.fractions(0, 1), st.integers(1, 10**9), st.permutations([0, 1, 2]))
def test_what_is_written_is_read(L, part, count, order) -> None:
    parts = [f"L={L}", f" mu = {L * part}", f"count={count}"]
    (agent,) = parse_agents([",".join(parts[k] for k in order)])
    assert agent == AgentType(L, L * part, count)


def test_decimals_are_exact_and_count_defaults_to_one() -> None:
    assert parse_agents(["L=1e3,mu=0.1"]) == (AgentType(1000, Fraction(1, 10)),)
    assert parse_agents(["L=1,mu=0,count=1e3"]) == (AgentType(1, 0, 1000),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("L=1", "mu missing; write L=1,mu=1/10,count=1000; or say of which --class the functions are"),
        ("count=3", "L and mu missing"),
        ("", "is not KEY=NUMBER"),
        ("L=1,mu=0,", "is not KEY=NUMBER"),
        ("L=1,mu=0,L=2", "L is given twice"),
        ("l=1,mu=0", "'l' is not one of L, mu, count"),
        ("L=1,mu=0,n=3", "'n' is not one of L, mu, count"),
        ("L=one,mu=0", "'one' is not a number"),
        ("L=1,mu=1/0", "divides by zero"),
        ("L=1,mu=2", "mu must not exceed L"),
        ("L=1,mu=0,count=3/2", "count=3/2 must be a whole number"),
        ("L=1,mu=0,count=0", "count=0: a type needs a whole number of agents"),
        ("L=1=2,mu=0", "'1=2' is not a number"),
        ("L=1\nmu=0", "put a comma between two constants"),
        ("L=1;mu=0.1", "'1;mu=0.1' is not a number; put a comma between two constants"),
        ("L=1 mu=0.1", "put a comma between two constants"),
        ("L=1;", "'1;' is not a number"),
        ("L=1,mu=0;L=2,mu=1", "repeat --agents for other agents"),
        ("L=1,mu=0,count=1e-400", "count=1e-400 must be a whole number"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text, message) -> None:
    with pytest.raises(ValueError, match=message) as error:
        parse_agents([text])
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_no_agents() -> None:
    with pytest.raises(ValueError, match='no agents given: write --agents "L=1,mu=1/10,count=1000"'):
        parse_agents([])


def test_what_to_do_without_mu_is_said_as_the_command_has_it() -> None:
    with pytest.raises(ValueError, match=r"mu missing; write L=1,mu=1/10,count=1000; or mu=0$"):
        parse_agents(["L=1"], without_mu="mu=0")
