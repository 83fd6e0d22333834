"""Experiments of papers, run again: each one file, all in ``EXPERIMENTS``."""

from eftheory.simulate.experiments import (
    dcgd_diverges,
    ef21_extensions,
    ef21_network,
    ef21_stepsizes,
    ef21_tuned,
    ef21_w,
    times,
    tridiagonal,
)
from eftheory.simulate.experiments.experiment import Experiment as Experiment
from eftheory.simulate.experiments.experiment import Figure as Figure
from eftheory.simulate.experiments.experiment import Request as Request

EXPERIMENTS: dict[str, Experiment] = {
    each.name: each
    for each in (
        ef21_stepsizes.EXPERIMENT,
        ef21_tuned.EXPERIMENT,
        ef21_network.EXPERIMENT,
        dcgd_diverges.EXPERIMENT,
        ef21_w.EXPERIMENT,
        tridiagonal.EXPERIMENT,
        ef21_extensions.EXPERIMENT,
        times.EXPERIMENT,
    )
}
"""All experiments by name; a new one is one file and one line here."""
