"""How hard a compressor is tried: one value, refused where it makes no sense, given whole or by its fields."""

from __future__ import annotations

import numpy as np
import pytest

from eftheory import compressors
from eftheory.testing import Effort, check_compressor, estimate_alpha

LITTLE = Effort(seed=2, examples=10, samples=100)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"seed": -1}, "seed=-1: a whole number, at least 0"),
        ({"examples": 0}, "examples=0: a whole number, at least 1"),
        ({"samples": 1.5}, "samples=1.5: a whole number"),
        ({"dtype": np.float16}, "choose float64 or float32"),
        ({"dtype": "colour"}, "dtype='colour': choose float64 or float32"),
        ({"magnitudes": (2, 3)}, "two positive sizes with 1 between them"),
        ({"magnitudes": (0, 3)}, "two positive sizes with 1 between them"),
    ],
)
def test_what_makes_no_sense_is_refused(chosen: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Effort(**chosen)


@pytest.mark.parametrize("dtype", [np.float32, "float32", np.dtype("float32")])
def test_a_dtype_has_several_names(dtype: object) -> None:
    assert Effort(dtype=dtype) == Effort(dtype=np.float32)


def test_it_may_be_given_whole_or_by_its_fields() -> None:
    k = compressors.RandK(1)
    apart = {"seed": 2, "examples": 10, "samples": 100}
    assert check_compressor(k, dims=[2], effort=LITTLE) == check_compressor(k, dims=[2], **apart)
    assert estimate_alpha(k, 2, steps=20, effort=LITTLE) == estimate_alpha(k, 2, steps=20, **apart)
    with pytest.raises(TypeError, match="sample"):
        check_compressor(k, sample=3)
