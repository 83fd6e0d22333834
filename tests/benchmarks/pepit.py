"""PEPit on the same claims, each in a process of its own with a limit on its time.

PEPit is given V, that of Theorem A, and computes in floats how much one step of EF21 can
increase it: one programme, no proof. ``python -m tests.benchmarks.pepit AGENTS`` prints one run as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

LIMIT = 300  # seconds, for the untimed run and the timed ones together


@dataclass(frozen=True)
class Run:
    """One run of PEPit.

    Attributes:
        seconds: from the setting to the value, warm (the problem was solved once before); None if there is no value.
        value: the worst V after a step over V before.
        trouble: why there is no value, "" if there is one.
    """

    seconds: float | None
    value: float | None
    trouble: str = ""


def run(agents: int) -> Run:
    """PEPit on so many different agents."""
    command = [sys.executable, "-m", "tests.benchmarks.pepit", str(agents)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return Run(None, None, f"stopped after {LIMIT} s")
    if done.returncode:
        return Run(None, None, (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1][:80])
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def measure(agents: int) -> Run:
    """The same in this process, warm."""
    from eftheory.theory import closed_form
    from tests.benchmarks.agents import different
    from tests.benchmarks.clock import warm
    from tests.oracles.test_pepit import ef21, theorem_a

    setting = different(agents)
    weights = theorem_a(closed_form(setting))
    seconds, value = warm(lambda: ef21(setting, *weights))
    return Run(None, None, "the solver returned no value") if value is None else Run(seconds, float(value))


if __name__ == "__main__":
    print(json.dumps(vars(measure(int(sys.argv[1])))))
