"""The setting of the EF21 paper: data in 20 contiguous parts, logistic loss, a nonconvex regulariser."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from eftheory.simulate.data import standardise
from eftheory.simulate.experiments.experiment import Source
from eftheory.simulate.libsvm import two_labels
from eftheory.simulate.load import BUNDLED, load_data
from eftheory.simulate.problems.finite_sum import FiniteSum
from eftheory.simulate.problems.loss import Logistic
from eftheory.simulate.problems.regulariser import Nonconvex
from eftheory.simulate.split import divide

AGENTS, WEIGHT = 20, Fraction(1, 10)

MULTIPLES = tuple((str(2**power), Fraction(2**power)) for power in range(13))
"""1, 2, 4, ..., 4096 units of step size."""


def source(place: str, *, agents: int = AGENTS, split: str = "contiguous") -> Source:
    """The problem of the paper on data of two labels; bundled sets are standardised, files are taken as they are.

    Raises:
        ValueError: the data are malformed, or have not two labels.
        OSError: the file cannot be read.
    """
    data = load_data(place)
    try:
        labels = two_labels(data.targets)
    except ValueError as error:
        raise ValueError(f"{data.name}: {error}") from None
    rows = standardise(np.asarray(data.rows)) if place in BUNDLED else data.rows
    order, sizes = divide(labels, agents, split)
    name = data.name.partition(".")[0]
    return Source(name, FiniteSum(rows[order], labels[order], sizes, Logistic(), Nonconvex(WEIGHT)))


def sources(places: object) -> list[Source]:
    """Those that are asked for, or what scikit-learn bundles."""
    asked = list(places) if isinstance(places, (list, tuple)) else []
    return [source(place) for place in asked or ["breast_cancer"]]
