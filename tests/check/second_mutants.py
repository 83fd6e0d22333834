"""The soundness fuzz of the second format: claims beyond strongly convex functions, with other hypotheses or numbers.

    python tests/check/second_mutants.py --count 1000000 --processes 2

Certificates of every method and class (``tests/certificates/second``) are said to hold under other hypotheses:
nonconvex functions called convex or convex ones nonconvex, L, mu, p, omega, alpha and the method's parameters moved,
noise called independent, a minimiser or similarity claimed or dropped, another measure; or with other numbers: rate,
tau, c, a constant of noise or of the start lowered, one of these dropped, blocks and multipliers changed. What the
checker accepts must survive being written and read, and all runs of ``second_oracle``, which shares no code with
eftheory.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eftheory.assumptions import AgentType, Contractive, SmoothStronglyConvex
from eftheory.assumptions.compressors.unbiased import Unbiased
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean import ASSUMPTIONS
from eftheory.certificates import Certificate, Upper, read_certificate
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.writing import write_certificate
from tests.check.mutants import Summary, generic
from tests.check.mutations import look, nudge, places, put, shuffle
from tests.check.second_oracle import UnknownError, broken

FOLDER = Path(__file__).resolve().parents[1] / "certificates" / "second"
CHUNK = 1000
MEASURES = ("||mean g||^2", "f - inf f", "||x - x*||^2", "mean ||g - d||^2", "mean ||e||^2", "||m||^2", "")
Rng = random.Random


@dataclass(frozen=True)
class SecondSource:
    """An upper bound of the second format, with its numbers found beforehand."""

    name: str
    setting: Setting
    upper: Upper
    paths: tuple[tuple[Any, ...], ...]
    numbers: tuple[Fraction, ...]


@cache
def second_sources() -> tuple[SecondSource, ...]:
    """All of the folder but methods that the oracle does not know."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        certificate = read_certificate(path.read_bytes())
        if certificate.upper is not None and not path.stem.startswith("external"):
            numbers = [*places(certificate.upper)]
            parts = tuple(place for place, _ in numbers), tuple(number for _, number in numbers)
            found.append(SecondSource(path.stem, certificate.setting, certificate.upper, *parts))
    return tuple(found)


def _functions(rng: Rng, setting: Setting) -> Setting:
    """Of one type: called convex, or not, or with other constants."""
    agents = [*setting.agents]
    k = rng.randrange(len(agents))
    L, mu = agents[k].L, agents[k].mu
    L = rng.choice((L, L, nudge(rng, L, [L, mu])))
    mu = rng.choice((mu, nudge(rng, mu, [L, mu]), Fraction(0), -L, -mu, L / 10))
    made = Smooth(L=L, mu=mu) if mu < 0 or rng.random() < 0.3 else SmoothStronglyConvex(L=L, mu=mu)
    count = agents[k].count + rng.choice((0, 0, 0, 1, -1))
    agents[k] = AgentType(functions=made, count=count)
    return replace(setting, agents=tuple(agents))


def _compressor(rng: Rng, setting: Setting) -> Setting:
    """Alpha or omega moved, or one called the other."""
    old = setting.compressor
    if rng.random() < 0.1:
        return replace(setting, compressor=rng.choice((Unbiased(Fraction(1)), Contractive(Fraction(1, 2)))))
    if isinstance(old, Unbiased):
        return replace(setting, compressor=Unbiased(nudge(rng, old.omega, [Fraction(3)])))
    return replace(setting, compressor=Contractive(nudge(rng, old.alpha, [Fraction(1, 2)])))


def _parameters(rng: Rng, setting: Setting) -> Setting:
    """The step size, p, beta, eta or momentum moved."""
    method = setting.method
    name = rng.choice(["step_size", *method.parameters])
    new = nudge(rng, Fraction(getattr(method, name)), [Fraction(1, 2), Fraction(1, 10)])
    return replace(setting, method=type(method)(**{"step_size": method.step_size, **method.parameters, name: new}))


def _assumptions(rng: Rng, setting: Setting) -> Setting:
    """Independence claimed or not, a minimiser, similarity or PL claimed, dropped or with other constants."""
    assumed = [*setting.assumptions]
    choice = rng.random()
    if assumed and choice < 0.75:
        k = rng.randrange(len(assumed))
        swapped = {"noise": "independent noise", "independent noise": "noise"}.get(assumed[k].name)
        if swapped and choice < 0.5:
            assumed[k] = ASSUMPTIONS[swapped]()
        elif constants := [*places(assumed[k])]:
            (place, value), *_ = constants
            assumed[k] = put(assumed[k], place, nudge(rng, value, [Fraction(2)]))
        else:
            assumed[k] = _assumption(rng)
        assumed = assumed if rng.random() < 0.9 else assumed[:k] + assumed[k + 1 :]
    else:
        assumed.append(_assumption(rng))
    return replace(setting, assumptions=tuple(assumed))


def _assumption(rng: Rng) -> Any:
    kind = rng.choice([*ASSUMPTIONS.values()])
    constant = Fraction(rng.choice((1, 2, 3)), rng.choice((1, 10, 100)))
    return kind() if kind.name not in ("pl", "similar") else kind(constant)


def _measure(rng: Rng, setting: Setting) -> Setting:
    """Something else is bounded."""
    return replace(setting, measure=rng.choice(MEASURES))


SETTINGS: Mapping[str, Callable[[Rng, Setting], Setting]] = {
    "functions": _functions,
    "compressor": _compressor,
    "parameters": _parameters,
    "assumptions": _assumptions,
    "measure": _measure,
}


def _fit(setting: Setting, upper: Upper) -> Upper:
    """Rows for the inequalities that there are, with the old numbers where these have the same names."""
    from eftheory.check.coordinates import take_step
    from eftheory.methods import Template

    types = len(setting.agents)
    step = take_step(setting, Template.parse(upper.template), upper.initial)
    old = upper.multipliers
    rows = {name: (old.get(name, ()) + (Fraction(0),) * types)[:types] for name in step.inequalities}
    return replace(upper, multipliers=rows)


def _number(rng: Rng, source: SecondSource, upper: Upper) -> Upper:
    path = rng.choice(source.paths)
    try:
        value = look(upper, path)
    except (LookupError, AttributeError, TypeError):
        return upper
    return put(upper, path, nudge(rng, value, [*source.numbers])) if isinstance(value, Fraction) else upper


def _stronger(rng: Rng, upper: Upper) -> Upper:
    """A rate, a constant of the start or of noise lowered, tau or c raised; by a little or a lot."""
    share = Fraction(1, 2 ** rng.randrange(0, 40))
    key = rng.choice(["rate", "tau", "c", *["initial"] * bool(upper.initial), *["noise"] * bool(upper.noise)])
    part = getattr(upper, key)
    if isinstance(part, Mapping):
        name = rng.choice([*part])
        kept = {other: value for other, value in part.items() if other != name}
        return replace(upper, **{key: kept if rng.random() < 0.2 else {**part, name: part[name] * (1 - share)}})
    return replace(upper, **{key: part * (1 - share) if key == "rate" else part * (1 + share)})


def mutate(rng: Rng, source: SecondSource, donors: tuple[SecondSource, ...]) -> tuple[str, Setting, Upper]:
    """What was changed, and the claim; ValueError where there is no such claim."""
    setting, upper, kinds = source.setting, source.upper, []
    for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0]):
        choice = rng.random()
        if choice < 0.6:
            kind = rng.choice([*SETTINGS])
            setting = SETTINGS[kind](rng, setting)
        elif choice < 0.8:
            kind, upper = "stronger", _stronger(rng, upper)
        elif choice < 0.92:
            kind, upper = "number", _number(rng, source, upper)
        else:
            kind = "structure"
            donor = rng.choice(donors).upper
            key = rng.choice(("lyapunov", "values", "multipliers", "below", "above", "noise", "initial", "vanishing"))
            part = shuffle(rng, getattr(upper, key)) if rng.random() < 0.7 else getattr(donor, key)
            upper = replace(upper, **{key: part})
        kinds.append(kind)
    if rng.random() < 0.8:
        upper = _fit(setting, upper)
    return kinds[0], setting, upper


class SecondFuzz:
    """A stream of mutants, the same for the same seed."""

    def __init__(self, seed: object) -> None:
        self.rng, self.summary, self.alone = random.Random(f"second {seed}"), Summary(), 0

    def run(self, count: int) -> Summary:
        """Make and judge so many mutants."""
        for _ in range(count):
            self.summary.mutants += 1
            source = self.rng.choice(second_sources())
            try:
                kind, setting, upper = mutate(self.rng, source, second_sources())
            except (ValueError, TypeError, ZeroDivisionError):
                self.summary.outcomes["no such claim"] += 1
                continue
            if (setting, upper) == (source.setting, source.upper):
                self.summary.outcomes["unchanged"] += 1
                continue
            try:
                self._judge(kind, setting, upper, source)
            except Exception as error:  # neither the checker nor the judge may crash
                self.summary.crashes.append(
                    f"{type(error).__name__}: {error}: {source.name}: {setting}: {upper}"[:2000]
                )
        return self.summary

    def _judge(self, kind: str, setting: Setting, upper: Upper, source: SecondSource) -> None:
        verdict = check_upper(setting, upper)
        if not verdict.proved:
            self.summary.outcomes[f"{kind}: rejected"] += 1
            failed = {generic(failure.name) for failure in verdict.failures}
            self.summary.obligations.update(failed)
            if len(failed) == 1:
                self.summary.alone.update(failed)
                self.alone += 1
                if self.alone % 20 == 0 and self._says(setting, upper):
                    self.summary.saved.update(failed)
            return
        try:
            data = write_certificate(Certificate(setting, upper))
            certificate = read_certificate(data)
        except ValueError:
            self.summary.outcomes["refused by the reader"] += 1
            return
        if (certificate.setting, certificate.upper) != (setting, upper):
            raise AssertionError("written and read, it is another")
        try:
            reason = broken(json.loads(data), self.summary.mutants)
        except UnknownError:
            self.summary.heard["accepted, not heard: too many agents, or another quantity"] += 1
            return
        self.summary.heard["accepted, heard by the oracle"] += 1
        self.summary.outcomes[f"{kind}: accepted"] += 1
        if reason:
            self.summary.false_accepts.append(f"{reason}: {data.decode()}")

    def _says(self, setting: Setting, upper: Upper) -> bool:
        """Whether the oracle breaks a rejected claim; every twentieth is heard."""
        try:
            return bool(broken(json.loads(write_certificate(Certificate(setting, upper)))))
        except (ValueError, ArithmeticError, LookupError, TypeError, UnknownError):
            return False


def chunk(seed: object, number: int) -> Summary:
    """One chunk of the stream, for a process of its own."""
    return SecondFuzz(f"{seed} {number}").run(CHUNK)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=20_000, help=f"rounded up to a multiple of {CHUNK}")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--minutes", type=float, default=10**6, help="stop after the chunk that ends later than this")
    options = parser.parse_args()
    start, total = time.perf_counter(), Summary()
    with ProcessPoolExecutor(options.processes) as pool:
        for part in pool.map(partial(chunk, options.seed), range(-(-options.count // CHUNK))):
            total = total + part
            print(f"\r{total.mutants} mutants", end="", file=sys.stderr, flush=True)
            if time.perf_counter() - start > 60 * options.minutes:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    print(file=sys.stderr)
    print(total)
    print(f"{time.perf_counter() - start:.0f} s, seed {options.seed}")
    return 1 if total.crashes or total.false_accepts else 0


if __name__ == "__main__":
    sys.exit(main())
