"""L-smooth functions whose curvature is at least mu, which may be negative."""

from dataclasses import dataclass
from typing import ClassVar

from eftheory.assumptions.functions.smooth_strongly_convex import SmoothStronglyConvex


@dataclass(frozen=True)
class Smooth(SmoothStronglyConvex):
    """Functions f for which f - mu/2 ||x||^2 is convex and (L-mu)-smooth; L > 0, -L <= mu <= L.

    With mu = -L these are the L-smooth functions, with a mu between -L and 0 the weakly convex ones among them.
    Adding -mu/2 ||x||^2 to f gives a convex (L-mu)-smooth function, so that the inequalities of
    ``SmoothStronglyConvex`` hold and suffice for every finite set of points, whatever the sign of mu is.

    References:
        [TaylorHendrickxGlineur2017], Theorem 4, and Remark 1 on curvatures of both signs.
    """

    name: ClassVar[str] = "smooth"
    sentence: ClassVar[str] = "every f_i is smooth and has curvatures between mu and L with its agent's constants"

    def _enough(self) -> tuple[bool, str]:
        return self.mu >= -self.L, f"mu={self.mu}, L={self.L}: an L-smooth function has no curvature below -L"
