"""The approximation of low rank by one step of the power method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eftheory.compressors.arrays import Array, like, namespace
from eftheory.compressors.compressor import Exact, Outcome, generator
from eftheory.compressors.deferred import np
from eftheory.compressors.matrix import MatrixCompressor
from eftheory.compressors.vectors import as_real


@dataclass(frozen=True)
class PowerSGD(MatrixCompressor):
    """P P^T M for the vector as a matrix M, where P spans the range of M Q and Q is Gaussian, drawn anew.

    With the singular values s_i of M, E ||P P^T M||^2 = sum s_i^2 E h_i, where h_i is the leverage score of row i
    of diag(s) Z, and the rows z_i of Z are Gaussian vectors of ``rank`` entries. The h_i sum to the rank r, unless
    the rank of M is less and nothing is lost. If s_i >= s_j then E h_i >= E h_j: h_i grows with the multiple of z_i
    and falls with that of z_j, so it exceeds h_j after z_i and z_j have been exchanged, which changes no law. By
    Chebyshev's sum inequality E ||P P^T M||^2 >= (r/m) ||M||^2 with m = min(rows, columns). If all s_i are equal,
    that is what every draw keeps: alpha = r/m is exact, the same as of the truncated SVD. A sketch Q that is kept
    from step to step has no alpha > 0: the rows of M may be orthogonal to it.

    Args:
        rank: an int >= 1.
        rows: of the matrix, an int >= rank.

    Raises:
        ValueError: one is no such number, the vector does not fill a matrix with so many rows, or there is no
            generator.

    References:
        [VogelsKarimireddyJaggi2019], Algorithm 1.

    >>> PowerSGD(1, rows=2)(np.array([3.0, 1.0, 6.0, 2.0]), np.random.default_rng(0)).round(12).tolist()
    [3.0, 1.0, 6.0, 2.0]
    """

    random = True

    def __call__(self, v: Array, rng: np.random.Generator | None = None) -> Array:
        v = as_real(v)
        xp, matrix = namespace(v), self.matrix(v)
        sketch = like(v, generator(rng, "PowerSGD").standard_normal((*v.shape[:-1], matrix.shape[-1], self.rank)))
        basis, _ = xp.linalg.qr(xp.matmul(matrix, sketch))
        return xp.reshape(xp.matmul(basis, xp.matmul(xp.matrix_transpose(basis), matrix)), tuple(v.shape))

    def outcomes(self, v: Exact) -> Iterator[Outcome]:
        raise TypeError(f"{self!r} draws from the normal law: its messages have no finite list")
