"""Theorems as calculators: each says which numbers it asks for, and answers with the values of its own claims."""

from collections.abc import Mapping

from eftheory.theory.calculators import both_ways, error_feedback, strongly_convex
from eftheory.theory.calculators.calculator import Answer as Answer
from eftheory.theory.calculators.calculator import Calculator as Calculator

CALCULATORS: Mapping[str, Calculator] = {
    calculator.slug: calculator
    for family in (strongly_convex, error_feedback, both_ways)
    for calculator in family.CALCULATORS
}
"""By the slug of the theorem."""
