"""Compressors that nobody here wrote: what the kit says of them, and that it is right."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from eftheory.adapters import Cast, Codec, DDPHook, PowerSGDHook, Transformation
from eftheory.assumptions import Contractive
from eftheory.compressors import PowerSGD, ScaledSign
from eftheory.testing import Absolute, check_compressor, estimate_alpha

HALF_RANGE = (2.0**-14, 65504.0)
"""The normal range of float16."""


@pytest.mark.parametrize(("dtype", "stored", "magnitudes"), [
    ("float16", 10, HALF_RANGE),
    ("bfloat16", 7, (2.0**-126, 2.0**126)),
    ("float8_e4m3fn", 3, (2.0**-6, 448.0)),
    ("float8_e5m2", 2, (2.0**-14, 57344.0)),
])  # fmt: skip
def test_float_formats_contract_in_their_normal_range(dtype, stored, magnitudes) -> None:
    # nearest: an error of at most u = 2^-(p+1) of the rounded number's power of two, u/(1+u) of an entry
    unit = Fraction(1, 2 ** (stored + 1))
    claim = Contractive(1 - (unit / (1 + unit)) ** 2)
    check_compressor(Cast(dtype), claim, dims=[1, 5], magnitudes=magnitudes)
    found = estimate_alpha(Cast(dtype), 3, magnitudes=magnitudes)
    assert found.exact
    assert claim.alpha <= found.refuted_above <= 1 - (1 - claim.alpha) / 2


def test_float_formats_do_not_contract_outside() -> None:
    """A small vector becomes zero, so no alpha holds for all vectors; the kit finds one."""
    report = check_compressor(Cast("float16"), Contractive(Fraction(1, 100)), dims=[3], on_fail="return")
    assert {result.name for result in report.failures} >= {"contraction", "scale", "huge"}
    assert estimate_alpha(Cast("float16"), 3).refuted_above <= 0


@pytest.mark.parametrize("keepbits", [1, 3, 10])
def test_bit_rounding(keepbits) -> None:
    codec = Codec("bitround", keepbits=keepbits)
    unit = Fraction(1, 2 ** (keepbits + 1))
    claim = Contractive(1 - (unit / (1 + unit)) ** 2)
    check_compressor(codec, claim, dims=[1, 4, 16])
    found = estimate_alpha(codec, 4)
    assert found.exact
    assert claim.alpha <= found.refuted_above < 1


def test_bit_rounding_has_the_constant_of_nearest_rounding() -> None:
    """1 + u is rounded to 1 for u = 2^-(keepbits+1), and no number loses more of itself."""
    codec = Codec("bitround", keepbits=3)
    estimate = estimate_alpha(codec, 2)
    assert estimate.consistent_below <= Fraction(288, 289) <= estimate.refuted_above
    assert estimate.refuted_above - estimate.consistent_below < Fraction(1, 10**12)
    check_compressor(codec, Contractive(Fraction(288, 289)), dims=[2])
    more = Contractive(Fraction(288, 289) + Fraction(1, 10**9))
    report = check_compressor(codec, more, dims=[2], on_fail="return")
    assert report["contraction"].vector in ([0, Fraction(17, 16)], [0, Fraction(17, 32)], [0, Fraction(17, 8)])


def test_decimal_quantisation_is_absolute_not_contractive() -> None:
    codec = Codec("quantize", digits=1, dtype="<f8")
    bound = Fraction(1, 32) ** 2  # numcodecs rounds to multiples of 1/16
    expected = {"dtype": "it is made for double precision", "huge": "it multiplies by 16"}
    check_compressor(codec, Absolute(bound), dims=[1], expected_failures=expected)
    check_compressor(codec, Absolute(16 * bound), dims=[16], checks=["shape", "contraction", "scale", "ties"])
    report = check_compressor(codec, Contractive(Fraction(1, 2)), dims=[2], on_fail="return")
    assert report["contraction"].status == "failed"
    assert max(report["contraction"].vector) < Fraction(1, 10)


def test_a_codec_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no codec 'nothing'"):
        Codec("nothing")


def test_a_format_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="choose from float16, float32, bfloat16"):
        Cast("float1")


def test_missing_packages_are_named() -> None:
    program = (
        "import sys; sys.modules['numcodecs'] = None\n"
        "from eftheory.adapters import Codec\n"
        "try: Codec('bitround', keepbits=3)\n"
        "except ImportError as error: print(error)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "numcodecs is not installed: pip install numcodecs"


def test_objects_with_encode_and_decode_are_codecs() -> None:
    class Halve:
        def encode(self, x):
            return (x / 2).tobytes()

        def decode(self, data):
            return data

    check_compressor(Codec(Halve()), Contractive(Fraction(3, 4)), dims=[3], checks=["shape", "contraction", "purity"])


class TestTorch:
    """Hooks of torch.distributed, in a group of one process."""

    @pytest.fixture(autouse=True)
    def _torch(self) -> None:
        pytest.importorskip("torch", reason="not a dependency, and 2 GB: run by hand where it is installed")

    def test_half_precision_hooks(self) -> None:
        hook = DDPHook("fp16_compress_hook")
        assert (hook(np.array([1.0, 1e-9])) == [1.0, 0.0]).all()
        u = Fraction(1, 2**11)
        options = {"dims": [4], "magnitudes": HALF_RANGE, "examples": 40}
        check_compressor(hook, Contractive(1 - (u / (1 + u)) ** 2), **options)
        report = check_compressor(hook, Contractive(1 - (u / (2 + u)) ** 2), on_fail="return", **options)
        assert report["contraction"].status == "failed"

    def test_bfloat16_hook_is_the_cast(self) -> None:
        x = np.random.default_rng(0).standard_normal(100)
        assert (DDPHook("bf16_compress_hook")(x) == Cast("bfloat16")(x)).all()

    def test_power_sgd_hook_projects(self) -> None:
        x = np.random.default_rng(0).standard_normal(12).astype(np.float32)
        sent = PowerSGDHook(1, rows=3)(x, np.random.default_rng(1))
        assert np.linalg.matrix_rank(sent.reshape(3, 4), tol=1e-4) == 1
        assert abs(sent @ (x - sent)) < 1e-5  # what is lost is orthogonal to what is sent

    def test_power_sgd_hook_has_the_constant_of_power_sgd(self) -> None:
        alpha = PowerSGD(1, rows=3).alpha(12)
        assert alpha == Fraction(1, 3)
        hook = PowerSGDHook(1, rows=3)
        check_compressor(hook, Contractive(alpha), dims=[12], checks=["shape", "purity", "determinism"])
        errors = []
        x = np.eye(3, 4).ravel()
        for seed in range(20):
            errors.append(np.sum((hook(x, np.random.default_rng(seed)) - x) ** 2) / 3)
        assert np.allclose(errors, 1 - float(alpha), atol=1e-5)  # equal singular values: every draw attains it

    def test_power_sgd_hook_turns_a_zero_gradient_into_nan(self) -> None:
        """It divides by the norm of a zero column, unless it is told to add a little."""
        found = check_compressor(PowerSGDHook(1, rows=3), dims=[12], checks=["zero"], on_fail="return")
        assert "not finite" in found["zero"].message
        check_compressor(PowerSGDHook(1, rows=3, epsilon=1e-12), dims=[12], checks=["zero"])

    def test_hooks_that_are_not_there(self) -> None:
        with pytest.raises(ValueError, match="PyTorch has no such hook"):
            DDPHook("nothing")
        with pytest.raises(ValueError, match="no matrix of 3 rows"):
            PowerSGDHook(1, rows=3)(np.ones(4), np.random.default_rng(0))

    def test_functions_of_torch(self) -> None:
        import torch

        check_compressor(torch.nn.functional.hardtanh, dims=[3], library="torch", checks=["shape", "purity", "zero"])
        half = check_compressor(lambda x: x / 2, Contractive(Fraction(3, 4)), dims=[3], library="torch")
        assert half["contraction"].status == "passed"
        mutating = check_compressor(
            lambda x: x.mul_(0.5), Contractive(Fraction(3, 4)), dims=[3], library="torch", on_fail="return"
        )
        assert [result.name for result in mutating.failures] == ["purity"]


class TestJax:
    """Transformations of optax, and functions of jax."""

    def test_sign_descent_sends_no_contraction(self) -> None:
        pytest.importorskip("optax", reason="not a dependency: run by hand where it is installed")
        found = estimate_alpha(Transformation("scale_by_sign"), 4, library="jax", dtype=np.float32)
        assert found.refuted_above <= 0

    def test_reduced_precision(self) -> None:
        jax = pytest.importorskip("jax", reason="not a dependency: run by hand where it is installed")

        def reduced(x):
            return jax.lax.reduce_precision(x, exponent_bits=8, mantissa_bits=3)

        u = Fraction(1, 16)
        options = {"dims": [3], "library": "jax", "dtype": np.float32, "magnitudes": (2.0**-100, 2.0**100)}
        check_compressor(reduced, Contractive(1 - (u / (1 + u)) ** 2), examples=40, **options)

    def test_our_own_on_jax_arrays(self) -> None:
        pytest.importorskip("jax", reason="not a dependency: run by hand where it is installed")
        expected = {"denormals": "jax on CPU flushes subnormals"}
        report = check_compressor(
            ScaledSign(), dims=[3], library="jax", dtype=np.float32, on_fail="return", examples=40
        )
        assert {result.name for result in report.failures} <= set(expected)
