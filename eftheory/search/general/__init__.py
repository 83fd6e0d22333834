"""The search for certificates of any setting: assumptions on f, sums and rates, noise, coins, unbiased messages."""

from eftheory.search.general.general import search_general as search_general
from eftheory.search.general.result import GeneralResult as GeneralResult
from eftheory.search.general.step import descend as descend
from eftheory.search.general.step import optimise_step as optimise_step
