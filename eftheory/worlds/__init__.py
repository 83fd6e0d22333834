"""Readers of a method's definition: exact (all instances at once) and linear (one instance)."""

from eftheory.worlds.agents import AgentVector as AgentVector
from eftheory.worlds.exact import ExactWorld as ExactWorld
from eftheory.worlds.linear import LinearWorld as LinearWorld
