"""Compressors with one defect each, named after it."""

# ruff: noqa: N801 -- classes are named after their defects, as functions are
from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np

from eftheory.assumptions import Contractive
from eftheory.testing import Unbiased
from tests.testing.gallery import broken, everywhere, run

HALF = Contractive(Fraction(1, 2))
ONE = Contractive(Fraction(1))


def _keep(x, count):
    """The ``count`` largest."""
    kept = np.argsort(-np.abs(x), kind="stable")[:count]
    return np.where(np.isin(np.arange(x.size), kept), x, 0 * x)


# ---------------------------------------------------------------- claims


@broken(lambda d: Contractive(Fraction(2, d)), everywhere("not contractive"))
def keeps_one_less_on_ties(x):
    tied = np.sort(np.abs(x))[-2:]
    return _keep(x, 1 if tied[0] == tied[1] else 2)


@broken(lambda d: Contractive(Fraction(2, d)), everywhere("not contractive"), dims=(3, 5))
def claims_too_much(x):
    return _keep(x, 1)


@broken(HALF, {"contraction": "not contractive", "zeros": "not contractive"})
def wrong_only_at_one_hot(x):
    return 0 * x if np.count_nonzero(x) == 1 and x.size > 1 else x / 2


@broken(HALF, {"scale": "not contractive"})
def wrong_only_at_large_scale(x):
    return 0 * x if np.abs(x).max() > 2.0**50 else x / 2


@broken(HALF, {"contraction": "0.505 ||v||^2, and 1/2", "ties": "0.505 ||v||^2, and 1/2"})
def one_percent_too_much_at_equal_entries_of_three_halves(x):
    if x.dtype != object and np.all(np.abs(x) == 1.5):
        return np.where(np.arange(x.size) < 0, x, (1 - np.sqrt(0.505)) * x).astype(x.dtype)
    return x / 2


@broken(HALF, everywhere("not contractive"))
def right_on_fractions_only(x):
    return x / 2 if x.dtype == object else x / 4


@broken(HALF, everywhere("E ||C(v) - v||^2 = 2/3 ||v||^2, and 1/2 is allowed"))
def keeps_a_third_for_a_half(x, rng):
    return x * (rng.random() < Fraction(1, 3))


@broken(HALF, everywhere("over"))
def keeps_a_third_for_a_half_by_a_normal_draw(x, rng):
    return (x * (np.abs(rng.standard_normal()) < 0.43)).astype(x.dtype)


# ---------------------------------------------------------------- form


def _changes(compressor, v):
    w = v.copy()
    compressor(w)
    return not np.array_equal(v, w)


@broken(HALF, {"purity": "work on a copy"}, shows=_changes)
def mutates_input(x):
    x /= 2
    return x


@broken(HALF, {"purity": "work on a copy"}, shows=_changes)
def returns_a_view_of_its_input_and_changes_it(x):
    message = x[:]
    message *= 0.5
    return message


def _shape_differs(compressor, v):
    return np.shape(compressor(v)) != v.shape


@broken(HALF, {"shape": "returns list instead of an array"}, shows=lambda c, v: isinstance(c(v), list))
def returns_list(x):
    return [entry / 2 for entry in x]


@broken(HALF, {"shape": "instead of an array"}, shows=lambda c, v: isinstance(c(v), float))
def returns_scalar(x):
    return float(np.sum(x))


@broken(HALF, {"shape": "returns NoneType"}, shows=lambda c, v: c(v) is None)
def returns_nothing(x):
    x / 2


@broken(HALF, {"shape": "returns the shape (1,) for the shape (2,)"}, shows=_shape_differs)
def wrong_shape(x):
    return x[:-1] / 2


@broken(HALF, {"shape": "no real numbers"}, shows=lambda c, v: np.iscomplexobj(c(v)))
def returns_complex(x):
    return x / 2 + 0j


@broken(HALF, {"dtype": "returns float64 for float32"}, shows=lambda c, v: c(v.astype("f4")).dtype != "f4")
def wrong_dtype(x):
    return np.asarray(x, dtype=np.float64) / 2


@broken(HALF, {"dtype": "returns float32 for float64"}, shows=lambda c, v: c(v).dtype != v.dtype)
def float32_for_float64(x):
    with np.errstate(over="ignore"):
        return np.clip(x / 2, -1e38, 1e38).astype(np.float32)


# ---------------------------------------------------------------- randomness and memory


def _differs(compressor, v):
    first = np.array(run(compressor, v))
    return any(not np.array_equal(first, run(compressor, v)) for _ in range(100))


@broken(HALF, {"determinism": "it is random, or it remembers"}, shows=_differs)
class hidden_randomness:
    def __init__(self):
        self.rng = np.random.default_rng(5)

    def __call__(self, x):
        return x * (self.rng.random(x.size) < 0.5)


@broken(HALF, {"determinism": "something else than the generator"}, shows=_differs)
class seed_ignored:
    def __init__(self):
        self.rng = np.random.default_rng(5)

    def __call__(self, x, rng):
        return x * (self.rng.random(x.size) < 0.5)


@broken(HALF, {"determinism": "remembers earlier calls"}, shows=_differs)
class remembers_calls:
    def __init__(self):
        self.calls = itertools.count()

    def __call__(self, x):
        return x / 2 if next(self.calls) % 3 else 0 * x + x / 4


@broken(HALF, {"determinism": "remembers earlier calls"}, shows=_differs)
class keeps_the_error_itself:
    def __init__(self):
        self.error = {}

    def __call__(self, x):
        total = x + self.error.get((x.size, x.dtype), 0 * x)
        message = np.where(np.abs(total) == np.abs(total).max(), total, 0 * total)
        self.error[x.size, x.dtype] = total - message
        return message


@broken(HALF, {"determinism": "returned earlier"}, shows=lambda c, v: c(v) is c(-v))
class returns_the_same_array_again:
    def __init__(self):
        self.buffers = {}

    def __call__(self, x):
        buffer = self.buffers.setdefault((x.size, x.dtype), np.zeros_like(x))
        buffer[:] = x
        return buffer


def _depends_on_seed(compressor, v):
    return any(
        not np.array_equal(compressor(v, np.random.default_rng(s)), compressor(v, np.random.default_rng(0)))
        for s in range(6)
    )


@broken(HALF, {"determinism": "depends on the seed"}, shows=_depends_on_seed)
class called_deterministic_but_random:
    random = False

    def __call__(self, x, rng):
        return x * (rng.random(x.size) < 0.5)


# ---------------------------------------------------------------- zero, tiny, huge, not a number


@broken(ONE, {"zero": "C(0) is not 0"}, shows=lambda c, v: not v.any() and c(v).any())
def not_zero_at_zero(x):
    return x if x.any() else x + 1


@broken(ONE, {"zero": "C(0) is not finite"}, shows=lambda c, v: not v.any() and np.isnan(c(v)).all())
def nan_at_zero(x):
    return x if x.any() else x * np.nan


@broken(ONE, {"huge": "divide by the largest entry"}, shows=lambda c, v: not np.isfinite(c(v)).all())
def overflows_on_huge(x):
    if x.dtype == object or not x.any():
        return x
    with np.errstate(over="ignore"):
        return x if np.sum(np.square(x)) < np.inf or np.isnan(x).any() else x * np.inf


@broken(ONE, {"denormals": "into far larger ones"}, shows=lambda c, v: np.abs(c(v)).max() > 1e10 * np.abs(v).max())
def blows_up_denormals(x):
    return x if x.dtype == object or not x.any() or np.abs(x).max() > 1e-300 else np.sign(x)


@broken(ONE, {"denormals": "not finite on denormal"}, shows=lambda c, v: not np.isfinite(c(v)).all())
def infinite_on_denormals(x):
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return x if x.dtype == object or not x.any() or np.abs(x).max() > 1e-300 else x / (x * x)


@broken(ONE, {"nan": "turns a vector of NaN into numbers"})
def hides_nan(x):
    return x if x.dtype == object else np.nan_to_num(x)


@broken(ONE, {"nan": "raises KeyError for NaN"})
def raises_key_error_for_nan(x):
    if x.dtype != object and np.isnan(x).any():
        raise KeyError("nan")
    return x


@broken(ONE, everywhere("not finite"), shows=lambda c, v: any(np.isnan(run(c, v, s)).any() for s in range(300)))
def nan_in_one_of_ten_draws(x, rng):
    return x if rng.random() < 0.9 else x * np.nan


@broken(ONE, everywhere("not finite for some draws"), shows=lambda c, v: v.any())
def nan_in_one_of_ten_thousand_draws(x, rng):
    return x if rng.random() < 0.9999 else x * np.nan


@broken(ONE, everywhere("not finite, at least once"), shows=lambda c, v: v.any())
def nan_in_one_of_a_hundred_normal_draws(x, rng):
    return x if rng.standard_normal() < 2.3 else x * np.nan


@broken(ONE, everywhere("raises RuntimeError: unlucky"), shows=lambda c, v: True)
def raises_in_one_of_fifty_draws(x, rng):
    if rng.random() < 0.02:
        raise RuntimeError("unlucky")
    return x


# ---------------------------------------------------------------- flags


def _biased(compressor, v):
    mean = np.mean([run(compressor, v, seed) for seed in range(4000)], axis=0)
    return np.abs(mean - v).max() > 0.05 * np.linalg.norm(v)


@broken(Unbiased(Fraction(1)), {"unbiasedness": "not unbiased: E C(v)_"}, shows=_biased)
def biased(x, rng):
    return x * (rng.random() < Fraction(1, 2))


@broken(Unbiased(Fraction(1)), {"unbiasedness": "not both unbiased"}, shows=_biased)
def biased_by_normal_draws(x, rng):
    return (x * (0.8 + 0.1 * rng.standard_normal())).astype(x.dtype)


@broken(Unbiased(Fraction(1)), {"unbiasedness": "not unbiased: E C(v)_"}, shows=_biased)
def biased_in_floats_only(x, rng):
    return x * (rng.random() < Fraction(1, 2)) * (2 if x.dtype == object else 1.8)


@broken(Unbiased(Fraction(1)), everywhere("not unbiased with omega = 1"))
def unbiased_but_variance_too_large(x, rng):
    return x * (3 * (rng.random() < Fraction(1, 3)))


def _not_homogeneous(compressor, v):
    return any(
        not np.allclose(compressor(t * v), t * compressor(v), rtol=1e-9, atol=0) for t in (2, 3, 0.5, 1 / 3, 1.25)
    )


@broken(Contractive(Fraction(8, 9)), {"homogeneity": "C(t v) != t C(v) for t = "}, shows=_not_homogeneous)
class not_homogeneous_at_three:
    """Nearest power of two."""

    homogeneous = True

    def __call__(self, x):
        size = np.abs(np.asarray(x, dtype=float))
        _, exponent = np.frexp(np.where(size > 0, size, 1))
        below = np.ldexp(1.0, exponent - 1)
        power = np.where(size < 1.5 * below, below, np.minimum(2 * below, 1.7e308))
        power = np.where(np.isnan(size), size, power)
        return np.where(size == 0, 0, np.copysign(power, np.asarray(x, dtype=float))).astype(x.dtype)


@broken(lambda d: Contractive(Fraction(1, d)), {"additivity": "C(u + v) != C(u) + C(v)"}, shows=lambda c, v: True)
class not_additive:
    additive = True

    def __call__(self, x):
        return _keep(x, 1)
