"""Run a sweep: what the store has not is computed, and kept as soon as it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter, process_time
from typing import Any, NamedTuple

from eftheory.bounds import Certification
from eftheory.claims import CLASS_BOUND, DRIFT, LOWER, UPPER
from eftheory.sweep.executors import Executor, in_process
from eftheory.sweep.item import Item
from eftheory.sweep.store import Store
from eftheory.threads import one_blas_thread

FAILED = "failed"
"""The status of a claim that cannot be asked, or whose answer broke down; its reason is in its row."""


class Settled(NamedTuple):
    """What became of one claim: its row, and the certificate, if there is one."""

    row: dict[str, Any]
    data: bytes | None


def run_sweep(
    items: Sequence[Item], store: Store, *, execute: Executor = in_process, again: bool = False
) -> Iterator[tuple[Item, dict[str, Any], bool]]:
    """Settle all claims.

    Args:
        items: the claims.
        store: where results are looked for and kept.
        execute: how the work is done; certificates do not depend on it.
        again: whether all is computed anew.

    Yields:
        Each claim with its row, and whether it was in the store: first all that were, then each as it ends.
    """
    known = {} if again else store.rows()
    keys = [item.digest for item in items]
    ahead = [place for place, key in enumerate(keys) if key not in known]
    yield from ((item, known[key], True) for item, key in zip(items, keys) if key in known)
    for place, settled in execute(settle_item, [items[place] for place in ahead]) if ahead else ():
        item, key = items[ahead[place]], keys[ahead[place]]
        if settled.data is not None:
            store.add(key, settled.data)
        store.record(key, settled.row)
        yield item, settled.row, False


@one_blas_thread
def settle_item(item: Item) -> Settled:
    """What is proved of a claim. Whatever goes wrong is told in the row: one claim does not end a sweep."""
    began, spent, told = perf_counter(), process_time(), {"said": dict(item.said)}
    try:
        found = item.certify()
    except Exception as error:  # of a user's method, too
        usual = isinstance(error, ValueError)
        reason = str(error) if usual else f"{type(error).__name__}: {error}"
        return Settled({**told, "status": FAILED, "reason": " ".join(reason.split())}, None)
    times = {"seconds": round(perf_counter() - began, 3), "cpu_seconds": round(process_time() - spent, 3)}
    return Settled({**told, **row_of(found), **times}, found.data)


def row_of(found: Certification) -> dict[str, Any]:
    """What a certification proved, in texts that are exact, and its notes as the reason."""
    setting, said = found.setting, found.guarantee
    rates = {
        "rate_upper": None if said and said.sums else found.rate(UPPER),
        "rate_lower": found.rate(LOWER),
        "class_bound": found.rate(CLASS_BOUND),
        "constant_lower": found.rate(DRIFT),
    }
    return {
        "status": found.verdict,
        "method": setting.method.name,
        "n_agents": setting.n_agents,
        "n_types": len(setting.agents),
        "step_size": str(setting.method.step_size),
        **{name: None if value is None else str(value) for name, value in rates.items()},
        "constants": {name: str(value) for name, value in (*said.initial, *said.noise)} if said else {},
        "reason": "; ".join(found.notes),
    }
