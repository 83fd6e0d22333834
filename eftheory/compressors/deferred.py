"""numpy, loaded when something of it is used: what compressors say of themselves needs none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


class _Deferred:
    """Stands for numpy; what was asked for once is found without it."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        found = getattr(numpy, name)
        self.__dict__[name] = found
        return found


if TYPE_CHECKING:
    import numpy as np
else:
    np = _Deferred()

__all__ = ["np"]
