"""How a certification looks for a Lyapunov function."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from eftheory.claims import Setting
from eftheory.methods import Template
from eftheory.numbers import read_number
from eftheory.theory import look_up

AUTO, LAW, CENTER, CVXPY, THEOREM = "auto", "law", "center", "cvxpy", "theorem"
ENGINES = (AUTO, CVXPY, CENTER, LAW, THEOREM)
SIMPLE = ("trace", "logdet")
"""Those of ``eftheory.search.simple``, whose import loads a solver."""
SEARCHED_TYPES = 20
"""Up to how many agent types ``engine="auto"`` searches before it settles for the law."""


@dataclass(frozen=True)
class Options:
    """How to look for a Lyapunov function.

    Args:
        engine: ``center`` follows analytic centres, ``cvxpy`` solves semidefinite programmes, ``auto`` is
            ``center``, then ``cvxpy`` where that does not reach the slack (a search for up to 20
            different types); ``law`` uses closed forms only; ``theorem`` reads V and multipliers from a theorem's
            proof, where nothing is searched; of rates of strongly convex functions that is the closed form.
        slack: how far above its optimum a search may round, relative to 1 - rate; 1e-9 is tried first.
        memory: 1 lets V see one step back: previous x and gradients.
        values: lets V hold function values (interpolation slacks) of two known points; by default with memory.
        sparsity: which products V may hold: ``diagonal``, or groups of coordinates as ``g - d | mean g``.
        exact: asks for an exactly tight certificate, where there is one in rationals.
        simple: ``trace`` or ``logdet``: among the V within the slack, one with a small trace or determinant.

    Raises:
        ValueError: one is out of range, or they do not go together.

    >>> str(Options(memory=1).template)
    'memory, values'
    """

    engine: str = AUTO
    slack: Fraction = Fraction(1, 10**6)
    memory: int = 0
    values: bool | None = None
    sparsity: str = ""
    exact: bool = False
    simple: str = ""
    template: Template = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slack", read_number(self.slack, "slack"))
        values = bool(self.memory) if self.values is None else self.values
        object.__setattr__(self, "template", Template(self.memory, values))
        if self.engine not in ENGINES:
            raise ValueError(f"engine={self.engine!r}: choose one of {', '.join(ENGINES)}")
        if not 0 < self.slack < 1:
            raise ValueError(f"slack={self.slack}: the slack must lie in (0, 1); it is relative to 1 - rate")
        if self.simple and self.simple not in SIMPLE:
            raise ValueError(f"simple={self.simple!r}: choose {' or '.join(SIMPLE)}")
        if self.closed_forms_only and self.restricted:
            raise ValueError(f"engine={self.engine!r}: there is one V; memory, sparsity and simple need a search")

    @property
    def closed_forms_only(self) -> bool:
        """Whether nothing may be searched."""
        return self.engine in (LAW, THEOREM)

    @property
    def restricted(self) -> bool:
        """Whether the V asked for is not that of the closed form."""
        return bool(str(self.template) or self.sparsity or self.simple)

    def searches(self, setting: Setting) -> bool:
        """Whether a search can do better than the closed form, or is asked for."""
        if self.engine in (CENTER, CVXPY) or self.restricted:
            return True
        types, known = len(setting.agents), look_up(setting.method, setting.agents).closed_form is not None
        return self.engine == AUTO and types <= SEARCHED_TYPES and (types > 1 or not known)
