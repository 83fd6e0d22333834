"""Communication hooks of PyTorch's DistributedDataParallel, run as they are, by a group of one process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eftheory.adapters.needed import needed

_HOOKS = "torch.distributed.algorithms.ddp_comm_hooks"


class DDPHook:
    """What a hook makes of a gradient: a model whose gradient is x is trained for one step.

    Args:
        hook: "fp16_compress_hook", "bf16_compress_hook", "allreduce_hook", or a hook itself.
        state: what the hook is registered with.

    Raises:
        ValueError: PyTorch has no such hook.
        ImportError: torch is not installed.
    """

    random = False

    def __init__(self, hook: Any, *, state: Any = None) -> None:
        self.name = hook if isinstance(hook, str) else getattr(hook, "__name__", repr(hook))
        if isinstance(hook, str):
            hooks = needed(f"{_HOOKS}.default_hooks")
            if not hasattr(hooks, hook):
                raise ValueError(f"hook={hook!r}: PyTorch has no such hook; try fp16_compress_hook")
            hook = getattr(hooks, hook)
        self._models = Models(hook, lambda: state)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self._models.gradient(x)

    def __repr__(self) -> str:
        return f"DDPHook({self.name})"


class PowerSGDHook:
    """PyTorch's PowerSGD hook without error feedback and warm start, from a fresh sketch.

    Args:
        rank: of the approximation, an int >= 1.
        rows: the vector is a matrix of so many rows; it divides the dimension.
        epsilon: added to norms that the hook divides by; with PyTorch's default, 0, a zero gradient becomes NaN.

    Raises:
        ValueError: the dimension is no multiple of ``rows``.
        ImportError: torch is not installed.
    """

    random = True

    def __init__(self, rank: int = 1, rows: int = 2, epsilon: float = 0.0) -> None:
        self.rank, self.rows, self.epsilon = rank, rows, epsilon
        self._module = needed(f"{_HOOKS}.powerSGD_hook")
        self._models = Models(self._module.powerSGD_hook, self._state)

    def __call__(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        if x.size % self.rows or self.rows > x.size:
            raise ValueError(f"rows={self.rows}: {x.size} entries are no matrix of {self.rows} rows")
        seed = int(rng.integers(2**31))

        def start_anew(state: Any) -> None:
            state.iter = state.start_powerSGD_iter  # before, it sends gradients as they are
            state.rng = np.random.RandomState(seed)

        return self._models.gradient(x.reshape(self.rows, -1), start_anew).reshape(x.shape)

    def _state(self) -> Any:
        return self._module.PowerSGDState(
            None,
            matrix_approximation_rank=self.rank,
            start_powerSGD_iter=2,  # the least that is allowed
            min_compression_rate=1e-9,  # so that small matrices are compressed, too
            use_error_feedback=False,
            warm_start=False,
            orthogonalization_epsilon=self.epsilon,
        )

    def __repr__(self) -> str:
        return f"PowerSGDHook(rank={self.rank}, rows={self.rows})"


class Models:
    """One model for each shape and dtype: PyTorch does not free what a DistributedDataParallel model holds.

    Args:
        hook: registered with each of them.
        make_state: what each registers it with.
    """

    def __init__(self, hook: Any, make_state: Callable[[], Any]) -> None:
        self._hook, self._make_state = hook, make_state
        self._made: dict[Any, tuple[Any, Any]] = {}

    def gradient(self, x: np.ndarray, prepare: Callable[[Any], None] = lambda state: None) -> np.ndarray:
        """The gradient of <w, x> in w, after the hook; ``prepare`` is given the state before."""
        torch = needed("torch")
        given, key = torch.tensor(x), (x.shape, x.dtype.str)
        if key not in self._made:
            self._made[key] = self._make(torch, given)
        model, state = self._made[key]
        prepare(state)
        model.zero_grad(set_to_none=True)
        model(given).backward()
        gradient: np.ndarray = model.module.weight.grad.detach().numpy().copy()
        return gradient

    def _make(self, torch: Any, like: Any) -> tuple[Any, Any]:
        if not torch.distributed.is_initialized():  # a group of this process alone
            torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)
        model, state = torch.nn.parallel.DistributedDataParallel(_linear(torch, like)), self._make_state()
        model.register_comm_hook(state, self._hook)
        return model, state


def _linear(torch: Any, like: Any) -> Any:
    class Linear(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros_like(like))

        def forward(self, x: Any) -> Any:
            return (self.weight * x).sum()

    return Linear()
