"""Where a solver runs: whatever goes wrong in there comes back as a value, not an exception."""

from __future__ import annotations

import warnings
from typing import Any

import cvxpy

TOLERANCE = 1e-6
"""Asked of the solver. The programmes are scaled to margins of 0.01 and more, and any point with a
positive margin serves, so more digits would only be more occasions to fail."""

_PANIC = "PanicException"  # what a panic in Clarabel's Rust code arrives as: a BaseException


def solve(problem: Any, tolerance: float = TOLERANCE) -> str | None:
    """Run Clarabel on a cvxpy problem; whatever happens, its variables hold what the solver left there.

    Returns:
        None if it was solved to full accuracy without a warning; otherwise what happened.
    """
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            problem.solve(
                solver=cvxpy.CLARABEL,
                warm_start=False,
                tol_gap_abs=tolerance,
                tol_gap_rel=tolerance,
                tol_feas=tolerance,
                max_iter=100,
            )
    except Exception as error:
        return f"the solver failed: {_first_line(error)}"
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        return f"the solver panicked: {_first_line(error)}"
    if problem.status != cvxpy.OPTIMAL:
        return f"the solver ended with status {problem.status}"
    if caught:
        return f"the solver warned: {_first_line(caught[0].message)}"
    return None


def _first_line(message: object) -> str:
    lines = str(message).splitlines()
    return lines[0][:120] if lines else type(message).__name__
