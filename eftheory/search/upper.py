"""Search an upper bound: the best V of the template, rounded, and judged by the exact check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from time import perf_counter

from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Upper
from eftheory.claims import Setting
from eftheory.methods.template import PLAIN, Template
from eftheory.search.centre import follow
from eftheory.search.data import Problem, read_problem
from eftheory.search.descent import Descent
from eftheory.search.floats import floats_guarded
from eftheory.search.rounding import round_upper
from eftheory.threads import one_blas_thread

DEFAULT_SLACK = Fraction(1, 10**6)
AIM = Fraction(1, 10**9)
"""The relative slack that is tried first; where it cannot be rounded, wider ones are, up to the limit."""

AUTO, CVXPY, CENTER = "auto", "cvxpy", "center"
ENGINES = (AUTO, CVXPY, CENTER)

_ROUNDED = 12  # positions tried, from the last one back


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Args:
        upper: evidence that the exact check accepts, or None.
        status: "proved", or "inconclusive", and why.
        rate: the last rate seen, as a float; None if there was none.
        gap: the estimated distance from there to the least rate that any V of the template shows; an
            estimate from floats, which only a class bound makes a statement.
        engine: which engine found it.
        solves: how many semidefinite programmes were solved, or Newton steps made.
        seconds: time per stage: read, search (of which in a solver: ``solver``), round (with the exact check).
        problem: the exact data that were searched.
        descent: the way there, for ``search_class_bound``.
    """

    upper: Upper | None
    status: str
    rate: float | None
    gap: float | None
    engine: str
    solves: int
    seconds: dict[str, float] = field(compare=False)
    problem: Problem = field(repr=False, compare=False)
    descent: Descent = field(repr=False, compare=False)


@one_blas_thread
def search_upper(
    setting: Setting,
    *,
    slack: Fraction = DEFAULT_SLACK,
    engine: str = AUTO,
    template: Template = PLAIN,
    sparsity: str = "",
) -> SearchResult:
    """Search the least rate that a quadratic V of the method's template proves.

    Args:
        setting: the method on a class of problems.
        slack: how far the proved rate may be from the engine's own optimum, as a share of 1 - rate; less is
            tried first.
        engine: ``center`` follows analytic centres, ``cvxpy`` lets Clarabel solve programmes, ``auto`` is
            ``center``, and ``cvxpy`` where it does not reach the slack.
        template: what V may see beyond the method's coordinates.
        sparsity: which products V may hold; see ``allowed_pairs``.

    Returns:
        With ``upper`` only if ``check_upper`` accepts it. Whatever goes wrong on the way is told in
        ``status``, not raised. If the engine gave up before the slack was reached, the best V until
        then is still rounded and checked, and the status says so.

    Raises:
        ValueError: the slack is not positive, the engine or a coordinate of the sparsity unknown, or the method has
            no such template.

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> upper = search_upper(setting).upper
    >>> 0 <= upper.rate - Fraction(1, 4) < Fraction(1, 10**6)  # the law is 1/4
    True
    """
    require(slack > 0, f"slack={slack}: it must be positive; floats reach about 1/10^9")
    require(engine in ENGINES, f"engine={engine!r}: choose one of {', '.join(ENGINES)}")
    tight = f"{setting.method.name}: V is a multiple of the measure, {setting.method.measure_name}"
    linear = bool(setting.method.coordinates.values)
    require(template == PLAIN or not linear, f"{tight}; neither memory nor more values can be searched")
    begin = perf_counter()
    problem = read_problem(setting, template=template, sparsity=sparsity)
    read = perf_counter() - begin
    found = _search(problem, slack, CENTER if engine == AUTO else engine)
    if engine == AUTO and found.status != "proved":
        second = _search(problem, slack, CVXPY)
        found = min((found, second), key=lambda each: each.upper.rate if each.upper else 2)
    found.seconds["read"] = read
    return found


def _search(problem: Problem, slack: Fraction, engine: str) -> SearchResult:
    begin = perf_counter()
    descent = guarded_descent(problem, min(slack / 2, AIM), engine)
    searched = perf_counter()
    last = descent.path[-1] if descent.path else None
    seen = f" (last seen: rate {float(last.rate):.12g}, about {last.gap:.1e} above the least)" if last else ""
    upper, status = None, f"inconclusive: {descent.trouble}{seen}"
    below_one = [position for position in reversed(descent.path) if position.rate < 1]
    for position in below_one[:_ROUNDED]:
        upper = floats_guarded(round_upper, problem, position)
        if upper:
            last, status = position, "proved"
            if not position.meets(slack):
                reason = descent.trouble or "no rounding nearer to the optimum was accepted"
                status = f"proved, but not to the slack asked for: {reason}"
            break
    if below_one and not upper:
        status = f"inconclusive: nothing could be rounded{seen}"
    return SearchResult(
        upper=upper,
        status=status,
        rate=float(last.rate) if last else None,
        gap=last.gap if last else None,
        engine=engine,
        solves=descent.solves,
        seconds={
            "search": searched - begin,
            "solver": descent.solver_seconds,
            "round": perf_counter() - searched,
        },
        problem=problem,
        descent=descent,
    )


def guarded_descent(problem: Problem, slack: Fraction, engine: str = CENTER) -> Descent:
    """The descent of an engine, with floating-point failures told as trouble."""
    descent = floats_guarded(_descent_of(engine), problem, slack)
    return descent or Descent((), "the numbers are out of the range of floats", 0)


def _descent_of(engine: str) -> Callable[[Problem, Fraction], Descent]:
    if engine == CENTER:
        return follow
    from eftheory.search.sdp import descend  # imports cvxpy, which takes a second

    return descend
