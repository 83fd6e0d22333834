"""Import what an adapter needs, or say how to install it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def needed(module: str) -> Any:
    """The module.

    Raises:
        ImportError: it is not installed; the message is the line that installs it.

    >>> needed("json").__name__
    'json'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name != package:
            raise
        raise ImportError(f"{package} is not installed: pip install {package}") from None
