"""Gradient transformations of the package optax, as compressors."""

from __future__ import annotations

from typing import Any

from eftheory.adapters.needed import needed


class Transformation:
    """What the first step of an optax transformation makes of a gradient: ``update(x, init(x))``.

    Args:
        name: of a function of optax that makes one, as "scale_by_sign"; or a transformation.
        scale: a factor of the result.
        **parameters: of that function.

    Raises:
        ValueError: optax has no such function.
        ImportError: optax is not installed.
    """

    random = False

    def __init__(self, name: Any, *, scale: float = 1.0, **parameters: Any) -> None:
        self.transformation, self.scale = name, scale
        if isinstance(name, str):
            optax = needed("optax")
            if not hasattr(optax, name):
                raise ValueError(f"name={name!r}: optax has no such transformation")
            self.transformation = getattr(optax, name)(**parameters)
        self.name = name if isinstance(name, str) else repr(name)

    def __call__(self, x: Any) -> Any:
        update, _ = self.transformation.update(x, self.transformation.init(x))
        return update if self.scale == 1.0 else self.scale * update

    def __repr__(self) -> str:
        return f"Transformation({self.name})"
