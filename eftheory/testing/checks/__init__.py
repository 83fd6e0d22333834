"""The checks, one function each: it returns, or raises ``CheckFailed`` or ``CheckSkipped``."""

from __future__ import annotations

from collections.abc import Callable

from eftheory.testing.checks.calling import check_determinism, check_dtype, check_purity, check_shape, check_zero
from eftheory.testing.checks.contraction import check_contraction, check_scale, check_ties, check_zeros
from eftheory.testing.checks.extremes import check_denormals, check_huge, check_nan
from eftheory.testing.checks.linearity import check_additivity, check_homogeneity
from eftheory.testing.checks.trial import CheckFailed as CheckFailed
from eftheory.testing.checks.trial import CheckSkipped as CheckSkipped
from eftheory.testing.checks.trial import Trial as Trial
from eftheory.testing.checks.unbiasedness import check_unbiasedness

CHECKS: dict[str, Callable[[Trial], None]] = {
    "shape": check_shape,
    "dtype": check_dtype,
    "purity": check_purity,
    "determinism": check_determinism,
    "zero": check_zero,
    "contraction": check_contraction,
    "unbiasedness": check_unbiasedness,
    "homogeneity": check_homogeneity,
    "additivity": check_additivity,
    "scale": check_scale,
    "ties": check_ties,
    "zeros": check_zeros,
    "denormals": check_denormals,
    "huge": check_huge,
    "nan": check_nan,
}
"""By name, in the order in which they run; a compressor that fails one of the first two fails there only."""

SEARCHES = {"contraction", "unbiasedness", "homogeneity", "additivity", "scale", "ties", "zeros"}
"""Those that look at many vectors; the others take a few calls each."""
