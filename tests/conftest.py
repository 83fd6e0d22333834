"""Settings of all tests: properties are tried on the same examples in every run.

HYPOTHESIS_PROFILE=explore draws new ones, and more of them.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("suite"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

HERE = Path(__file__).parent
THOROUGH = (
    "adapters",  # other people's libraries
    "bounds/test_search.py",
    "check/test_drift_anywhere.py",
    "check/test_meaning.py",
    "check/test_mutants.py",
    "check/test_obligations_of_the_second_format.py",
    "check/test_runs_obey_guarantees.py",
    "check/test_sabotage.py",
    "compressors/test_constants.py",
    "equivalences/test_certified_decrease.py",
    "equivalences/test_relatives.py",
    "proofkit/lessons/test_mathml.py",
    "proofkit/test_agreement.py",
    "proofkit/test_fuzz.py",
    "proofs/bidirectional/test_time_complexity.py",
    "proofs/test_examples.py",
    "recording/test_generated.py",
    "search/general/test_covered.py",
    "search/general/test_rates.py",
    "search/test_step_size.py",
    "studies/test_findings.py",
    "studies/test_general.py",
    "testing/test_suite.py",
    "worlds/test_templates.py",
)
"""Where many cases try once more, or on a larger scale, what a few cases elsewhere try: CI runs them after the rest."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = [HERE / place for place in THOROUGH]
    for item in items:
        if any(item.path.is_relative_to(place) for place in places):
            item.add_marker(pytest.mark.thorough)
