"""Search for Lyapunov functions by semidefinite programming; the exact check has the last word.

The only room that imports cvxpy. It knows nothing of the closed forms in ``eftheory.lyapunov``.
"""

from eftheory.search.class_bound import search_class_bound as search_class_bound
from eftheory.search.clusters import cluster as cluster
from eftheory.search.step_size import Trial as Trial
from eftheory.search.step_size import search_step_size as search_step_size
from eftheory.search.step_size import try_step_size as try_step_size
from eftheory.search.upper import SearchResult as SearchResult
from eftheory.search.upper import search_upper as search_upper
