"""All checks of a compressor, and their report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.pages.lines import in_short
from eftheory.testing.checks import CHECKS, SEARCHES, CheckFailed, CheckSkipped, Trial
from eftheory.testing.checks.trial import literal
from eftheory.testing.claim import Absolute, Claims, Unbiased
from eftheory.testing.clock import Clock
from eftheory.testing.effort import Effort
from eftheory.testing.global_draws import seed_global_draws
from eftheory.testing.subject import Subject, adapt

DIMENSIONS = (1, 2, 3, 4, 7, 16)

PASSED, FAILED, SKIPPED, EXPECTED = "passed", "failed", "skipped", "expected"
UNREACHED = "not reached"


@dataclass(frozen=True)
class Result:
    """How one check ended.

    Attributes:
        name: of the check.
        status: passed, failed, skipped, expected (it failed, as was said beforehand), or not reached in time.
        message: what is wrong, why it was skipped, or the reason given for the expectation.
        vector: one on which it failed, exact entries.
        floats: the same, zeros with their signs.
    """

    name: str
    status: str
    message: str = ""
    vector: list[Fraction] | None = None
    floats: tuple[float, ...] | None = None

    @property
    def example(self) -> str | None:
        """The line to paste above a test of hypothesis."""
        return None if self.floats is None else f"@example({literal(self.floats)})"

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.status}" + (f": {self.message}" if self.message else "")]
        return "\n  ".join([*lines, *([self.example] if self.example else [])])


@dataclass(frozen=True)
class Report:
    """What came of all checks.

    Attributes:
        name: of the compressor.
        results: in the order of ``CHECKS``.
        notes: what else was noticed.
    """

    name: str
    dimensions: tuple[int, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    @property
    def failures(self) -> list[Result]:
        """The checks that failed and were not expected to."""
        return [result for result in self.results if result.status == FAILED]

    @property
    def unreached(self) -> list[str]:
        """The names of the checks for which there was no time."""
        return sorted(result.name for result in self.results if result.status == UNREACHED)

    def __getitem__(self, name: str) -> Result:
        return next(result for result in self.results if result.name == name)

    def __repr__(self) -> str:
        """What passed and what was skipped in a line each, the rest one by one."""
        lines = [f"{self.name} in dimension{'s' * (len(self.dimensions) > 1)} {', '.join(map(str, self.dimensions))}"]
        for status in (PASSED, SKIPPED):
            alike = ", ".join(each.name for each in self.results if each.status == status)
            lines += [f"{status}: {alike}"] if alike else []
        rest = (each for each in self.results if each.status not in (PASSED, SKIPPED))
        lines += [f"{each.name}: {each.status}: {each.message}" for each in rest]
        return in_short([*lines, *(f"note: {note}" for note in self.notes)])

    def _repr_html_(self) -> str:
        from eftheory.pages.html import cell, rows_as_html

        return cell(
            rows_as_html([(each.name, each.status, each.message) for each in self.results], ("check", "", self.name))
        )

    def __str__(self) -> str:
        return "\n".join([self.name, *map(str, self.results), *(f"note: {note}" for note in self.notes)])


class CompressorError(AssertionError):
    """A compressor failed checks; ``report`` holds them all."""

    def __init__(self, report: Report) -> None:
        self.report = report
        failed = "\n".join(str(result) for result in report.failures)
        super().__init__(f"{report.name} fails {len(report.failures)} of {len(report.results)} checks\n{failed}")


class CompressorRaises(ValueError):  # noqa: N818 -- it reads as what happened
    """C raises in every dimension that was tried."""


def check_compressor(
    compressor: Any,
    claim: Claims | None = None,
    *,
    dims: Sequence[int] | None = None,
    expected_failures: Mapping[str, str] | None = None,
    checks: Sequence[str] | None = None,
    library: str = "numpy",
    on_fail: str = "raise",
    effort: Effort | None = None,
    **chosen: Any,
) -> Report:
    """Try everything on a compressor that is known to go wrong with compressors.

    Args:
        compressor: f(x), f(x, rng) with a numpy Generator, or an object with such a ``__call__``;
            see ``adapt`` for the attributes that count as claims.
        claim: ``Contractive(alpha)``, ``Unbiased(omega)``, ``Absolute(bound)``, or a function of the
            dimension that returns one; by default what the compressor says itself.
        dims: dimensions to try; by default small ones, where the claim is known there.
        expected_failures: names of checks that are known to fail, each with the reason. One that passes
            all the same is a failure.
        checks: only these.
        library: "numpy", "torch" or "jax".
        on_fail: "raise", or "return" the report.
        effort: how hard it is tried, and on which vectors; checks outside of its magnitudes are skipped.
        chosen: fields of the effort, each by its name, as ``seed=1``; see ``Effort``.

    Returns:
        The report.

    Raises:
        CompressorError: a check failed that was not expected to; an AssertionError.
        ValueError: a check is unknown, or C raises in every dimension.
        ImportError: hypothesis is not installed.

    >>> from eftheory.assumptions import Contractive
    >>> from eftheory.compressors import TopK
    >>> report = check_compressor(TopK(1), dims=[2, 3])
    >>> [result.name for result in report.results if result.status == "skipped"]
    ['unbiasedness', 'additivity']
    >>> report = check_compressor(lambda x: 0 * x, Contractive(Fraction(1, 2)), dims=[2], on_fail="return")
    >>> report["contraction"].example
    '@example(np.array([0.0, 1.0]))'
    """
    __tracebackhide__ = True  # pytest shows the report, not this
    check_options(claim, dims, expected_failures, checks)
    if on_fail not in ("raise", "return"):
        raise ValueError(f"on_fail={on_fail!r}: choose 'raise' or 'return'")
    effort = replace(effort or Effort(), **chosen)
    trial, notes = prepare(adapt(compressor, claim, library=library), dims, effort)
    report = run_checks(trial, notes, checks, expected_failures)
    if report.failures and on_fail == "raise":
        raise CompressorError(report)
    return report


@np.errstate(all="ignore")  # what overflows inside C is judged by what C sends
def run_checks(
    trial: Trial, notes: tuple[str, ...], checks: Sequence[str] | None, expected_failures: Mapping[str, str] | None
) -> Report:
    """The report of all checks, or of those named, with what was noticed before and during them."""
    wanted, expected = list(CHECKS if checks is None else checks), expected_failures or {}
    results: list[Result] = []
    late: list[str] = []
    for name in wanted:
        if name in SEARCHES and trial.clock.is_up():
            results.append(Result(name, UNREACHED, f"in {_seconds(trial)}"))
            continue
        trial.clock.start()
        with trial.clock.part(1 / 2):
            result = run_check(trial, name, expected.get(name))
        results.append(result)
        if trial.clock.left_out and result.status != FAILED:
            late.append(f"{name} {trial.clock.left_out}")
        if name == "shape" and result.status != PASSED:
            break  # nothing else can be asked of it
        if name == "determinism" and result.status == FAILED:
            rest = [name for name in wanted[len(results) :] if name != "nan"]
            results += [Result(name, SKIPPED, "no question to something that changes its answers") for name in rest]
            break
    if late:
        notes += (f"in {_seconds(trial)} there was time for {'; '.join(late)}",)
    unlisted = sorted({size for size, kind in trial.subject.unlisted if kind == "f"} & set(trial.dimensions))
    if unlisted:
        which, samples = ", ".join(map(str, unlisted)), trial.effort.samples
        notes += (
            f"dimension {which}: too many draws to list; judged from {samples}, where a small excess goes unseen",
        )
    return Report(trial.subject.name, trial.dimensions, tuple(results), notes)


def _seconds(trial: Trial) -> str:
    """The time that was given, and how to give more."""
    return f"{trial.effort.seconds:g} s (--time gives more)"


def check_options(claim: Any, dims: Any, expected_failures: Any, checks: Any) -> None:
    """Refuse arguments of the wrong kind before any work.

    Raises:
        TypeError: an argument is of the wrong kind.
        ValueError: a check is unknown.
    """
    if not (claim is None or callable(claim) or isinstance(claim, (Contractive, Unbiased, Absolute))):
        raise TypeError(f"claim={claim!r}: pass Contractive(alpha), Unbiased(omega), Absolute(bound) or a function")
    if isinstance(dims, (int, str)):
        raise TypeError(f"dims={dims!r}: pass a list of dimensions, as [3, 10]")
    if not isinstance(expected_failures, (Mapping, type(None))):
        raise TypeError(f"expected_failures={expected_failures!r}: pass a dictionary of checks and reasons")
    if isinstance(checks, str):
        raise TypeError(f"checks={checks!r}: pass a list of names")
    for name in (*(expected_failures or {}), *(checks or ())):
        if name not in CHECKS:
            raise ValueError(f"check={name!r}: choose from {', '.join(CHECKS)}")


@np.errstate(all="ignore")
def run_check(trial: Trial, name: str, expected: str | None = None) -> Result:
    """One check, its outcome as a result."""
    try:
        CHECKS[name](trial)
    except CheckFailed as failure:
        if expected is not None:
            return Result(name, EXPECTED, expected)
        return Result(name, FAILED, failure.message, failure.vector, failure.floats)
    except CheckSkipped as skipped:
        return Result(name, SKIPPED, str(skipped))
    if expected is not None:
        return Result(name, FAILED, f"was expected to fail ({expected}), but passes: take it out of expected_failures")
    return Result(name, PASSED)


@np.errstate(all="ignore")
def prepare(subject: Subject, dims: Sequence[int] | None, effort: Effort) -> tuple[Trial, tuple[str, ...]]:
    """The trial, in those dimensions in which C runs, and what was noticed.

    Raises:
        ValueError: C runs in none of them, or a dimension is no whole number of entries.
    """
    given = sorted(set(DIMENSIONS if dims is None else dims))
    if not given or given[0] < 1:
        raise ValueError(f"dims={dims!r}: a vector has at least one entry")
    clock = Clock(effort.seconds)
    seeded = ""
    for d in given:
        if not seeded:
            subject, seeded = seed_global_draws(subject, _probe(d, effort))
    usable, refused = [], {}
    for d in given:
        doing = "it raises"
        try:
            subject(np.ones(d, effort.dtype), 0)
            doing = "its claim is refused"
            subject.claim(d)
            usable.append(d)
        except Exception as error:  # a stranger's code
            refused[d] = f"{doing}: {type(error).__name__}: {error}"
    if not usable:
        d = given[-1]
        foreign = "ensor" in refused[d] and subject.library == "numpy"
        ask = "; if it is written for torch, --library torch" if foreign else ""
        raise CompressorRaises(f"{subject.name} runs in no dimension tried; with {d} entries {refused[d]}{ask}")
    notes = [seeded] if seeded else []
    if refused and max(refused) < usable[0]:
        last = max(refused)
        notes.append(f"needs a minimum dimension: tried from {usable[0]} on; with {last} {refused[last]}")
    elif refused:
        notes.append(f"does not take every dimension: with {min(refused)} {refused[min(refused)]}")
    if subject.random is None:
        probe = _probe(usable[-1], effort)
        answers = [np.asarray(subject(probe, seed)) for seed in range(8)]
        differ = any(not np.array_equal(answers[0], other, equal_nan=True) for other in answers[1:])
        subject = replace(subject, random=differ)
        notes.append(f"does not say whether it is random: found to be {'random' if differ else 'deterministic'}")
    return Trial(subject, tuple(usable), effort, clock), tuple(notes)


def _probe(dimension: int, effort: Effort) -> np.ndarray:
    probe: np.ndarray = np.random.default_rng(0).standard_normal(dimension).astype(effort.dtype)
    return probe
