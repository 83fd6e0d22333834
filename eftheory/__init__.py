"""Exact certificates for the convergence rates of error-feedback methods.

Public names load lazily, so that importing ``eftheory`` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "AgentType": "eftheory.assumptions",
    "Contractive": "eftheory.assumptions",
    "SmoothStronglyConvex": "eftheory.assumptions",
    "Certificate": "eftheory.certificates",
    "CertificateError": "eftheory.certificates",
    "read_certificate": "eftheory.reading",
    "write_certificate": "eftheory.writing",
    "Verdict": "eftheory.check",
    "check_bytes": "eftheory.reading",
    "check_certificate": "eftheory.reading",
    "COMMON_MINIMISER": "eftheory.assumptions",
    "Claim": "eftheory.claims",
    "Setting": "eftheory.claims",
    "closed_form": "eftheory.bounds",
    "law_step_size": "eftheory.theory",
    "CGD": "eftheory.methods",
    "EF": "eftheory.methods",
    "EF21": "eftheory.methods",
    "GD": "eftheory.methods",
    "METHODS": "eftheory.methods",
    "Method": "eftheory.methods",
    "Observation": "eftheory.methods",
    "Options": "eftheory.bounds",
    "make_setting": "eftheory.bounds",
    "read_number": "eftheory.numbers",
    "certify": "eftheory.bounds",
    "tight_form": "eftheory.bounds",
    "worst_case": "eftheory.bounds",
}

__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'eftheory' has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def load_ipython_extension(shell: Any) -> None:
    """Show certificates as people read them; called by itself where IPython runs, and by %load_ext eftheory."""
    import_module("eftheory.notebook").register(shell)


def __dir__() -> list[str]:
    return __all__


if (_shell := getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()) is not None:
    load_ipython_extension(_shell)
