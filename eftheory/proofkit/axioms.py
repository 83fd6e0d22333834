"""All that is not proved here but taken from the literature, each with its source."""

from __future__ import annotations

from eftheory.proofkit.theorem import Theorem

AXIOMS: dict[str, Theorem] = {}
"""By name. An axiom is a theorem without steps: ranges, hypotheses, conclusions."""
