"""Arrays of other libraries; torch and jax where they are installed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from eftheory.assumptions import Contractive
from eftheory.testing import CompressorError, Unbiased, adapt, check_compressor, estimate_alpha
from eftheory.testing.array_library import check_library, from_numpy, to_numpy

QUICK = {"dims": (2, 5), "examples": 16, "samples": 400}


def test_unknown():
    with pytest.raises(ValueError, match="library='cupy': choose one of numpy, torch, jax"):
        check_library("cupy")


def test_numpy_is_copied():
    v = np.ones(2)
    assert from_numpy(v, "numpy") is not v
    assert to_numpy(v, "numpy") is v


@pytest.mark.parametrize("name", ["torch", "jax"])
def test_not_installed(name, monkeypatch):
    def missing(module):
        raise ImportError(module)

    monkeypatch.setattr("eftheory.testing.array_library.importlib.import_module", missing)
    with pytest.raises(ValueError, match=f"library='{name}' is not installed: pip install {name}"):
        check_library(name)


def test_torch_compressors():
    torch = pytest.importorskip("torch")

    def keep_largest(x):
        assert isinstance(x, torch.Tensor)
        message = torch.zeros_like(x)
        j = torch.argmax(torch.nan_to_num(torch.abs(x), nan=float("inf")))
        message[j] = x[j]
        return message

    def keep_half(x, rng):
        return x * torch.from_numpy(rng.random(x.numel()) < 0.5)

    def round_up_or_down(x, rng):
        return x * (1 + 0.5 * torch.sign(torch.from_numpy(rng.random(1)) - 0.5)).to(x.dtype)

    report = check_compressor(keep_largest, lambda d: Contractive(Fraction(1, d)), library="torch", **QUICK)
    assert report["contraction"].status == "passed"
    check_compressor(keep_half, Contractive(Fraction(1, 2)), library="torch", **QUICK)
    check_compressor(round_up_or_down, Unbiased(Fraction(1, 4)), library="torch", **QUICK)
    with pytest.raises(CompressorError, match="contraction: failed"):
        check_compressor(keep_largest, Contractive(Fraction(1, 2)), library="torch", **QUICK)
    found = estimate_alpha(keep_largest, 4, library="torch", examples=20, steps=50)
    assert found.consistent_below <= Fraction(1, 4) <= found.refuted_above
    assert found.refuted_above - found.consistent_below < Fraction(1, 10**12)  # rounding: no fractions here


def test_torch_defects():
    pytest.importorskip("torch")
    report = check_compressor(lambda x: x.mul_(0.5), library="torch", on_fail="return", **QUICK)
    assert [result.name for result in report.failures] == ["purity"]
    report = check_compressor(lambda x: x.numpy(), library="torch", on_fail="return", checks=["shape"], **QUICK)
    assert not report.failures
    report = check_compressor(lambda x: x.double(), library="torch", on_fail="return", **QUICK)
    assert [result.name for result in report.failures] == ["dtype"]
    with pytest.raises(TypeError, match="torch has no exact numbers"):
        from_numpy(np.array([Fraction(1)], dtype=object), "torch")


def test_torch_tensors_that_need_gradients():
    torch = pytest.importorskip("torch")
    subject = adapt(lambda x: x.requires_grad_() / 2, library="torch")
    assert subject(np.ones(2)).tolist() == [0.5, 0.5]
    assert torch.is_grad_enabled()


def test_jax_compressors():
    jax = pytest.importorskip("jax")
    import jax.numpy as jnp

    def keep_largest(x):
        assert isinstance(x, jax.Array)
        j = jnp.argmax(jnp.where(jnp.isnan(x), jnp.inf, jnp.abs(x)))
        return jnp.where(jnp.arange(x.size) == j, x, 0 * x)

    def keep_half(x, rng):
        return x * jnp.asarray(rng.random(x.size) < 0.5)

    with jax.enable_x64(True) if hasattr(jax, "enable_x64") else jax.experimental.enable_x64():
        check_compressor(keep_half, Contractive(Fraction(1, 2)), library="jax", **QUICK)
        found = estimate_alpha(jax.jit(keep_largest), 4, library="jax", examples=10, steps=10)
        assert found.consistent_below <= Fraction(1, 4) <= found.refuted_above
        assert found.refuted_above - found.consistent_below < Fraction(1, 10**4)  # rounding: no fractions here
    report = check_compressor(
        keep_largest, lambda d: Contractive(Fraction(1, d)), library="jax", dtype=np.float32, on_fail="return", **QUICK
    )
    assert {result.name for result in report.failures} <= {"denormals"}  # flushed to zero, which is no failure either
    with pytest.raises(TypeError, match="jax turns float64 into float32 unless jax_enable_x64"):
        from_numpy(np.ones(2), "jax")
