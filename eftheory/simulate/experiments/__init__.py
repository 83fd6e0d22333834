"""Experiments of papers, run again: each one file, all in ``EXPERIMENTS``."""

from eftheory.simulate.experiments import ef21_network, ef21_stepsizes, ef21_tuned
from eftheory.simulate.experiments.experiment import Experiment as Experiment
from eftheory.simulate.experiments.experiment import Figure as Figure
from eftheory.simulate.experiments.experiment import Request as Request

EXPERIMENTS: dict[str, Experiment] = {
    each.name: each
    for each in (
        ef21_stepsizes.EXPERIMENT,
        ef21_tuned.EXPERIMENT,
        ef21_network.EXPERIMENT,
    )
}
"""All experiments by name; a new one is one file and one line here."""
