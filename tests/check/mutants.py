"""The soundness fuzz: damaged certificates are sealed and checked; none may prove what is false.

    python tests/check/mutants.py --count 1000000 --processes 2

A *false accept* is a proved mutant whose claim contradicts a bound proved for the mutant's own
setting: an upper rate below the worst case of ``eftheory.witnesses``, a lower rate or class bound
above the closed form of ``eftheory.lyapunov``, c > C, or a lower rate whose powers the instance does not
follow; or one that a run of the oracle, which shares no code with eftheory, contradicts. Half of the mutants are of
external methods, whose definitions are damaged too; for a few of them the strongest claim is searched that the checker
can be made to accept. Mutants that prove something true, mostly something weaker, are
counted apart. So are those whose claim is false and which one obligation alone has stopped: without it the fuzz would
have spoken.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from eftheory.certificates import Certificate, CertificateError, read_certificate
from eftheory.check import Verdict, check_bytes
from eftheory.check.class_bound import check_class_bound
from eftheory.check.lower import check_lower
from eftheory.check.upper import check_upper
from eftheory.claims import Setting
from eftheory.methods import Recorded
from eftheory.writing import write_certificate
from tests.check.judge import contradiction, heard
from tests.check.mutations import BOUNDS, EXTERNAL, Source, mutate_text, searched, sources
from tests.kit.examples import EXAMPLES

CHECK = {"upper": check_upper, "lower": check_lower, "class_bound": check_class_bound}
TEXT_SHARE, SEARCH_SHARE = 0.03, 0.002
CHUNK = 5000


@dataclass
class Summary:
    """What became of the mutants."""

    mutants: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    obligations: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)  # where no other obligation failed
    saved: Counter[str] = field(default_factory=Counter)  # ... and the claim is false
    heard: Counter[str] = field(default_factory=Counter)  # accepted claims that the oracle has judged
    crashes: list[str] = field(default_factory=list)
    false_accepts: list[str] = field(default_factory=list)

    def __add__(self, other: Summary) -> Summary:
        return Summary(*(getattr(self, name) + getattr(other, name) for name in vars(self)))

    def __str__(self) -> str:
        lines = [f"{self.mutants} mutants"]
        lines += [f"  {count:9d}  {name}" for name, count in sorted(self.outcomes.items())]
        lines += [f"  {count:9d}  {name}" for name, count in sorted(self.heard.items())]
        lines += [f"  {len(self.crashes):9d}  crashes", f"  {len(self.false_accepts):9d}  false accepts"]
        lines.append(
            "failed obligations: mutants; where it failed alone; where the claim is false besides; of external methods"
        )
        for name, count in self.obligations.most_common():
            saved = f"{self.saved[name]:9d} {self.saved[f'external {name}']:9d}"
            lines.append(f"  {count:9d} {self.alone[name]:9d} {saved}  {name}")
        lines += [f"CRASH {text}" for text in self.crashes[:20]]
        lines += [f"FALSE ACCEPT {text}" for text in self.false_accepts[:20]]
        return "\n".join(lines)


def generic(name: str) -> str:
    """An obligation's name without the numbers of types, blocks, messages and inequalities.

    >>> generic("multiplier interpolation 0 1 >= 0"), generic("message 0 of type 12 is contractive")
    ('multiplier interpolation N >= 0', 'message N of type N is contractive')
    """
    return re.sub(r"(type|block|message|interpolation|compression|above) [0-9]+( [0-9]+)?", r"\1 N", name)


class Fuzz:
    """A stream of mutants, the same for the same seed."""

    def __init__(
        self,
        seed: object,
        text_share: float = TEXT_SHARE,
        search_share: float = SEARCH_SHARE,
        pool: Sequence[Source] = (),
        known: bool = True,
    ) -> None:
        """``known`` lets eftheory's own bounds judge too; a checker that is sabotaged must not."""
        self.rng, self.known = random.Random(str(seed)), known
        self.text_share, self.search_share = text_share, search_share
        self.sources = pool or sources()
        self.summary, self.alone = Summary(), 0

    def run(self, count: int, *, patience: int = 10**9) -> Summary:
        """Make and judge so many mutants, or until so many false accepts are found."""
        for _ in range(count):
            self.summary.mutants += 1
            if self.rng.random() < self.text_share:
                self._text()
            else:
                self._memory(self.rng.choice(self.sources))
            if len(self.summary.false_accepts) >= patience:
                break
        return self.summary

    def _memory(self, source: Source) -> None:
        search = source.bound == "upper" and self.rng.random() < self.search_share
        try:
            setting, evidence = searched(self.rng, source) if search else source.mutate(self.rng, self.sources)
        except (ValueError, TypeError):
            self.summary.outcomes["nothing found" if search else "refused by the reader"] += 1
            return
        if setting == source.setting and evidence == source.evidence:
            self.summary.outcomes["unchanged"] += 1
            return
        try:
            verdict = CHECK[source.bound](setting, evidence)
        except Exception as error:  # the checker must not crash, whatever stands in the file
            self._crash(error, source.name, (setting, evidence))
            return
        if verdict.proved and not self._is_read(setting, source, evidence):
            return
        weaker = setting == source.setting and (
            evidence.rate >= source.evidence.rate if source.bound == "upper" else evidence.rate <= source.evidence.rate
        )
        self._judge(setting, source.bound, evidence, verdict, weaker)

    def _is_read(self, setting: Setting, source: Source, evidence: Any) -> bool:
        """Whether the reader takes the file of a proved mutant, and finds in it what was proved."""
        try:
            certificate = read_certificate(_file(setting, source.bound, evidence))
        except ValueError:
            self.summary.outcomes["refused by the reader"] += 1
            return False
        same = certificate.setting == setting and getattr(certificate, source.bound) == evidence
        if not same:
            self._crash(AssertionError("written and read, it is another"), source.name, (setting, evidence))
        return same

    def _text(self) -> None:
        name = self.rng.choice([*EXAMPLES, *EXTERNAL])
        data = mutate_text(self.rng, name)
        try:
            verdicts = check_bytes(data)
        except CertificateError:
            self.summary.outcomes["refused by the reader"] += 1
            return
        except Exception as error:
            self._crash(error, name, data)
            return
        certificate = read_certificate(data)
        for bound, verdict in zip((b for b in BOUNDS if getattr(certificate, b)), verdicts, strict=True):
            self._judge(certificate.setting, bound, getattr(certificate, bound), verdict, False)

    def _judge(self, setting: Setting, bound: str, evidence: Any, verdict: Verdict, weaker: bool) -> None:
        kind = f"external {bound}" if isinstance(setting.method, Recorded) else bound
        if not verdict.proved:
            self.summary.outcomes[f"{kind}: rejected"] += 1
            failed = {f"{bound}: {generic(failure.name)}" for failure in verdict.failures}
            self.summary.obligations.update(failed)
            if len(failed) == 1:
                self.summary.alone.update(failed)
                if self._would_be_false(setting, bound, evidence):
                    self.summary.saved.update(failed)
                    self.summary.saved.update(f"external {name}" for name in failed if kind != bound)
            return
        self.summary.heard[f"{kind}: heard by the oracle"] += bound != "class_bound"
        try:
            reason = self._says(setting, bound, evidence)
        except Exception as error:  # nor may those who judge it
            self._crash(error, kind, (setting, evidence))
            return
        if reason:
            self.summary.false_accepts.append(f"{reason}: {_shown(setting, bound, evidence)}")
        else:
            self.summary.outcomes[f"{kind}: accepted, {'no stronger' if weaker else 'another true claim'}"] += 1

    def _says(self, setting: Setting, bound: str, evidence: Any) -> str:
        """What one of the two judges says against a claim."""
        reason = contradiction(setting, bound, evidence) if self.known else ""
        return reason or heard(_file(setting, bound, evidence), bound)

    def _would_be_false(self, setting: Setting, bound: str, evidence: Any) -> bool:
        """Whether a rejected claim is false; not if no file can hold it, or what it holds has no shape.

        The oracle, which takes its time, hears every third.
        """
        self.alone += 1
        try:
            if self.alone % 3:
                return self.known and bool(contradiction(setting, bound, evidence))
            return bool(self._says(setting, bound, evidence))
        except (ValueError, ArithmeticError, LookupError):
            return False

    def _crash(self, error: Exception, name: str, what: object) -> None:
        self.summary.crashes.append(f"{type(error).__name__}: {error}: {name}: {what}"[:2000])


def _file(setting: Setting, bound: str, evidence: Any) -> bytes:
    return write_certificate(Certificate(setting, **{bound: evidence}))


def _shown(setting: Setting, bound: str, evidence: Any) -> str:
    """The file of a mutant on one line."""
    return json.dumps(json.loads(_file(setting, bound, evidence)))


def chunk(seed: object, number: int, search_share: float = SEARCH_SHARE) -> Summary:
    """One chunk of the stream, for a process of its own."""
    return Fuzz(f"{seed} {number}", search_share=search_share).run(CHUNK)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help=f"rounded up to a multiple of {CHUNK}")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--search-share", type=float, default=SEARCH_SHARE, help="of the upper bounds")
    parser.add_argument("--minutes", type=float, default=10**6, help="stop after the chunk that ends later than this")
    options = parser.parse_args()
    start, total = time.perf_counter(), Summary()
    with ProcessPoolExecutor(options.processes) as pool:
        make = partial(chunk, options.seed, search_share=options.search_share)
        for part in pool.map(make, range(-(-options.count // CHUNK))):
            total = total + part
            print(f"\r{total.mutants} mutants", end="", file=sys.stderr, flush=True)
            if time.perf_counter() - start > 60 * options.minutes:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    print(file=sys.stderr)
    seconds = time.perf_counter() - start
    print(total)
    speed = f"{total.mutants / seconds:.0f} mutants/s in {options.processes} processes"
    print(f"{seconds:.0f} s, {speed}, seed {options.seed}")
    return 1 if total.crashes or total.false_accepts else 0


if __name__ == "__main__":
    sys.exit(main())
