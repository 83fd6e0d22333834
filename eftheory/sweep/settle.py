"""Settling cases: by what the store can prove, else by a search whose result goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from eftheory.bounds import certify, make_setting
from eftheory.certificates import load, read_certificate
from eftheory.check import check_bytes
from eftheory.claims import CLASS_BOUND, LOWER, UPPER, Setting
from eftheory.methods import Template
from eftheory.sweep.case import Case
from eftheory.sweep.executors import Executor, in_process
from eftheory.sweep.outcome import Outcome, Proved, Unproved
from eftheory.sweep.store import Store


def settle_all(
    cases: Sequence[Any],
    store: Store,
    *,
    by: Callable[..., Any] | None = None,
    execute: Executor = in_process,
    again: bool = False,
) -> Iterator[Any]:
    """Settle all cases; a run that was stopped goes on where it was.

    Args:
        cases: the claims.
        store: where certificates are looked for and kept.
        by: what settles one case; ``settle`` unless it is given.
        execute: how the work is done; the outcomes do not depend on it, but for their order.
        again: whether a search is made for what is proved already.

    Yields:
        Each outcome when it is there.
    """
    return (outcome for _, outcome in execute(partial(by or settle, store=store, again=again), cases))


def settle(case: Case, store: Store, *, again: bool = False) -> Outcome:
    """The best proof of a case in the store; if there is none, or it is asked again, after a search."""
    if not again and (known := _best_proof(case, store)):
        return known
    found = certify(case.method, case.agents, alpha=case.alpha, **asdict(case.question))
    if found.data:
        store.add(case.digest, found.data)
    return _best_proof(case, store) or Unproved(case, found.notes)


def _best_proof(case: Case, store: Store) -> Proved | None:
    """The least upper bound, of equal ones the largest lower one; a class bound before all."""
    proofs = [proof for data in store.certificates(case.digest) if (proof := _proof(case, data))]
    return min(proofs, key=lambda proof: (proof.class_bound is None, proof.upper, -proof.lower), default=None)


def _proof(case: Case, data: bytes) -> Proved | None:
    """What a file proves of a case from both sides; None if the checker does not accept all of it as that."""
    try:
        verdicts = check_bytes(data)
    except ValueError:
        return None
    rates = {verdict.claim.kind: verdict.claim.rate for verdict in verdicts if verdict.proved}
    upper, setting = read_certificate(data).upper, verdicts[0].claim.setting
    if not upper or len(rates) < len(verdicts) or LOWER not in rates or setting != _asked(case, setting):
        return None
    if upper.template not in ("", str(Template(case.question.memory, values=bool(case.question.memory)))):
        return None
    digest = load(data)["digest"].removeprefix("sha256:")[:12]
    step_size = setting.method.step_size
    return Proved(case, step_size, rates[UPPER], rates[LOWER], rates.get(CLASS_BOUND), digest, data)


def _asked(case: Case, found: Setting) -> Setting:
    """What a case is about, at the step size that was found if it asks for the best."""
    step_size = found.method.step_size if case.question.step_size == "optimal" else case.question.step_size
    return make_setting(case.method, case.agents, alpha=case.alpha, step_size=step_size)
