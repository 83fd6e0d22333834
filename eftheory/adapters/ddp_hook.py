"""Communication hooks of PyTorch's DistributedDataParallel, run as they are, by a group of one process."""

# ruff: noqa: D102 -- C(x)
from __future__ import annotations

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
        self.hook, self.state = hook, state

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return gradient_through(self.hook, self.state, x)

    def __repr__(self) -> str:
        return f"DDPHook({self.name})"


class PowerSGDHook:
    """PyTorch's PowerSGD hook without error feedback and warm start, from a fresh sketch.

    Args:
        rank: of the approximation, an int >= 1.
        rows: the vector is a matrix of so many rows; it divides the dimension.

    Raises:
        ValueError: the dimension is no multiple of ``rows``.
        ImportError: torch is not installed.
    """

    random = True

    def __init__(self, rank: int = 1, rows: int = 2) -> None:
        self.rank, self.rows = rank, rows
        self.module = needed(f"{_HOOKS}.powerSGD_hook")

    def __call__(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        if x.size % self.rows or self.rows > x.size:
            raise ValueError(f"rows={self.rows}: {x.size} entries are no matrix of {self.rows} rows")
        state = self.module.PowerSGDState(
            None,
            matrix_approximation_rank=self.rank,
            start_powerSGD_iter=2,  # the least that is allowed; two steps are taken before
            min_compression_rate=1e-9,  # so that small matrices are compressed, too
            use_error_feedback=False,
            warm_start=False,
            random_seed=int(rng.integers(2**31)),
        )
        state.iter = 2
        return gradient_through(self.module.powerSGD_hook, state, x.reshape(self.rows, -1)).reshape(x.shape)

    def __repr__(self) -> str:
        return f"PowerSGDHook(rank={self.rank}, rows={self.rows})"


def gradient_through(hook: Any, state: Any, x: np.ndarray) -> np.ndarray:
    """The gradient of <w, x> in w, after the hook."""
    torch = needed("torch")
    _one_process(torch)
    given = torch.tensor(x)
    model = torch.nn.parallel.DistributedDataParallel(_linear(torch, given))
    model.register_comm_hook(state, hook)
    model(given).backward()
    gradient: np.ndarray = model.module.weight.grad.detach().numpy().copy()
    return gradient


def _linear(torch: Any, like: Any) -> Any:
    class Linear(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros_like(like))

        def forward(self, x: Any) -> Any:
            return (self.weight * x).sum()

    return Linear()


def _one_process(torch: Any) -> None:
    """A process group of this process alone, unless there is one."""
    if not torch.distributed.is_initialized():
        torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)
