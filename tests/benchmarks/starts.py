"""Cold starts of the commands: how many bare Pythons each takes."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from tests.benchmarks.clock import medians
from tests.benchmarks.tables import Table

CERTIFICATE = "reports/certificates/cgd-n1-kappa10-alpha1_10.cert.json"
AGENTS = "--agents L=1,mu=1/10,count=1000 --alpha 3/4"
PROGRAM = "-m eftheory"
COMMANDS = {
    "eftheory --help": f"{PROGRAM} --help",
    "python -m eftheory.check": f"-m eftheory.check {CERTIFICATE}",
    "eftheory check": f"{PROGRAM} check {CERTIFICATE}",
    "eftheory show": f"{PROGRAM} show {CERTIFICATE}",
    "eftheory cite ef21": f"{PROGRAM} cite ef21",
    "eftheory prove theta_beta": f"{PROGRAM} prove theta_beta",
    "eftheory rate ef21": f"{PROGRAM} rate ef21 {AGENTS}",
    "eftheory certify ef21": f"{PROGRAM} certify ef21 {AGENTS}",
    "import typer": "-c import\ttyper",
}


def start_tables() -> list[Table]:
    """The commands, each beside a bare Python."""
    bare, *times = medians(*(partial(_run, call) for call in ("-c pass", *COMMANDS.values())), repeats=15)
    table = Table(
        "Starts",
        ("command", "bare Pythons"),
        "Medians of 15 runs in turn, over that of `python -c pass`; 12 are the goal for what does not solve.",
    )
    for name, seconds in zip(COMMANDS, times):
        table.add(name, f"{seconds / bare:.1f}")
    return [table]


def _run(call: str) -> None:
    command = [sys.executable, *(word.replace("\t", " ") for word in call.split(" "))]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    from tests.benchmarks.tables import publish

    publish(start_tables(), header="", path=None)
