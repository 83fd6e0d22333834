"""Search an upper bound: the best V of the template, rounded, and judged by the exact check."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from time import perf_counter

from eftheory.assumptions.validation import require
from eftheory.certificates.certificate import Upper
from eftheory.claims import Setting
from eftheory.search.data import Problem, read_problem
from eftheory.search.engine import Descent, Position, descend
from eftheory.search.rounding import round_upper
from eftheory.search.solver import floats_guarded

DEFAULT_SLACK = Fraction(1, 10**6)

_ROUNDED = 6  # positions tried, from the last one back


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Args:
        upper: evidence that the exact check accepts, or None.
        status: "proved", or "inconclusive", and why.
        rate: the last rate seen, as a float; None if there was none.
        gap: the estimated distance from there to the least rate that any V of the template shows; an
            estimate from floats, which only a class bound makes a statement.
        solves: how many semidefinite programmes were solved.
        seconds: time per stage: search, and round (with the exact check).
        path: the way there, for ``search_class_bound``.
    """

    upper: Upper | None
    status: str
    rate: float | None
    gap: float | None
    solves: int
    seconds: dict[str, float] = field(default_factory=dict)
    path: tuple[Position, ...] = field(default=(), repr=False, compare=False)


def search_upper(setting: Setting, *, slack: Fraction = DEFAULT_SLACK) -> SearchResult:
    """Search the least rate that a quadratic V of the method's template proves.

    Args:
        setting: the method on a class of problems.
        slack: how far the proved rate may be from the least one, as a share of 1 - rate.

    Returns:
        With ``upper`` only if ``check_upper`` accepts it. Whatever goes wrong on the way is told in
        ``status``, not raised. If the solver gave up before the slack was reached, the best V until
        then is still rounded and checked, and the status says so.

    Raises:
        ValueError: the slack is not positive.

    >>> from eftheory.assumptions import AgentType, Contractive
    >>> from eftheory.methods import GD
    >>> setting = Setting((AgentType(L=1, mu=Fraction(1, 3)),), Contractive(Fraction(1)), GD(Fraction(3, 2)))
    >>> upper = search_upper(setting).upper
    >>> 0 <= upper.rate - Fraction(1, 4) < Fraction(1, 10**6)  # the law is 1/4
    True
    """
    require(slack > 0, f"slack={slack}: it must be positive; floats reach about 1/10^9")
    begin = perf_counter()
    problem = read_problem(setting)
    descent = guarded_descent(problem, slack / 2)
    searched = perf_counter()
    last = descent.path[-1] if descent.path else None
    upper, status = None, f"inconclusive: {descent.trouble}"
    below_one = [position for position in reversed(descent.path) if position.rate < 1]
    for position in below_one[:_ROUNDED]:
        upper = floats_guarded(round_upper, setting, problem, position)
        if upper:
            last, status = position, "proved"
            if not position.meets(slack):
                reason = descent.trouble or "no rounding nearer to the optimum was accepted"
                status = f"proved, but not to the slack asked for: {reason}"
            break
    if below_one and not upper:
        status = f"inconclusive: nothing found down to rate {float(below_one[0].rate):.12g} could be rounded"
    return SearchResult(
        upper=upper,
        status=status,
        rate=float(last.rate) if last else None,
        gap=last.gap if last else None,
        solves=descent.solves,
        seconds={"search": searched - begin, "round": perf_counter() - searched},
        path=descent.path,
    )


def guarded_descent(problem: Problem, slack: Fraction) -> Descent:
    """``descend``, with floating-point failures told as trouble."""
    descent = floats_guarded(descend, problem, slack)
    return descent or Descent((), "the numbers are out of the range of floats", 0)
