"""What the words of a claim mean: names, ranges and inequalities, one file each."""

from eftheory.assumptions.agent_type import AgentType, group_agents
from eftheory.assumptions.contractive import Contractive
from eftheory.assumptions.hypothesis import COMMON_MINIMISER, Hypothesis
from eftheory.assumptions.smooth_strongly_convex import SmoothStronglyConvex

__all__ = ["COMMON_MINIMISER", "AgentType", "Contractive", "Hypothesis", "SmoothStronglyConvex", "group_agents"]
