"""Cold starts: how many bare Pythons each command takes, and what a user waits for who only imports or checks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from eftheory import AgentType, certify
from tests.benchmarks.clock import pythons
from tests.benchmarks.tables import Table

CERTIFICATE = "reports/certificates/cgd-n1-kappa10-alpha1_10.cert.json"
AGENTS = "--agents L=1,mu=1/10,count=1000 --alpha 3/4"
UNEQUAL = "--agents L=1,mu=1/10 --agents L=2,mu=1/5 --alpha 3/5"
PROGRAM = "-m eftheory"
COMMANDS = {
    "import typer": "-c import\ttyper",
    "eftheory --help": f"{PROGRAM} --help",
    "python -m eftheory.check": f"-m eftheory.check {CERTIFICATE}",
    "eftheory check": f"{PROGRAM} check {CERTIFICATE}",
    "eftheory cite ef21": f"{PROGRAM} cite ef21",
    "eftheory methods": f"{PROGRAM} methods",
    "eftheory methods --coverage": f"{PROGRAM} methods --coverage",
    "eftheory rate ef21": f"{PROGRAM} rate ef21 {AGENTS}",
    "eftheory rate ef21, unequal agents": f"{PROGRAM} rate ef21 {UNEQUAL}",
    "eftheory rate --help": f"{PROGRAM} rate --help",
    "eftheory rate --list": f"{PROGRAM} rate --list",
    "eftheory rate ef21_pl": f"{PROGRAM} rate ef21_pl --agents L=1,mu=1/10 --alpha 3/4",
    "eftheory rate ef21_pl --help": f"{PROGRAM} rate ef21_pl --help",
    "eftheory prove --list": f"{PROGRAM} prove --list",
    "eftheory show": f"{PROGRAM} show {CERTIFICATE}",
    "eftheory certify --help": f"{PROGRAM} certify --help",
    "eftheory prove balls_add": f"{PROGRAM} prove balls_add",
    "eftheory prove theta_beta": f"{PROGRAM} prove theta_beta",
    "eftheory certify ef21": f"{PROGRAM} certify ef21 {AGENTS}",
    "eftheory certify ef21 --engine law": f"{PROGRAM} certify ef21 {AGENTS} --engine law",
    "eftheory compressor --help": f"{PROGRAM} compressor --help",
    "eftheory compressor --list": f"{PROGRAM} compressor --list",
}
ABSENT = "import sys\nfor name in ('numpy', 'sympy', 'cvxpy', 'flint'): sys.modules[name] = None\n"
ALPHA = Fraction(3, 4)
CHECKED = {
    1: (0.2, [AgentType(1, Fraction(1, 10))]),
    20: (5.0, [AgentType(1 + Fraction(k, 10), Fraction(1, 10 + k), 1 + k * k) for k in range(20)]),
}
"""By the number of types: a target in seconds, and the agents."""


def start_tables(rounds: int = 21) -> list[Table]:
    """Everything in this file."""
    return [_commands(rounds), _cold_starts(rounds // 4)]


def _commands(rounds: int) -> Table:
    calls = [[word.replace("\t", " ") for word in call.split(" ")] for call in COMMANDS.values()]
    bare, *timed = pythons(["-c", "pass"], *calls, rounds=rounds)
    table = Table(
        "Starts of the commands",
        ("command", "bare Pythons", "ms"),
        f"Medians of {rounds} runs in turn, over `python -c pass` ({1e3 * bare.seconds:.0f} ms). 12 is the goal for "
        "what does not solve; prove checks a proof and tries its example, a short one and that of theta_beta.",
    )
    for name, each in zip(COMMANDS, timed):
        table.add(name, f"{each.over(bare):.1f}", f"{1e3 * each.seconds:.0f}")
    return table


def _cold_starts(rounds: int) -> Table:
    table = Table(
        "Imports and checks, cold",
        ("what", "measured, s", "target, s", "measured / target"),
        "What a user waits for who only imports, or only checks, without numpy.",
    )
    calls, targets = {"import eftheory": ["-c", "import eftheory"]}, [0.15]
    with TemporaryDirectory() as folder:
        for types, (target, agents) in CHECKED.items():
            for method in ("ef", "ef21"):
                path = Path(folder, f"{method}{types}.json")
                certify(method, agents, alpha=ALPHA, engine="law", path=path)
                code = f"{ABSENT}from eftheory.check.__main__ import main\nsys.exit(main([{str(path)!r}]))"
                calls[f"check, {method}, {types} type{'s' * (types > 1)}"] = ["-c", code]
                targets.append(target)
        for name, target, timed in zip(calls, targets, pythons(*calls.values(), rounds=rounds)):
            table.add(name, f"{timed.seconds:.3g}", f"{target:.3g}", f"{timed.seconds / target:.3g}")
    return table


if __name__ == "__main__":
    from tests.benchmarks.tables import publish

    publish(start_tables(), header="", path=None)
