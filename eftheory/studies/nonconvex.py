"""``python -m eftheory.studies.nonconvex``: EF21 on smooth functions, certified from both sides, and its theorems."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from eftheory import laws
from eftheory.algebra.averages import mean_constants
from eftheory.assumptions import AgentType, Contractive
from eftheory.assumptions.functions.smooth import Smooth
from eftheory.assumptions.mean.bounded_below import BoundedBelow
from eftheory.certificates.certificate import Certificate
from eftheory.check.checker import check_certificate
from eftheory.claims import Setting
from eftheory.laws.enclosure import write_decimal
from eftheory.laws.kinds import sqrt
from eftheory.methods import EF21
from eftheory.methods.quantities import EXCESS, GRADIENT
from eftheory.numbers import decimal_down, decimal_up
from eftheory.theory.look_up import closed_form, drifting_orbit
from eftheory.writing import write_certificate

ROOTS = tuple(Fraction(s) for s in ("1/10", "1/4", "1/2", "3/4", "9/10", "99/100"))
"""sqrt(1 - alpha)."""
AGENTS = {
    "one": ((Fraction(1), 1),),
    "unequal": ((Fraction(1), 1), (Fraction(1, 10), 1)),
    "million": ((Fraction(1), 10**6), (Fraction(1, 3), 5), (Fraction(7), 2)),
}
"""L_i, and how many."""
HEAD = """# EF21 on smooth functions that need not be convex

For all T, sum_{t<T} ||grad f(x_t)||^2 <= C (f(x_0) - inf f) + what the first estimates add. L_A is the mean of the L_i,
s = sqrt(1 - alpha). Each C/L_A is proved from both sides: no C below the lower number holds at this step (an orbit that
drifts), and the upper one holds (a Lyapunov function). Agents: one; two with L = 1 and 1/10; or 1,000,007 of three
types. The numbers in a row are the same for all of them, as only L_A enters.

`2/gamma` is the constant of EF21's Theorem 2 with L_A in place of both constants, at its published step (1 - s)/L_A;
with the weakest condition on the step under which its proof works (theorem `ef21_nonconvex`) it is the number after it.

| s | agents | gamma L_A | C/L_A >= | C/L_A <= | at (1 - s)/L_A: <= | 2/gamma | weakest condition | less by |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """A certificate from both sides at the best step, and the numbers beside it."""

    s: Fraction
    agents: str
    certificate: Certificate
    at_published: Fraction

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"ef21-s-{self.s.numerator}-{self.s.denominator}-{self.agents}.cert.json"

    def text(self) -> str:
        """The row of the table."""
        setting = self.certificate.setting
        L, _ = mean_constants(setting.agents)
        assert self.certificate.upper
        assert self.certificate.drift
        high, low = self.certificate.upper.initial[EXCESS] / L, self.certificate.drift.constant / L
        xi = laws.xi(1 - self.s**2)
        published, weakest = 2 / (1 - self.s), 1 + sqrt(1 + 4 * xi * xi)
        gains = [100 * (1 - high / value) for value in (published, laws.enclose(weakest)[0])]
        shown = [
            f"{self.s}",
            f"[{self.agents}]({self.name})",
            decimal_down(Fraction(setting.method.step_size) * L, 6),
            decimal_down(low, 6),
            decimal_up(high, 6),
            decimal_up(self.at_published, 6),
            decimal_up(published, 4),
            write_decimal(weakest, up=True, digits=4),
            " / ".join(f"{decimal_down(gain, 1)} %" for gain in gains),
        ]
        return f"| {' | '.join(shown)} |"


def rows() -> Iterator[Row]:
    """All rows; ValueError where a certificate is not accepted."""
    for s in ROOTS:
        for name, types in AGENTS.items():
            agents = tuple(AgentType(functions=Smooth(L=L, mu=-L), count=count) for L, count in types)
            L, _ = mean_constants(agents)
            best = laws.enclose(laws.ef21_nonconvex_best_step_size(L, alpha=1 - s**2))[0]
            certificate, published = (proved(agents, s, step) for step in (best, (1 - s) / L))
            assert published.upper
            yield Row(s, name, certificate, published.upper.initial[EXCESS] / L)


def proved(agents: tuple[AgentType, ...], s: Fraction, step: Fraction) -> Certificate:
    """From both sides, and accepted by the checker."""
    setting = Setting(agents, Contractive(1 - s**2), EF21(step), (BoundedBelow(),), GRADIENT)
    certificate = Certificate(setting, upper=closed_form(setting), drift=drifting_orbit(setting))
    if sum(verdict.proved for verdict in check_certificate(certificate)) < 2:
        raise ValueError(f"s={s}, step_size={step}: not proved from both sides")
    return certificate


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the certificates, check them, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m eftheory.studies.nonconvex", description=main.__doc__)
    parser.add_argument("--into", type=Path, default=Path("reports/nonconvex"), help="the folder; reports/nonconvex")
    folder = parser.parse_args(arguments).into
    found = list(rows())
    folder.mkdir(parents=True, exist_ok=True)
    for row in found:
        (folder / row.name).write_bytes(write_certificate(row.certificate))
    (folder / "index.md").write_text(HEAD + "\n".join(row.text() for row in found) + "\n", encoding="utf-8")
    print(f"{len(found)} claims proved from both sides: {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
