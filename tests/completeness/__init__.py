"""Random claims over the whole range: ``python -m tests.completeness``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads; more are slower on small matrices
