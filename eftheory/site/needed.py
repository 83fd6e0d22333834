"""Packages that only the site needs."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def need(module: str) -> Any:
    """A module of the packages that come with ``pip install 'eftheory[report]'``.

    Raises:
        ImportError: it is not installed; the message is the line that installs it.

    >>> need("json").__name__
    'json'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name != package:
            raise
        raise ImportError(f"the site needs {package}, which is not installed: pip install 'eftheory[report]'") from None
