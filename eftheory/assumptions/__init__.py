"""What the words of a claim mean: names, ranges and inequalities, one file each."""

from eftheory.assumptions.agent_type import AgentType as AgentType
from eftheory.assumptions.agent_type import group_agents as group_agents
from eftheory.assumptions.contractive import Contractive as Contractive
from eftheory.assumptions.hypothesis import COMMON_MINIMISER as COMMON_MINIMISER
from eftheory.assumptions.hypothesis import Hypothesis as Hypothesis
from eftheory.assumptions.smooth_strongly_convex import SmoothStronglyConvex as SmoothStronglyConvex
