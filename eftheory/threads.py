"""One thread for the linear algebra of small matrices."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def one_blas_thread(compute: Callable[_P, _T]) -> Callable[_P, _T]:
    """The function, run with one thread for linear algebra: on small matrices several are up to 1000 times slower."""

    @wraps(compute)
    def limited(*arguments: _P.args, **options: _P.kwargs) -> _T:
        with _controller().limit(limits=1, user_api="blas"):
            return compute(*arguments, **options)

    return limited


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()  # looks through all loaded libraries: once is enough
