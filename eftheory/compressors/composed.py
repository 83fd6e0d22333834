"""Compressors made of others."""

from __future__ import annotations

from eftheory.compressors.compressor import Compressor


class Composed(Compressor):
    """A compressor made of others: random if one of them is, and otherwise what all of them are."""

    @property
    def parts(self) -> list[Compressor]:
        """The compressors among its fields."""
        return [value for value in vars(self).values() if isinstance(value, Compressor)]

    @property
    def random(self) -> bool:  # type: ignore[override]
        return any(part.random for part in self.parts)

    @property
    def unbiased(self) -> bool:  # type: ignore[override]
        return all(part.unbiased for part in self.parts)

    @property
    def homogeneous(self) -> bool:  # type: ignore[override]
        return all(part.homogeneous for part in self.parts)

    @property
    def additive(self) -> bool:  # type: ignore[override]
        return all(part.additive for part in self.parts)
