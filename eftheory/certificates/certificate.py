"""What a certificate holds: a setting, and evidence for bounds on its rate, or on a sum."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.assumptions.agent_type import AgentType
from eftheory.assumptions.assumption import Assumption
from eftheory.assumptions.compressor_class import CompressorClass
from eftheory.assumptions.validation import require
from eftheory.claims import Setting
from eftheory.exact.form import Form, Pair
from eftheory.methods import Definition

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class SettingEntry:
    """A setting as it stands in the file; version, hypotheses and measure repeat the definitions for readers."""

    method: str
    version: int
    step_size: Fraction
    agents: tuple[AgentType, ...]
    alpha: Fraction
    hypotheses: tuple[str, ...]
    measure: str
    definition: Definition | None = None  # of an external method
    parameters: Mapping[str, Fraction] = field(default_factory=dict)  # of a method that has more than a step size
    compressor: CompressorClass | None = None  # unless they are contractive
    assumptions: tuple[Assumption, ...] = ()  # on f = mean f_i


@dataclass(frozen=True)
class Block:
    """A symmetric matrix over named symbols, as the rows of its lower triangle."""

    symbols: tuple[str, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        triangular = [len(row) for row in self.rows] == [*range(1, len(self.symbols) + 1)]
        require(bool(self.symbols) and triangular, "expected a lower triangle with one row for each symbol")

    def entries(self) -> dict[Pair, Fraction]:
        """The matrix entries by sorted pair of symbols."""
        lines = zip(self.symbols, self.rows)
        return {(min(a, b), max(a, b)): value for a, row in lines for b, value in zip(self.symbols, row)}

    def form(self) -> Form:
        """The quadratic form sum_ab rows_ab <a, b>."""
        return Form({(a, b): value if a == b else 2 * value for (a, b), value in self.entries().items()})


@dataclass(frozen=True)
class Upper:
    """Evidence for rate <= ``rate``: V shrinks by it, and c measure <= V, at the start V <= C measure.

    What the last four fields add is said by ``check_upper``.
    """

    rate: Fraction
    lyapunov: tuple[Block, ...] = field(repr=False)  # over the template's coordinates: of means, or a type's deviations
    values: Row = field(repr=False)  # coefficients in V of what is linear in function values
    multipliers: Mapping[str, Row] = field(repr=False)  # for each inequality of the exact world, one number per type
    c: Fraction
    C: Fraction  # zero beside ``initial``
    template: str = ""  # the text of a Template
    below: Mapping[str, Row] = field(default_factory=dict, repr=False)  # like those above, for c measure <= V
    above: Mapping[str, Row] = field(default_factory=dict, repr=False)  # and for V <= C measure
    tau: Fraction = Fraction(0)  # how much of the measure V loses in a step, beside its shrinking
    noise: Mapping[str, Fraction] = field(default_factory=dict)  # how much of each constant V gains in a step
    initial: Mapping[str, Fraction] = field(default_factory=dict)  # V_0 <= sum of these times quantities then
    vanishing: tuple[Block, ...] = field(default=(), repr=False)  # forms over the exact world with expectation zero


@dataclass(frozen=True)
class Lower:
    """Evidence for rate >= ``rate``: a self-similar trajectory, state_{t+1} = growth * signs * state_t."""

    rate: Fraction  # growth squared, or less
    growth: Fraction
    signs: Row = field(repr=False)  # one sign per coordinate
    curvatures: tuple[Row, ...] = field(repr=False)  # per type, the curvature of its functions in each coordinate
    server: Mapping[str, Row] = field(repr=False)  # the initial state by name
    agents: Mapping[str, tuple[Row, ...]] = field(repr=False)  # the initial state by name, per type
    messages: tuple[tuple[Row, ...], ...] = field(repr=False)  # per call of the compressor, per type, what it returns


@dataclass(frozen=True)
class ClassBound:
    """Evidence that no V of the template proves a rate below ``rate``: a Gram matrix of one step."""

    rate: Fraction
    gram: tuple[Block, ...] = field(repr=False)  # over symbols of the exact world; products across blocks are zero
    template: str = ""  # the text of a Template


@dataclass(frozen=True)
class Drift:
    """Evidence for ``constant`` <= C in sum_{t<T} ||grad f(x_t)||^2 <= C (f(x_0) - inf f) + what the start adds.

    An orbit in two coordinates, see ``check_drift``. Agents hold these vectors times L_i / (mean L_i).
    """

    constant: Fraction
    fall: Fraction  # of f in each step
    drift: Fraction  # of x in each step, in the first coordinate
    gradient: Row = field(repr=False)  # of f at the start
    server: Mapping[str, Row] = field(repr=False)  # the initial state by name
    agents: Mapping[str, Row] = field(repr=False)
    messages: tuple[Row, ...] = field(default=(), repr=False)  # per call of the compressor, what it returns

    @property
    def rate(self) -> Fraction:
        """What the claim is about."""
        return self.constant


@dataclass(frozen=True)
class Certificate:
    """A setting with evidence for at least one bound."""

    setting: Setting
    upper: Upper | None = None
    lower: Lower | None = None
    class_bound: ClassBound | None = None
    provenance: Mapping[str, str] = field(default_factory=dict, repr=False)
    drift: Drift | None = None
