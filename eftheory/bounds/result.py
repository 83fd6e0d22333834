"""What a certification proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from eftheory.bounds.step import StepReport
from eftheory.bounds.summary import as_text
from eftheory.certificates import Certificate
from eftheory.check import INCONCLUSIVE, PROVED, REFUTED, Verdict, check_certificate
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting

if TYPE_CHECKING:
    from eftheory.pages.picture import Picture
    from eftheory.report.guarantee import Guarantee


@dataclass(frozen=True)
class Certification:
    """What was proved about a setting, and the certificate that proves it.

    Attributes:
        setting: what the bounds speak about.
        certificate: the evidence for what was proved; None if nothing was.
        data: the bytes of the certificate file, read back and checked.
        verdicts: by kind (``upper``, ``lower``, ``class_bound``), of the bounds in the file.
        seconds: time spent in ``search``, ``round`` (writing included) and ``check``.
        notes: what a user should know, such as why a side is inconclusive.
        engine: what found the upper bound: ``law``, ``center`` or ``cvxpy``; "" if nothing did.
        step: how the step size was searched; None if it was not.
        estimated_slack: how far a searched upper bound lies above the engine's own optimum, as a share of
            1 - rate, by the engine's estimate; ``slack`` is the same, proved.
        variance: the sigma2 that was asked about, of a bound with noise; the certificate is about every one.
    """

    setting: Setting
    certificate: Certificate | None
    data: bytes | None
    verdicts: dict[str, Verdict]
    seconds: dict[str, float]
    notes: tuple[str, ...] = field(default=())
    engine: str = ""
    step: StepReport | None = None
    estimated_slack: float | None = None
    variance: Fraction | None = None

    def __repr__(self) -> str:
        """What the command prints, rounded to the safe side."""
        return as_text(self)

    def _repr_html_(self) -> str:
        from eftheory.bounds.notebook import as_html

        return as_html(self)

    def latex(self) -> str:
        """The certificate as a LaTeX proof to paste; ValueError if nothing was proved."""
        from eftheory.bounds.notebook import as_latex

        return as_latex(self)

    def show(self) -> None:
        """Print the whole certificate, explained; ValueError if nothing was proved."""
        from eftheory.bounds.notebook import show

        show(self)

    def plot(self) -> Picture:
        """The guarantee and the worst case, step by step, against each other.

        Raises:
            ValueError: no rate was proved.
            ImportError: matplotlib is not installed.
        """
        from eftheory.bounds.notebook import plot

        return plot(self)

    @classmethod
    def of(cls, certificate: Certificate) -> Certification:
        """What a certificate proves, checked now."""
        verdicts = {verdict.claim.kind: verdict for verdict in check_certificate(certificate)}
        return cls(certificate.setting, certificate, None, verdicts, {})

    def status(self, kind: str) -> str:
        """The status of one side; ``inconclusive`` where there is no evidence."""
        return self.verdicts[kind].status if kind in self.verdicts else INCONCLUSIVE

    def rate(self, kind: str) -> Fraction | None:
        """The proved rate of one side, or None."""
        return self.verdicts[kind].claim.rate if self.status(kind) == PROVED else None

    @property
    def guarantee(self) -> Guarantee | None:
        """What a general bound guarantees, or None: if there is none, or if rate and constant say all."""
        upper = self.certificate.upper if self.certificate else None
        if upper is None or self.rate(UPPER) is None or not (upper.tau or upper.initial):
            return None
        from eftheory.report.guarantee import Guarantee  # with all reports, which take their time to load

        return Guarantee.of(self.setting, upper)

    @property
    def constant(self) -> Fraction | None:
        """C/c in measure_t <= (C/c) rate^t measure_0, or None; a general bound has a ``guarantee`` instead."""
        upper = self.certificate.upper if self.certificate else None
        return upper.C / upper.c if upper and not (upper.tau or upper.initial) else None

    @property
    def gap(self) -> Fraction | None:
        """Proved upper minus proved lower rate, or None."""
        upper, lower = self.rate(UPPER), self.rate(LOWER)
        return None if upper is None or lower is None else upper - lower

    @property
    def relative_gap(self) -> Fraction | None:
        """The gap as a share of 1 - rate, or None."""
        upper, gap = self.rate(UPPER), self.gap
        return None if gap is None or upper is None or upper >= 1 else gap / (1 - upper)

    @property
    def slack(self) -> Fraction | None:
        """Proved upper rate above the proved class bound, as a share of 1 - rate; None without a class bound."""
        upper, bound = self.rate(UPPER), self.rate(CLASS_BOUND)
        return None if upper is None or bound is None else (upper - bound) / (1 - upper)

    @property
    def refutes_convergence(self) -> bool:
        """Whether an instance that does not converge is proved."""
        lower = self.rate(LOWER)
        return lower is not None and lower >= 1

    @property
    def verdict(self) -> str:
        """Of convergence: ``proved`` with a rate from both sides, or a general bound; ``refuted``; or neither."""
        if self.refutes_convergence:
            return REFUTED
        above, below = (self.rate(side) is not None for side in (UPPER, LOWER))
        return PROVED if above and (below or self.guarantee) else INCONCLUSIVE
