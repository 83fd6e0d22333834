"""Tests for compressors that strangers wrote, strategies for hypothesis, and a plugin of pytest.

Names load lazily: this package is imported whenever pytest or hypothesis is, in an environment that
has eftheory.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Absolute": "claim",
    "CompressorError": "suite",
    "Effort": "effort",
    "Report": "suite",
    "Result": "suite",
    "Unbiased": "claim",
    "adapt": "subject",
    "agents": "strategies",
    "check_compressor": "suite",
    "compressor_checks": "parametrize",
    "contractive_compressors": "strategies",
    "enumerate_runs": "branching",
    "estimate_alpha": "estimate",
    "gradients": "strategies",
    "parametrize_with_checks": "parametrize",
    "smooth_strongly_convex_functions": "strategies",
    "vectors": "strategies",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'eftheory.testing' has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(f"eftheory.testing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
