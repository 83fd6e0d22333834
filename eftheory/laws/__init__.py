"""Closed-form rates and step sizes: exact for exact numbers, floats for floats, formulas for symbols."""

from eftheory.laws.cgd import cgd_rate as cgd_rate
from eftheory.laws.cgd import cgd_stability_limit as cgd_stability_limit
from eftheory.laws.cgd import cgd_step_size as cgd_step_size
from eftheory.laws.contraction import beta as beta
from eftheory.laws.contraction import beta_young as beta_young
from eftheory.laws.contraction import optimal_young as optimal_young
from eftheory.laws.contraction import theta as theta
from eftheory.laws.contraction import theta_young as theta_young
from eftheory.laws.contraction import xi as xi
from eftheory.laws.ef21 import ef21_nonconvex_step_size as ef21_nonconvex_step_size
from eftheory.laws.ef21 import ef21_pl_rate as ef21_pl_rate
from eftheory.laws.ef21 import ef21_pl_step_size as ef21_pl_step_size
from eftheory.laws.enclosure import enclose as enclose
from eftheory.laws.gd import gd_rate as gd_rate
from eftheory.laws.gd import gd_stability_limit as gd_stability_limit
from eftheory.laws.gd import gd_step_size as gd_step_size
from eftheory.laws.guarantee import Guarantee as Guarantee
from eftheory.laws.heterogeneous import averaged_constants_bound as averaged_constants_bound
from eftheory.laws.heterogeneous import heterogeneous_moments as heterogeneous_moments
from eftheory.laws.heterogeneous import heterogeneous_rate as heterogeneous_rate
from eftheory.laws.heterogeneous import heterogeneous_step_size as heterogeneous_step_size
from eftheory.laws.iterations import iterations_to_accuracy as iterations_to_accuracy
from eftheory.laws.threshold import exact_step_size_threshold as exact_step_size_threshold
from eftheory.laws.tight import optimal_step_size as optimal_step_size
from eftheory.laws.tight import stability_limit as stability_limit
from eftheory.laws.tight import tight_rate as tight_rate
