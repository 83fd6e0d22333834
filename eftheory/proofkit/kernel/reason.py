"""Why a step holds: the closed list of reasons. What each asks for is checked in ``kernel``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from eftheory.proofkit.kernel.expression import Node, Number, Symbol


@dataclass(frozen=True)
class Given:
    """A hypothesis of the theorem."""


@dataclass(frozen=True)
class Lemma:
    """The conclusion of another theorem, with expressions for its symbols.

    One that speaks of times is told with this theorem's names for them, and at T steps or as many as a parameter says.

    Args:
        slug: of the theorem.
        values: for its symbols.
        given: the steps that are its hypotheses, in their order.
    """

    slug: str
    values: Mapping[Symbol, Node] = field(default_factory=dict)
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Combination:
    """right - left = sum of multipliers times slacks + sum of coefficients times squares, in normal form.

    An equation of vectors enters as it is into another, and into a relation of numbers by its inner product with
    the multiplier.

    Args:
        using: (multiplier, step); not negative, unless the step is an equation; a vector for one of vectors.
        squares: (coefficient, vector or scalar), the coefficient not negative.
        mean_squares: (weight, vector or scalar), both perhaps each agent's own: mean of weight times square.
        modulo: equations "atom = expression" by which the two sides are rewritten before they are compared.
    """

    using: tuple[tuple[Node, str], ...] = ()
    squares: tuple[tuple[Node, Node], ...] = ()
    mean_squares: tuple[tuple[Node, Node], ...] = ()
    modulo: tuple[str, ...] = ()


@dataclass(frozen=True)
class Positivity:
    """left < right (or <=) by signs: of coefficients once ranges are mapped to (0, oo), of factors, of known facts."""


@dataclass(frozen=True)
class Averaged:
    """A relation between agents' own numbers, averaged with a weight that is not negative.

    Of an equation the weight may have any sign; of one between vectors it may be a vector, for inner products.

    Args:
        step: the relation.
        weight: perhaps each agent's own.
    """

    step: str
    weight: Node


@dataclass(frozen=True)
class Expected:
    """The expectation of a relation."""

    step: str


@dataclass(frozen=True)
class Repeated:
    """V_T <= rate^T V_0 from V+ <= rate V at every time, by induction; rate is not negative.

    V+ is V with each symbol of the state replaced by its successor, in expectation if a successor is random.

    What is random enters with its total expectation: hypotheses hold at every time, given the past.

    Args:
        step: the relation V+ <= rate V.
        now: V.
        after: for each symbol of the state, that of its successor.
        rate: the factor, made of parameters.
        power: a new name, for rate^T.
        initial: names for the state at time 0: one for each symbol of V that is no parameter.
        final: new names for it at time T.
    """

    step: str
    now: Node
    after: Mapping[Symbol, Symbol]
    rate: Node
    power: Symbol
    initial: Mapping[Symbol, Node]
    final: Mapping[Symbol, Node]


@dataclass(frozen=True)
class Telescoped:
    """coefficient average <= V_0 / T + noise from V+ <= V - coefficient Q + noise at every time and V >= 0.

    ``average`` is (1/T) times the sum of Q over the times 0, ..., T - 1; what is random enters with its total
    expectation.

    Args:
        step: the relation V+ <= V - coefficient Q + noise; any line if coefficient and noise are 0.
        now: V.
        after: for each symbol of the state, that of its successor; V+ is V at these, in expectation if one is random.
        coefficient: made of parameters.
        quantity: Q.
        nonnegative: the step 0 <= V.
        average: a new name.
        initial: new names for the state at time 0: one for each symbol of V that is no parameter.
        times: T, a positive parameter.
        noise: made of parameters.
    """

    step: str
    now: Node
    after: Mapping[Symbol, Symbol]
    coefficient: Node
    quantity: Node
    nonnegative: str
    average: Symbol
    initial: Mapping[Symbol, Node]
    times: Symbol
    noise: Node = field(default_factory=lambda: Number(Fraction(0)))


@dataclass(frozen=True)
class Geometric:
    """Bernoulli's inequality for the powers of a rate that is not negative, and what it says of their limits.

    0 <= rate^T, 1 + T (rate - 1) <= rate^T, and rate^T (1 + T (1 - rate)) <= 1 for rates up to 1: with T, rate^T
    becomes as large as one likes for rates above 1, and as small as one likes for rates below 1.

    Args:
        power: the name for rate^T, as in ``Repeated``.
        rate: made of parameters.
        times: T, a parameter that is not negative, the same in all of a proof.
    """

    power: Symbol
    rate: Node
    times: Symbol


Reason: TypeAlias = Given | Lemma | Combination | Positivity | Averaged | Expected | Repeated | Telescoped | Geometric
