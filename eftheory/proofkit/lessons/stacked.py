"""Expressions as in print, where fractions stand one part above the other."""

from __future__ import annotations

from eftheory.proofkit.kernel.expression import Node, Quotient
from eftheory.proofkit.kernel.text import POWER, PRODUCT, Style


class Stacked(Style):
    """Numerators and denominators need no parentheses, and fractions need them below exponents only."""

    fraction_needs_parentheses = POWER

    def _quotient(self, node: Quotient, inside: int) -> str:
        text = self._over(self.quotient, self.write(node.numerator), self.write(node.denominator))
        return self._enclosed(text, inside >= POWER)

    def _denominator(self, node: Node) -> str:
        return self.write(node)

    def _factor(self, node: Node) -> str:
        return self.write(node, PRODUCT)
