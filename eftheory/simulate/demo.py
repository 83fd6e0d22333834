"""From data to a certified rate: ``python -m eftheory.simulate.demo`` (or ``make demo``).

Prove smoothness constants of logistic regression from real data, certify EF21 with Top-k for them,
have the certificate checked by a separate process, run the method, and compare.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import time
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from eftheory.algebra.rounding import sqrt_below
from eftheory.assumptions import AgentType
from eftheory.bounds import Certification, certify
from eftheory.certificates import Upper
from eftheory.claims import Setting
from eftheory.compressors import Overshoot, TopK
from eftheory.numbers import read_number
from eftheory.simulate.data import breast_cancer, split, standardise
from eftheory.simulate.libsvm import read_libsvm
from eftheory.simulate.lyapunov import LyapunovFunction
from eftheory.simulate.problems import LogisticRegression, Quadratic
from eftheory.simulate.run import ROUNDOFF, Trajectory, simulate


def certify_ef21(agents: tuple[AgentType, ...], alpha: Fraction, path: Path) -> tuple[Certification, Upper]:
    """Certify EF21 at the step size of the law and write the certificate.

    Raises:
        ValueError: no rate below one can be proved.
    """
    found = certify("ef21", agents, alpha=alpha, step_size="law", engine="law", path=path)
    if found.certificate is None or found.certificate.upper is None:
        raise ValueError(f"EF21 is not certified here: {'; '.join(found.notes)}")
    return found, found.certificate.upper


def check(path: Path) -> None:
    """Have the independent checker read the file in a process of its own.

    Raises:
        RuntimeError: it does not accept everything in the file.
    """
    done = subprocess.run([sys.executable, "-m", "eftheory.check", str(path)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the checker does not accept {path}:\n{done.stdout}{done.stderr}")


def run_worst_case(setting: Setting, agents: tuple[AgentType, ...], V: LyapunovFunction, steps: int) -> Trajectory:
    """EF21 on f_i(x) = mu_i/2 x^2 with C(v) = (1 + s) v, nearly the slowest there is, in its slow mode."""
    s = sqrt_below(1 - setting.alpha, bits=40)
    flat = Quadratic(np.array([[[float(agent.mu)]] for agent in agents]), np.zeros((len(agents), 1)), agents)
    warm = simulate(setting.method, flat, Overshoot(s), steps=2000, start=np.ones(1), tolerance=ROUNDOFF)
    return simulate(setting.method, flat, Overshoot(s), steps=steps, start=warm.state, lyapunov=V)


def write_csv(path: Path, run: Trajectory, worst: Trajectory, upper: Upper) -> None:
    """The numbers behind the picture."""
    rate, factor = float(upper.rate), float(upper.C / upper.c)
    with path.open("w", newline="", encoding="ascii") as file:
        rows = csv.writer(file)
        rows.writerow(["step", "V", "V_certified", "measure", "measure_certified", "V_worst_case"])
        for t, (V, measure, slow) in enumerate(zip(run.V, run.measures, worst.V)):
            line = V, rate**t * run.V[0], measure, factor * rate**t * run.measures[0], slow
            rows.writerow([t, *(f"{value:.9e}" for value in line)])


def demonstrate(options: argparse.Namespace) -> None:
    """All of it, told as it happens."""
    from eftheory.simulate.demo_report import Report

    if options.steps < 2:
        raise ValueError(f"steps={options.steps}: take at least 2 steps")
    report, clock = Report(), time.perf_counter
    rows, labels = read_libsvm(options.data) if options.data else breast_cancer()
    name = options.data.name.split(".")[0] if options.data else "breast cancer"
    start = clock()
    problem = LogisticRegression(split(standardise(rows), labels, options.workers), options.regulariser)
    agents, compressor = problem.agents, TopK(options.k or max(1, problem.dimension // 5))
    report.data(name, problem, compressor.k, clock() - start)

    options.output.mkdir(parents=True, exist_ok=True)
    start, file = clock(), options.output / "ef21.cert.json"
    found, upper = certify_ef21(agents, compressor.alpha(problem.dimension), file)
    report.certified(found, upper, clock() - start)
    start = clock()
    check(file)
    report.checked(file, clock() - start)

    start, method, zero = clock(), found.setting.method, np.zeros(problem.dimension)
    V = LyapunovFunction(found.setting, upper, agents=agents)
    run = simulate(method, problem, compressor, steps=options.steps, start=zero, lyapunov=V, tolerance=ROUNDOFF)
    report.measured(run, upper, clock() - start)

    worst = run_worst_case(found.setting, agents, V, len(run.V) - 1)
    write_csv(options.output / "demo.csv", run, worst, upper)
    report.picture(options.output / "demo.svg", run, worst, upper, f"Top-{compressor.k} of {len(zero)}", name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the options and run; 1 if the checker refuses the certificate, 2 for usage and missing packages."""
    parser = argparse.ArgumentParser(prog="python -m eftheory.simulate.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="FILE", help="two-class data in LibSVM format, perhaps .bz2")
    parser.add_argument("--workers", type=int, default=20, help="number of agents (20)")
    parser.add_argument("--regulariser", type=read_number, default=Fraction(1, 10), help="lambda = mu (1/10)")
    parser.add_argument("--k", type=int, help="entries kept by Top-k (a fifth of all)")
    parser.add_argument("--steps", type=int, default=10_000, help="most steps to run (10000)")
    parser.add_argument("--output", type=Path, default=Path("demo-output"), help="folder to write to (demo-output)")
    try:
        demonstrate(parser.parse_args(arguments))
    except ImportError as error:
        print(f"the demo needs {error.name}: pip install '.[data,report]' in a clone", file=sys.stderr)
        return 2
    except (ValueError, OSError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    except RuntimeError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
