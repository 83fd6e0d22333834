"""``python -m tests.benchmarks``: measured over target, side by side in one run; nothing is asserted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eftheory import AgentType, certify
from eftheory.claims import UPPER
from eftheory.lyapunov.rounding import sqrt_below

EASY = (AgentType(1, Fraction(1, 10)), Fraction(3, 4))
HARD = (AgentType(1000, Fraction(1, 3)), Fraction(1, 1000))
COUNTS = (1, 2, 10, 10**7)
ABSENT = "import sys\nfor name in ('numpy', 'sympy', 'cvxpy', 'flint'): sys.modules[name] = None\n"


class Report:
    """Rows of measured against target."""

    def __init__(self) -> None:
        self.table = Table("what", "measured", "target", "measured / target")

    def add(self, what: str, measured: float, target: float, unit: str = "") -> None:
        self.table.add_row(what, f"{measured:.3g} {unit}", f"{target:.3g} {unit}", f"{measured / target:.3g}")


def best(action: Callable[[], object], repeats: int = 20) -> float:
    """The least time of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return min(times)


def cold(code: str, repeats: int = 5) -> float:
    """The least time of a fresh Python that runs the code, in seconds."""
    return best(lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True), repeats)


def tight_rate_below(agent: AgentType, alpha: Fraction) -> Fraction:
    """A rational within 2^-190 below p^2, p^2 = (1-s) k p + s."""
    s = sqrt_below(1 - alpha, bits=200)
    b = (1 - s) * (agent.L - agent.mu) / (agent.L + agent.mu)
    p = (b + sqrt_below(b * b + 4 * s, bits=200)) / 2
    return p * p


def equal_agents(report: Report) -> None:
    """Accuracy, gap and time of equal agents: any n, both methods."""
    for label, (agent, alpha) in (("easy", EASY), ("hard", HARD)):
        rate = tight_rate_below(agent, alpha)
        for method in ("ef", "ef21"):
            for count in COUNTS:
                agents = [AgentType(agent.L, agent.mu, count)]
                result = certify(method, agents, alpha=alpha)
                upper, gap = result.rate(UPPER), result.gap
                name = f"{label}: {method}, n = {count}"
                report.add(f"{name}: (upper - tight)/(1 - rate)", float((upper - rate) / (1 - rate)), 1e-9)
                report.add(f"{name}: gap/(1 - rate)", float(gap / (1 - upper)), 1e-9)
                seconds = best(lambda m=method, a=agents, x=alpha: certify(m, a, alpha=x))
                report.add(f"{name}: certify and check, warm", 1e3 * seconds, 5, "ms")


def sdp_path(report: Report) -> None:
    """The SDP, which knows no closed form, against the closed form."""
    from eftheory.certification import make_setting
    from eftheory.search import search_upper

    for label, (agent, alpha) in (("easy", EASY), ("hard", HARD)):
        rate = tight_rate_below(agent, alpha)
        for method in ("ef", "ef21"):
            setting = make_setting(method, [AgentType(agent.L, agent.mu, 10)], alpha=alpha)
            started = time.perf_counter()
            found = search_upper(setting)
            seconds = time.perf_counter() - started
            excess = float((found.upper.rate - rate) / (1 - rate)) if found.upper else float("inf")
            report.add(f"{label}: SDP, {method}: (upper - tight)/(1 - rate), {seconds:.2f} s", excess, 1e-6)


def cold_starts(report: Report) -> None:
    """What a user waits for who only imports or only checks."""
    bare = cold("pass")
    report.add(f"import eftheory (bare Python {bare:.3f} s included)", cold("import eftheory"), 0.15, "s")
    twenty = [AgentType(1 + Fraction(k, 10), Fraction(1, 10 + k), 1 + k * k) for k in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        for types, target, agents in ((1, 0.2, [EASY[0]]), (20, 5.0, twenty)):
            for method in ("ef", "ef21"):
                path = Path(folder, f"{method}{types}.json")
                certify(method, agents, alpha=EASY[1], engine="law", path=path)
                code = f"{ABSENT}from eftheory.check.__main__ import main\nsys.exit(main([{str(path)!r}]))"
                report.add(f"check, cold, {method}, {types} type(s)", cold(code, 3), target, "s")


def agents_do_not_matter(report: Report) -> None:
    """Ten million agents against two."""
    two, many = (
        best(lambda n=n: certify("ef21", [AgentType(1, Fraction(1, 10), n)], alpha=Fraction(3, 4)), 200)
        for n in (2, 10**7)
    )
    report.add("time of 10^7 agents, two agents being 1", many / two, 1.1)


def main() -> None:
    """Run everything and print one table."""
    report = Report()
    for part in (equal_agents, agents_do_not_matter, cold_starts, sdp_path):
        part(report)
    Console(width=140).print(report.table)


if __name__ == "__main__":
    main()
