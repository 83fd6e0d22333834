"""All that is not proved here but taken from the literature, each with its source: nothing.

What is assumed of functions is a hypothesis of the theorem that uses it, at the points it is used for;
the interpolation inequalities themselves are proved, from the definition (proofs/interpolation.py).
An axiom has no hypotheses, so it would have to hold for all values of its symbols; that some vectors
are gradients of one function is not a relation between them, and could not be asked for.
"""

from __future__ import annotations

from eftheory.proofkit.theorem import Theorem

AXIOMS: dict[str, Theorem] = {}
"""Axioms by name. An axiom is a theorem without hypotheses and steps: ranges, conclusions."""
