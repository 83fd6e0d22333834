"""What the words of a claim mean: names, ranges and inequalities, one file each."""

from eftheory.assumptions.agent_type import AgentType, group_agents
from eftheory.assumptions.compressors.contractive import Contractive
from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex
from eftheory.assumptions.hypothesis import COMMON_MINIMISER, Hypothesis

__all__ = ["COMMON_MINIMISER", "AgentType", "Contractive", "Hypothesis", "SmoothStronglyConvex", "group_agents"]
