"""Without strong convexity a theorem about smooth functions is named, with a command that runs."""

from fractions import Fraction

import pytest

from eftheory.assumptions import AgentType
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.cli.app import main
from eftheory.methods import METHODS
from eftheory.methods.recorded import Recorded
from eftheory.theory import look_up
from eftheory.theory.calculators import CALCULATORS
from eftheory.theory.classes import NONCONVEX
from eftheory.theory.known import Known
from eftheory.theory.smooth import advise_without_convexity, write_agents


@pytest.mark.parametrize("name", METHODS)
def test_the_command_that_is_named_runs(name, capsys):
    known = look_up(name)
    assert known.on_smooth == "" or CALCULATORS[known.on_smooth].functions == NONCONVEX
    agents = (AgentType(2, 0, 3), AgentType(1, 0)) if name != "cgd" else (AgentType(2, 0),)
    advice = advise_without_convexity(METHODS[name], known, agents, Fraction(3, 4) if name != "gd" else Fraction(1))
    assert ("all f_i are least at the same x*" in advice) == (name == "ef")
    step = advice.partition("with the step ")[2].split()[0]
    with pytest.raises(SystemExit) as stop:
        main(advice.rpartition("eftheory ")[2].split())
    assert stop.value.code == 0
    assert step in capsys.readouterr().out


def test_functions_of_negative_curvature_have_their_class_in_the_command(capsys):
    agents = (AgentType(functions=Smooth(2, -1), count=3),)
    assert write_agents(agents) == "--agents class=smooth,L=2,mu=-1,count=3"
    with pytest.raises(SystemExit) as stop:
        main(["certify", "ef21", *write_agents(agents).split(), "--alpha", "3/4", "--step-size", "1/2"])
    out = capsys.readouterr().out
    assert "no mu > 0: no linear rate exists" in out
    assert "step size is too large" not in out
    assert stop.value.code == 1
    with pytest.raises(SystemExit) as stop:
        main(out.rpartition("eftheory ")[2].split())
    assert stop.value.code == 0


def test_where_there_is_no_theorem_it_says_so():
    advice = advise_without_convexity(METHODS["ef"], Known(theorems=("ef_is_ef21",)), (AgentType(1, 0),), Fraction(1))
    assert "no theorem here yet" in advice


def test_of_a_method_of_ones_own_nothing_is_said():
    assert advise_without_convexity(Recorded, Known(), (AgentType(1, 0),), Fraction(1)).endswith("rate --list")


def test_many_types_are_not_all_written():
    assert write_agents(tuple(AgentType(n, 0) for n in range(1, 9))) == "--agents L=1,mu=0 --agents ..."
