"""What is known of a method, one file each: law, closed form, worst case, theorems, sources."""

from eftheory.theory.agents import Agent as Agent
from eftheory.theory.agents import read_agents as read_agents
from eftheory.theory.look_up import closed_form as closed_form
from eftheory.theory.look_up import drifting_orbit as drifting_orbit
from eftheory.theory.look_up import law_step_size as law_step_size
from eftheory.theory.look_up import look_up as look_up
from eftheory.theory.look_up import survey as survey
from eftheory.theory.look_up import tight_form as tight_form
from eftheory.theory.look_up import worst_case as worst_case
from eftheory.theory.step_rule import LAW as LAW
from eftheory.theory.step_rule import OPTIMAL as OPTIMAL
from eftheory.theory.step_rule import StepRule as StepRule
