"""Times, beside PEPit and against targets: ``python -m tests.benchmarks``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads; more are slower on small matrices
