"""What a certificate holds: a setting, and evidence for bounds on its rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.exact.form import Form


@dataclass(frozen=True)
class AgentEntry:
    """One agent type as it stands in the file."""

    L: Fraction
    mu: Fraction
    count: Fraction

    def type(self) -> AgentType:
        """The agent type, its ranges checked."""
        require(self.count.denominator == 1, f"count={self.count}: not a whole number")
        return AgentType(self.L, self.mu, self.count.numerator)


@dataclass(frozen=True)
class SettingEntry:
    """A setting as it stands in the file; hypotheses and measure repeat the definitions for readers."""

    method: str
    version: Fraction
    step_size: Fraction
    agents: tuple[AgentEntry, ...]
    alpha: Fraction
    hypotheses: tuple[str, ...]
    measure: str


@dataclass(frozen=True)
class Block:
    """A symmetric matrix over named symbols, as the rows of its lower triangle."""

    symbols: tuple[str, ...]
    rows: tuple[tuple[Fraction, ...], ...]

    def __post_init__(self) -> None:
        require(
            bool(self.symbols) and [len(row) for row in self.rows] == list(range(1, len(self.symbols) + 1)),
            "expected a lower triangle with one row for each symbol",
        )

    def form(self) -> Form:
        """The quadratic form sum_ab rows_ab <a, b>."""
        return Form({(a, b): value if a == b else 2 * value for (a, b), value in self.entries().items()})

    def entries(self) -> dict[tuple[str, str], Fraction]:
        """The matrix entries by sorted pair of symbols."""
        return {
            (min(self.symbols[i], self.symbols[j]), max(self.symbols[i], self.symbols[j])): value
            for i, row in enumerate(self.rows)
            for j, value in enumerate(row)
        }


@dataclass(frozen=True)
class Upper:
    """Evidence for rate <= ``rate``: V, the multipliers, and c measure <= V <= C measure.

    Args:
        rate: the factor by which V shrinks.
        lyapunov: blocks over the method's coordinates, each of means or of one type's deviations.
        values: coefficients of the function values in V.
        multipliers: for each inequality the exact world records, one number per type.
        c, C: domination constants.
    """

    rate: Fraction
    lyapunov: tuple[Block, ...]
    values: tuple[Fraction, ...]
    multipliers: Mapping[str, tuple[Fraction, ...]]
    c: Fraction
    C: Fraction


@dataclass(frozen=True)
class Lower:
    """Evidence for rate >= ``rate``: a self-similar trajectory, state_{t+1} = growth * signs * state_t.

    Args:
        rate: growth squared, or less.
        growth: the factor, not negative.
        signs: one sign per coordinate.
        curvatures: per type the curvature of its functions in each coordinate.
        server, agents: the initial state by name; agent vectors per type.
        messages: per call of the compressor, per type, what it returns.
    """

    rate: Fraction
    growth: Fraction
    signs: tuple[Fraction, ...]
    curvatures: tuple[tuple[Fraction, ...], ...]
    server: Mapping[str, tuple[Fraction, ...]]
    agents: Mapping[str, tuple[tuple[Fraction, ...], ...]]
    messages: tuple[tuple[tuple[Fraction, ...], ...], ...]


@dataclass(frozen=True)
class ClassBound:
    """Evidence that no V of the template proves a rate below ``rate``: a Gram matrix of one step.

    Args:
        rate: the factor no quadratic V of the template beats.
        gram: blocks over the symbols of the exact world; products across blocks are zero.
    """

    rate: Fraction
    gram: tuple[Block, ...]


@dataclass(frozen=True)
class Certificate:
    """A setting with evidence for at least one bound on its rate."""

    setting: Setting
    upper: Upper | None = None
    lower: Lower | None = None
    class_bound: ClassBound | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
