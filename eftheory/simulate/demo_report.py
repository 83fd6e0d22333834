"""What the demo prints and draws."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eftheory.bounds import Certification
from eftheory.certificates import Upper
from eftheory.numbers import decimal_down, decimal_up
from eftheory.simulate.plot import plot_contraction
from eftheory.simulate.problems import LogisticRegression
from eftheory.simulate.run import ROUNDOFF, Trajectory


class Report:
    """Tells the story on the terminal, one stage at a time."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    def data(self, name: str, problem: LogisticRegression, k: int, seconds: float) -> None:
        """The data and the constants proved from them."""
        sizes = [len(labels) for _, labels in problem.shards]
        d, L = problem.dimension, sorted(agent.L for agent in problem.agents)
        mu, kappa = problem.regulariser, max(agent.L / agent.mu if agent.mu else math.inf for agent in problem.agents)
        self._stage(1, "Smoothness constants, proved from the data in exact arithmetic", seconds)
        self._facts(
            ("data", f"{escape(name)}: {sum(sizes)} x {d}, standardised, rounded to 1/1024"),
            ("agents", f"{problem.n_agents}, with {min(sizes)} to {max(sizes)} rows each"),
            ("f_i", f"logistic loss + lambda/2 ||x||^2, lambda = {mu}"),
            ("L_i", f"{decimal_up(L[0], 4)} to {decimal_up(L[-1], 4)}, each proved; largest: L = {L[-1]}"),
            ("mu_i", f"{mu}; condition numbers up to {float(kappa):.1f}"),
            ("compressor", f"Top-{k} of {d} entries, alpha = {Fraction(k, d)}"),
        )

    def certified(self, found: Certification, upper: Upper, seconds: float) -> None:
        """The certificate."""
        lower = found.rate("lower")
        self._stage(2, "Certificate for EF21", seconds)
        self._facts(
            ("step size", f"{float(found.setting.method.step_size):.6g} (an exact fraction in the file)"),
            ("rate", f"<= {decimal_up(upper.rate, 9)} a step, for every instance with these constants"),
            ("", f">= {decimal_down(lower, 9)} a step, for the worst one" if lower is not None else "no lower bound"),
            ("guarantee", f"measure_t <= {decimal_up(upper.C / upper.c, 3)} rate^t measure_0"),
            ("measure", found.setting.method.measure_name),
        )

    def checked(self, path: Path, seconds: float) -> None:
        """What the checker said."""
        self._stage(3, "Independent check, in a process of its own", seconds)
        self._facts(("python -m eftheory.check", f"{escape(str(path))}: [bold green]proved[/]"))

    def measured(self, run: Trajectory, upper: Upper, seconds: float) -> None:
        """The run against the certificate."""
        rate, ratios = float(upper.rate), run.ratios()
        largest, average = float(ratios.max()), float(np.exp(np.log(ratios).mean()))
        bound = float(upper.C / upper.c) * rate ** np.arange(len(run.measures))
        room = float((run.measures / run.measures[0] / bound).max())
        self._stage(4, f"{len(ratios)} steps of EF21 on the data", seconds)
        table = Table(box=None, padding=(0, 2, 0, 2), header_style="dim")
        for title in ("", "certified, at most", "measured", ""):
            table.add_column(title, justify="right" if title else "left")
        for kind, ratio in (("largest", largest), ("average", average)):
            table.add_row(f"V_t+1 / V_t, {kind}", decimal_up(upper.rate, 6), f"{ratio:.6f}", _mark(ratio <= rate))
        table.add_row("measure_t / its bound, largest", "1.000000", f"{room:.6f}", _mark(room <= 1))
        for digits in (6, 12, 18):
            needed = np.flatnonzero(10.0**-digits * run.V[0] >= run.V)
            if len(needed):
                most = math.ceil(digits * math.log(10) / -math.log(rate))
                table.add_row(f"steps until V is 1e-{digits} V_0", f"{most}", f"{needed[0]}", _mark(needed[0] <= most))
        self.console.print(table)
        self.console.print(
            f"  [dim]Ratios count while V_t > {ROUNDOFF:.0e} V_0; below, rounding reaches the sixth digit.[/]"
        )
        if largest > rate * (1 + 1e-6):
            raise RuntimeError("a step on the data was slower than what is proved: please report this")

    def picture(self, path: Path, run: Trajectory, worst: Trajectory, upper: Upper, top: str, name: str) -> None:
        """The picture, and where everything lies."""
        plot_contraction(
            path,
            V=run.V[: len(run.ratios()) + 1],
            worst=worst.V,
            rate=float(upper.rate),
            name=name,
            title="EF21 on real data keeps its certified rate, which a worst case all but attains",
            subtitle=f"Logistic regression, {top} entries sent; "
            f"certified: a step multiplies V by at most {decimal_up(upper.rate, 6)}",
        )
        files = f"{path}, {path.with_suffix('.csv').name}, ef21.cert.json"
        self.console.print(f"\n  [dim]Picture, numbers, certificate:[/] {escape(files)}")

    def _stage(self, number: int, title: str, seconds: float) -> None:
        self.console.print(f"\n[bold]{number}. {title}[/] [dim]({seconds:.1f} s)[/]")

    def _facts(self, *facts: tuple[str, str]) -> None:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for fact in facts:
            table.add_row(*fact)
        self.console.print(table)


def _mark(holds: bool) -> str:
    return "[green]holds[/]" if holds else "[bold red]violated[/]"
