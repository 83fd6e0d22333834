"""Expectations of quadratic forms: what is known of the second moments of symbols that are noise."""

from __future__ import annotations

from fractions import Fraction

from eftheory.exact.form import Form, Pair
from eftheory.exact.vector import Vector


class Moments:
    """The symbols of a world in the order in which they were made, and which of them are noise.

    A noise xi is drawn after all that was made before it and has mean zero given that, so E <xi, a> = 0 for each
    symbol a that is older. Where the agents' noises are independent too, E <xi_i, xi_j> = 0 for i != j: with the type
    reduction of ``agents`` and v_i = E ||xi_i||^2, agents i of a type of c out of n,

        E ||mean xi_i||^2 = (1/c^2) sum v_i,   (1/n) sum E ||xi_i - mean||^2 = (1/n) (1 - 1/c) sum v_i,

    so that the deviations have (c/n) (c - 1) times the square of the mean, and means of two types are orthogonal.
    """

    def __init__(self) -> None:
        self._times: dict[str, int] = {}
        self._time = 0
        self._noise: set[str] = set()
        self._independent: set[str] = set()
        self._squares: dict[str, Form] = {}  # of a noise, in older symbols or others of its time

    def tick(self) -> None:
        """What is made from now on is younger than what is there."""
        self._time += 1

    def enter(self, symbol: str) -> None:
        """Note a symbol as made now."""
        self._times[symbol] = self._time

    def centre(self, symbols: set[str], squares: dict[str, Form], *, independent: bool) -> None:
        """Say that symbols, all that were made last, are noise, and what the expected squares of some are."""
        self._noise |= symbols
        self._independent |= symbols if independent else set()
        self._squares |= squares

    @property
    def random(self) -> bool:
        """Whether any symbol is noise."""
        return bool(self._noise)

    def expected(self, form: Form) -> Form:
        """The expectation of a form, given all that is not noise."""
        if not self._noise:
            return form
        scale, kept, known = form.products.scale, dict[Pair, int](), list[tuple[int, Form]]()
        for (a, b), value in form.products.numbers.items():
            if a == b and a in self._squares:
                known.append((value, self._squares[a]))
            elif not self._orthogonal(a, b):
                kept[a, b] = value
        rest = Form(Vector.over(scale, kept), form.values)
        return self.expected(Form.sum([(1, rest), (Fraction(1, scale), Form.sum(known))])) if known else rest

    def vanishes(self, form: Form) -> bool:
        """Whether the expectation of a form is zero."""
        return self.knows(form) and self.expected(form) == Form()

    def knows(self, form: Form) -> bool:
        """Whether it is a form in these symbols."""
        return all({a, b} <= self._times.keys() for a, b in form.quadratic)

    def _orthogonal(self, a: str, b: str) -> bool:
        if a == b:
            return False
        if self._times[a] == self._times[b]:
            return a in self._independent
        return (a if self._times[a] > self._times[b] else b) in self._noise
