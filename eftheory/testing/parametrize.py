"""One pytest test for each check of each compressor."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eftheory.testing.checks import CHECKS
from eftheory.testing.claim import Claims
from eftheory.testing.subject import adapt
from eftheory.testing.suite import FAILED, SKIPPED, UNREACHED, Result, check_compressor


def parametrize_with_checks(
    compressors: Sequence[Any],
    *,
    dims: Sequence[int] | None = None,
    expected_failures: Callable[[Any], Mapping[str, str]] | Mapping[str, str] | None = None,
    **options: Any,
) -> Callable[[Any], Any]:
    """A decorator: the test function runs once for each compressor and check.

    It is called with ``compressor`` and ``check``, and is to call ``check()``. Ids read
    ``TopK(k=2)-contraction``, so that -k selects by compressor or check.

    Args:
        compressors: as ``check_compressor`` takes them, or pairs (compressor, claim).
        dims: dimensions to try.
        expected_failures: names of checks with reasons, or a function of the compressor that returns them.
        **options: further keywords of ``check_compressor``: library, dtype, seed, examples, samples.

    >>> from eftheory.compressors import TopK
    >>> @parametrize_with_checks([TopK(1), TopK(2)], dims=[2, 5])
    ... def test_mine(compressor, check):
    ...     check()
    """
    import pytest

    cases = []
    for entry in compressors:
        compressor, claim = entry if isinstance(entry, tuple) else (entry, None)
        expected = expected_failures(compressor) if callable(expected_failures) else (expected_failures or {})
        name = adapt(compressor, claim).name
        for check in options.get("checks", CHECKS):
            run = functools.partial(
                _run, compressor, claim, check, expected=expected.get(check), dims=dims, options=options
            )
            cases.append(pytest.param(compressor, run, id=f"{name}-{check}"))
    return pytest.mark.parametrize(("compressor", "check"), cases)


def compressor_checks(
    claim: Claims | None = None, *, dims: Sequence[int] | None = None, **options: Any
) -> Callable[[Callable[[], Any]], Any]:
    """A decorator for a function that makes a compressor: it becomes a test that runs all checks.

    Args:
        claim: see ``check_compressor``, like all other keywords.
        dims: dimensions to try.
        **options: further keywords of ``check_compressor``.

    >>> from fractions import Fraction
    >>> from eftheory.assumptions import Contractive
    >>> @compressor_checks(Contractive(Fraction(3, 4)), dims=[2])
    ... def test_half():
    ...     return lambda x: x / 2
    >>> test_half()
    """

    def decorate(make: Callable[[], Any]) -> Callable[[], None]:
        @functools.wraps(make)
        def test() -> None:
            check_compressor(make(), claim, dims=dims, **options)

        return test

    return decorate


def _run(
    compressor: Any,
    claim: Any,
    name: str,
    *,
    expected: str | None,
    dims: Sequence[int] | None,
    options: Mapping[str, Any],
) -> Result:
    """One check; fails or skips the running test accordingly."""
    import pytest

    options = {**options, "checks": [name], "on_fail": "return"}
    expected_failures = None if expected is None else {name: expected}
    result = check_compressor(compressor, claim, dims=dims, expected_failures=expected_failures, **options)[name]
    if result.status == FAILED:
        pytest.fail(str(result), pytrace=False)
    if result.status in (SKIPPED, UNREACHED):
        pytest.skip(result.message)
    if result.status == "expected":
        pytest.xfail(result.message)
    return result
