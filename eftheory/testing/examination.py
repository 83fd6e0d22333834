"""All there is to say about one compressor in one dimension: checks, estimate, guarantee, comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.compressors import Compressor
from eftheory.laws import Guarantee
from eftheory.numbers import decimal_down, decimal_up, read_number, shown
from eftheory.pages.lines import in_short
from eftheory.testing.array_library import check_library
from eftheory.testing.checks.contraction import check_vectors
from eftheory.testing.checks.trial import CheckFailed, Trial
from eftheory.testing.claim import Unbiased
from eftheory.testing.comparison import Row, at_equal_bits
from eftheory.testing.effort import Effort
from eftheory.testing.estimate import Estimate, estimate_on
from eftheory.testing.subject import adapt
from eftheory.testing.suite import (
    DIMENSIONS,
    EXPECTED,
    FAILED,
    PASSED,
    CompressorRaises,
    Report,
    Result,
    check_options,
    prepare,
    run_checks,
)

GRADIENTS = (1e-4, 1e4)
"""The default range, where nothing holds for entries of all sizes: eight powers of ten around 1, where entries of
gradients that are not zero mostly lie, and all of which float16 holds."""

ENDS = ("denormals", "huge", "nan")
"""Checks at the ends of the floats, which say nothing of alpha between."""

NOTHING = Fraction(1, 10**9)
"""An alpha below this buys nothing: it is what is left of a compressor whose error does not grow with the vector."""

MANY_DRAWS = 10**7
"""More than anybody waits for."""

CLAIM_CHECKS = {"shape", "determinism", "zero", "contraction", "unbiasedness", "scale", "ties", "zeros"}
"""Where one of these fails, expected or not, the claim is refuted, or nothing is known of it."""


@dataclass(frozen=True)
class Examination:
    """What was found out.

    Attributes:
        name: of the compressor.
        dimension: of the vectors.
        report: of the checks.
        estimate: of alpha, or None where nothing could be estimated.
        guarantee: what alpha buys, or None where there is none.
        basis: which alpha that is, and how far it can be relied on.
        holds: a claim was made, and no check spoke against it.
        within: sizes of the entries that the guarantee speaks of, where there is none for all; None: all, or those
            that were asked for.
        rows: the compressor beside others that send as many bits; empty where its bits are not known.
        notes: remarks.
    """

    name: str
    dimension: int
    report: Report
    estimate: Estimate | None = None
    guarantee: Guarantee | None = None
    basis: str = ""
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    holds: bool = False
    within: tuple[float, float] | None = None

    def __repr__(self) -> str:
        """The report, the estimate, and what that buys."""
        bought = self.guarantee and f"{self.basis}; .guarantee has step sizes, rates and iterations of EF21"
        found = [] if self.estimate is None else str(self.estimate).splitlines()
        notes = [f"note: {note}" for note in self.notes]
        return in_short([*repr(self.report).splitlines(), *found, bought or self.basis or "no guarantee", *notes])

    def _repr_html_(self) -> str:
        from eftheory.pages.html import cell, rows_as_html

        told = repr(self).splitlines()
        return cell(rows_as_html([tuple(line.split(": ", 1)) for line in told]) + self.report._repr_html_())

    @property
    def failed(self) -> bool:
        """Whether a check failed that was not expected to, or nothing holds of all vectors that were asked about."""
        nothing = self.guarantee is None or self.within is not None
        return bool(self.report.failures) or (nothing and not self.holds)


def examine(
    compressor: Any,
    dim: int,
    *,
    claim: Contractive | Unbiased | None = None,
    expected_failures: Mapping[str, str] | None = None,
    library: str = "numpy",
    effort: Effort | None = None,
    target: Guarantee | None = None,
) -> Examination:
    """Check a compressor, estimate its alpha, and say what alpha buys.

    Where the compressor itself knows its constant in every dimension, small dimensions are checked as well.

    Args:
        target: what is to be guaranteed, whatever its alpha: L, mu, accuracy, and the bits of a message if the
            compressor does not say. For the others see ``check_compressor``.

    Raises:
        ValueError: an argument is out of range.
        ImportError: hypothesis is not installed.

    >>> from eftheory.compressors import TopK
    >>> found = examine(TopK(1), 4)
    >>> found.failed, found.basis
    (False, 'alpha = 1/4: exact, attained')
    """
    check_library(library)
    if dim < 1:
        raise ValueError(f"dim={dim}: a vector has at least one entry")
    check_options(claim, None, expected_failures, None)
    target = target or Guarantee(Fraction(1))
    target = replace(target, bits=_bits(compressor, dim) if target.bits is None else target.bits)
    subject = adapt(compressor, claim, library=library)
    try:
        trial, noticed = prepare(subject, _dimensions(compressor, claim, dim), effort or Effort())
    except CompressorRaises as error:
        raised = Report(subject.name, (dim,), (Result("call", "failed", str(error)),))
        return Examination(subject.name, dim, raised)
    with trial.clock.part(3 / 5):
        report = run_checks(trial, noticed, None, expected_failures)
    trial.clock.start()
    with trial.clock.part(2 / 3):
        estimate = _estimate(trial, dim, report)
    late = trial.clock.left_out
    report = _confront(trial, dim, report, estimate)
    notes = [*report.notes]
    if late:
        notes.append(f"the estimate rests on what there was time for: {late}")
    if estimate is not None and estimate.wanted_draws is not None:
        notes.append(_far_apart(estimate))
    alpha, basis = _basis(subject, dim, report, estimate)
    holds = _holds(subject, dim, report)
    within = None
    sizes = [abs(entry) for entry in estimate.vector if entry] if estimate is not None else []
    outside = sizes and not GRADIENTS[0] <= min(sizes) <= max(sizes) <= GRADIENTS[1]
    if alpha is None and outside and trial.effort.magnitudes is None:
        alpha, inside = _within(trial, dim)
        within = GRADIENTS if alpha is not None else None
        basis = f"{inside}. Of all vectors: {basis}" if alpha is not None else f"{basis}; {inside}"
    if alpha is None:
        return Examination(subject.name, dim, report, estimate, None, basis, [], notes, holds)
    if target.bits is None:
        notes.append("how many bits a message takes is not known: give --bits, or an attribute bits")
    guarantee = replace(target, alpha=alpha)
    rows = [] if guarantee.bits is None else at_equal_bits(subject.name, guarantee, dim)
    return Examination(subject.name, dim, report, estimate, guarantee, basis, rows, notes, holds, within)


def _dimensions(compressor: Any, claim: Any, dim: int) -> list[int]:
    """The dimension asked for; and smaller ones, where the compressor itself says what holds there."""
    says = claim is None and any(callable(getattr(compressor, name, None)) for name in ("alpha", "omega"))
    return [*(d for d in DIMENSIONS if says and d < dim), dim]


def _estimate(trial: Trial, dim: int, report: Report) -> Estimate | None:
    """What a search says of alpha, from what the checks have found already; None where messages make no sense.

    Raises:
        ValueError: C does not run in this dimension.
    """
    if any(result.name in ("shape", "determinism") for result in report.failures):
        return None
    if dim not in trial.dimensions:
        prepare(trial.subject, [dim], trial.effort)  # raises, and says why
    results = [r for r in report.results if r.name not in ENDS]
    seen = [r.floats + (0.0,) * (dim - len(r.floats)) for r in results if r.floats is not None]
    return estimate_on(trial, dim, also=seen)


def _within(trial: Trial, dimension: int) -> tuple[Fraction | None, str]:
    """What is found for entries of the sizes that gradients have, if nothing holds for all, and nobody gave a range."""
    inside = estimate_on(replace(trial, effort=replace(trial.effort, magnitudes=GRADIENTS)), dimension)
    sizes = "entries between 1e-4 and 1e4 in size, as those of gradients mostly are"
    if not inside.consistent_below:
        return None, f"nor is one found for {sizes}; --magnitudes LEAST,LARGEST asks about others"
    alpha, says = _estimated(inside)
    return alpha, f"for {sizes}, {says}; --magnitudes 1e-4,1e4 makes the range part of the claim"


def _far_apart(estimate: Estimate) -> str:
    """What to try where the draws leave alpha open by more than a tenth."""
    wanted = estimate.wanted_draws or 0
    if wanted <= MANY_DRAWS:
        return f"the ends for alpha are far apart: --samples {wanted} brings them within about a tenth"
    return (
        f"the ends for alpha are far apart, and about {wanted:.1e} draws would bring them within a tenth: rare draws "
        "decide; claim --alpha or --omega, or test a smaller --dim, where draws may be listed"
    )


def _confront(trial: Trial, dimension: int, report: Report, estimate: Estimate | None) -> Report:
    """The report, in which the claim has also met the worst vector of the estimate: the two never disagree."""
    claim = trial.subject.claim(dimension)
    if claim is None or estimate is None or report["contraction"].status != PASSED:
        return report
    try:
        check_vectors(trial, claim, [np.array(estimate.vector)])
    except CheckFailed as failure:
        refuted = Result("contraction", FAILED, failure.message, failure.vector, failure.floats)
        return replace(report, results=tuple(refuted if r.name == refuted.name else r for r in report.results))
    return report


def _bits(compressor: Any, dimension: int) -> Any:
    """What the compressor says a message takes, or None.

    Raises:
        ValueError: it is no positive number.
    """
    bits = getattr(compressor, "bits", None)
    try:
        found = bits(dimension) if callable(bits) else bits
        if found is None or found > 0:
            return found
    except Exception as error:  # a stranger's code
        if isinstance(compressor, Compressor):  # ours, whose refusal says what is wrong
            raise ValueError(f"{compressor} in dimension {dimension}: {error}") from None
        raise ValueError(f"its bits({dimension}) raises {type(error).__name__}: {error}; give --bits") from None
    raise ValueError(f"its bits({dimension}) is {found!r}: a message takes a positive number of bits; give --bits")


def _failed(report: Report) -> set[str]:
    return {result.name for result in report.results if result.status in (FAILED, EXPECTED)}


def _holds(subject: Any, dimension: int, report: Report) -> bool:
    """Whether something is claimed, the search was made, and no check that asks for it failed, expected or not."""
    searched = "contraction" not in report.unreached
    return searched and subject.claim(dimension) is not None and not _failed(report) & CLAIM_CHECKS


def _basis(subject: Any, dimension: int, report: Report, estimate: Estimate | None) -> tuple[Any, str]:
    """The alpha to rely on, and in words how far."""
    failed = _failed(report)
    own = subject.source if isinstance(subject.source, Compressor) else None
    claim, holds = subject.claim(dimension), _holds(subject, dimension, report)
    besides = f", except for {', '.join(sorted(failed))}" if failed else ""
    besides += f", {', '.join(report.unreached)} not reached in time" if report.unreached else ""
    if holds and isinstance(claim, Unbiased):
        known = own.variance(dimension) if own else None
        value, kind = (claim.omega, "tested, not proved") if known is None else (known.value, known.kind)
        return 1 / (1 + value), f"omega = {value}: {kind}{besides}; alpha = 1/(1 + omega) is that of C/(1 + omega)"
    if holds and isinstance(claim, Contractive) and (estimate is None or claim.alpha <= estimate.refuted_above):
        known = own.contraction(dimension) if own else None
        value, kind = (claim.alpha, "claimed; tested, not proved") if known is None else (known.value, known.kind)
        return value, f"alpha = {value}: {kind}{besides}"
    if estimate is None:
        return None, "no guarantee: it is not known what the compressor does"
    if estimate.refuted_above == 0:
        errs = "C(v) is not finite" if estimate.ratio is None else "it errs by all of ||v||^2 or more"
        return None, f"no guarantee: on some vector {errs}, so no alpha > 0 holds"
    if estimate.consistent_below == 0:
        why = "the draws do not decide" if estimate.sampled else "rounding leaves open"
        return None, f"no guarantee: {why} whether any alpha > 0 holds"
    if estimate.refuted_above < NOTHING:
        return None, f"no guarantee: on some vector no alpha above {shown(estimate.refuted_above, decimal_up)} holds"
    ends = f", except for {', '.join(sorted(failed))}" if failed else ""
    doubt = f", not to be relied on: {', '.join(sorted(failed))} failed" if failed - {*ENDS} else ends
    alpha, says = _estimated(estimate)
    return alpha, f"{says}{doubt}"


def _estimated(estimate: Estimate) -> tuple[Fraction, str]:
    """The alpha that an estimate leaves, and in words what it is."""
    found = min(estimate.consistent_below, estimate.refuted_above, Fraction(1))
    found = read_number(decimal_down(found, 9)) or found
    text = str(found) if found.denominator <= 1000 else decimal_down(found, 9)
    if estimate.sampled:
        high = shown(estimate.refuted_above, decimal_up)
        return found, (
            f"alpha = {text}: only an estimate, from draws: on the worst vector found, alpha is between this "
            f"and {high} (four standard errors, and room for rare draws, but what is much rarer than 1 in "
            f"{estimate.draws} is not seen); take more --samples to narrow it"
        )
    return found, f"alpha = {text}: only an estimate; no larger one holds, a smaller one may"
